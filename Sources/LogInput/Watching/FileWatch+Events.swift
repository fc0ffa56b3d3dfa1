import Glibc

// Processing of inotify events.

extension FileWatch {
  /// Processes all queued events of names.
  func processEvents() {
    guard let descriptors else { return }
    while true {
      let count = receive(from: descriptors.names)
      guard count > 0 else { break }
      processBuffer(count)
    }
    for index in watched.indices where watched[index].isAbsent { watch(index) }
  }

  /// Reads queued events into the buffer.
  ///
  /// - Returns: the number of bytes read.
  func receive(from descriptor: Int32) -> Int {
    buffer.withUnsafeMutableBytes { buffer -> Int in
      let count = try? retryingOnInterrupt { () throws(SystemError) in
        try calls.read(descriptor, buffer)
      }
      return count ?? 0
    }
  }

  private func processBuffer(_ count: Int) {
    let header = MemoryLayout<inotify_event>.size
    var start = 0
    while start + header <= count {
      let event = buffer.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: start, as: inotify_event.self)
      }
      let end = min(count, start + header + Int(event.len))
      process(event, name: Array(buffer[(start + header)..<end].prefix { $0 != 0 }))
      start = end
    }
  }

  private func process(_ event: inotify_event, name: [UInt8]) {
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
      hasNameEvents = true
      for index in watched.indices {
        markUncertain(index)
        watch(index)
      }
      return
    }
    for index in watched.indices {
      if watched[index].files.contains(where: { $0.name == event.wd }) {
        hasNameEvents = true
        if event.mask & UInt32(IN_IGNORED) != 0 {
          watched[index].files.removeAll { $0.name == event.wd }
        }
      } else if watched[index].directoryWatch == event.wd {
        processDirectoryEvent(event, name: name, index)
      }
    }
  }

  private func processDirectoryEvent(_ event: inotify_event, name: [UInt8], _ index: Int) {
    let isGone = UInt32(IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF)
    if event.mask & isGone != 0 {
      // The next directory of this name will be watched; until then the path is polled.
      watched[index].directoryWatch = nil
      watched[index].isAbsent = true
      markUncertain(index)
      hasNameEvents = true
      return
    }
    if event.mask & UInt32(IN_ATTRIB) == 0 { watched[index].directorySerial += 1 }
    let isOld = trackRename(event, name, index)
    guard name == watched[index].base else { return }
    hasNameEvents = true
    watched[index].serial += 1
    if event.mask & UInt32(IN_ATTRIB) == 0, event.mask & UInt32(IN_MOVED_TO) == 0 || isOld {
      watched[index].wasOnlyReplaced = false
    }
    if event.mask & UInt32(IN_DELETE | IN_MOVED_FROM) != 0 { watched[index].isAbsent = true }
    guard event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 else { return }
    watched[index].wasRenamedBack = isOld
    if !isOld {
      watched[index].appearances.count += 1
      if watched[index].wasOnlyReplaced { watched[index].appearances.replacing += 1 }
    }
    watch(index)
  }

  /// Tracks the names that former files of the path were renamed to.
  ///
  /// - Returns: whether a file was renamed to the path that had this path before, so that it is not
  ///   a new file.
  private func trackRename(_ event: inotify_event, _ name: [UInt8], _ index: Int) -> Bool {
    let isOwn = name == watched[index].base
    if event.mask & UInt32(IN_MOVED_FROM) != 0 {
      let wasOwn = watched[index].formerNames.remove(name) != nil
      watched[index].renaming = isOwn || wasOwn ? event.cookie : nil
    } else if event.mask & UInt32(IN_MOVED_TO) != 0 {
      let isFormer = watched[index].renaming == event.cookie
      watched[index].renaming = nil
      if isOwn { return isFormer }
      watched[index].formerNames.remove(name)
      if isFormer { watched[index].formerNames.insert(name) }
    } else if event.mask & UInt32(IN_DELETE | IN_CREATE) != 0 {
      watched[index].formerNames.remove(name)
    }
    return false
  }

  /// Notes that events of a path were lost.
  func markUncertain(_ index: Int) {
    watched[index].isUncertain = true
    watched[index].serial += 1
    watched[index].directorySerial += 1
    watched[index].formerNames = []
    watched[index].renaming = nil
  }
}
