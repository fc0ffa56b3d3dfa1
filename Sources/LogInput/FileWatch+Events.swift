import Glibc

// What is told, and what is made of it.

extension FileWatch {
  /// Takes all that is queued of names into account.
  func absorb() {
    guard let descriptors else { return }
    while true {
      let count = receive(from: descriptors.names)
      guard count > 0 else { break }
      take(count)
    }
    for index in watched.indices where watched[index].isAway { watch(index) }
  }

  /// Fills the buffer; how many bytes came.
  func receive(from descriptor: Int32) -> Int {
    buffer.withUnsafeMutableBytes { buffer -> Int in
      let count = try? uninterrupted { () throws(SystemError) in
        try calls.read(descriptor, buffer)
      }
      return count ?? 0
    }
  }

  private func take(_ count: Int) {
    let header = MemoryLayout<inotify_event>.size
    var start = 0
    while start + header <= count {
      let event = buffer.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: start, as: inotify_event.self)
      }
      let end = min(count, start + header + Int(event.len))
      take(event, name: Array(buffer[(start + header)..<end].prefix { $0 != 0 }))
      start = end
    }
  }

  private func take(_ event: inotify_event, name: [UInt8]) {
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
      hasNews = true
      for index in watched.indices {
        lose(index)
        watch(index)
      }
      return
    }
    for index in watched.indices {
      if watched[index].files.contains(where: { $0.name == event.wd }) {
        hasNews = true
        if event.mask & UInt32(IN_IGNORED) != 0 {
          watched[index].files.removeAll { $0.name == event.wd }
        }
      } else if watched[index].directoryWatch == event.wd {
        takeDirectory(event, name: name, index)
      }
    }
  }

  private func takeDirectory(_ event: inotify_event, name: [UInt8], _ index: Int) {
    let isGone = UInt32(IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF)
    if event.mask & isGone != 0 {
      // Whatever has the directory's name next is watched then; meanwhile it is polled.
      watched[index].directoryWatch = nil
      watched[index].isAway = true
      lose(index)
      hasNews = true
      return
    }
    if event.mask & UInt32(IN_ATTRIB) == 0 { watched[index].directorySerial += 1 }
    let isOld = trace(event, name, index)
    guard name == watched[index].base else { return }
    hasNews = true
    watched[index].serial += 1
    if event.mask & UInt32(IN_ATTRIB) == 0, event.mask & UInt32(IN_MOVED_TO) == 0 || isOld {
      watched[index].wasOnlyReplaced = false
    }
    if event.mask & UInt32(IN_DELETE | IN_MOVED_FROM) != 0 { watched[index].isAway = true }
    guard event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 else { return }
    watched[index].cameBack = isOld
    if !isOld {
      watched[index].appearances.count += 1
      if watched[index].wasOnlyReplaced { watched[index].appearances.replacing += 1 }
    }
    watch(index)
  }

  /// Keeps the names that files have got which had this one.
  ///
  /// - Returns: whether a file came under the name that had it before: it is none that was never
  ///   seen.
  private func trace(_ event: inotify_event, _ name: [UInt8], _ index: Int) -> Bool {
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

  /// Events of a path were lost.
  func lose(_ index: Int) {
    watched[index].isUncertain = true
    watched[index].serial += 1
    watched[index].directorySerial += 1
    watched[index].formerNames = []
    watched[index].renaming = nil
  }
}
