import AccessLog
import Glibc

/// Says when something may have happened to the logs that are followed, so that an idle program need
/// not look (inotify). It only wakes: what happened is found out by reading.
///
/// Where the system refuses to notify, or cannot for one of the paths, `needsPolling` is set, and
/// looking every `pollingInterval` takes its place.
package final class FileWatch {
  /// How often to look where nothing is notified, in seconds.
  package static let pollingInterval = 0.25
  /// How many files that had one name are watched at once: writers may still be adding to old ones.
  private static let mostFiles = FollowedFile.mostHeld + 1

  private static let fileEvents = UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
  private static let directoryEvents =
    UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB)
    | UInt32(IN_MOVE_SELF | IN_DELETE_SELF | IN_ONLYDIR)

  private struct Watched {
    let path: Name
    let directory: Name
    let base: [UInt8]
    var directoryWatch: Int32?
    /// Oldest first; the last is that of the file that has the name.
    var fileWatches: [Int32] = []
    /// No file has the name: perhaps its directory is gone too, which nobody tells for as long as
    /// someone holds a file of it open.
    var isAway = true
    /// How often a file came under this name since that was last asked.
    var appearances = 0
    /// Events were lost, so `appearances` may be too few.
    var isUncertain = false
  }

  /// Readable when there is something to `drain`; nil where nothing is notified at all.
  package let descriptor: Int32?
  private let calls: FileSystemCalls
  private var watched: [Watched] = []
  private var notices: [String] = []
  private var hasRefused = false
  private var hasNews = false
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)

  package init(calls: FileSystemCalls = FileSystemCalls()) {
    self.calls = calls
    do throws(SystemError) {
      descriptor = try uninterrupted { () throws(SystemError) in try calls.startNotifying() }
    } catch {
      descriptor = nil
      refuse(error)
    }
  }

  deinit {
    if let descriptor { calls.close(descriptor) }
  }

  /// Watches a name and the file that has it. Watching the same name again changes nothing.
  package func add(_ path: Name) {
    guard !watched.contains(where: { $0.path == path }) else { return }
    let (directory, base) = path.split
    watched.append(Watched(path: path, directory: directory, base: base))
    watch(watched.count - 1)
  }

  /// Some path is not notified: it has to be looked at every `pollingInterval`.
  package var needsPolling: Bool {
    descriptor == nil || watched.contains { $0.directoryWatch == nil }
  }

  /// How many files and directories are watched now.
  var watchCount: Int {
    watched.reduce(0) { $0 + $1.fileWatches.count + ($1.directoryWatch == nil ? 0 : 1) }
  }

  /// Takes what was notified; true where it concerns a file that is watched. Costs one call where
  /// there was nothing.
  package func drain() -> Bool {
    absorb()
    defer { hasNews = false }
    return hasNews
  }

  /// How often a file came under the name since the last call; nil where that is not known.
  func takeAppearances(of path: Name) -> Int? {
    guard let index = watched.firstIndex(where: { $0.path == path }) else { return nil }
    defer {
      watched[index].appearances = 0
      watched[index].isUncertain = false
    }
    let isKnown = watched[index].directoryWatch != nil && !watched[index].isUncertain
    return isKnown ? watched[index].appearances : nil
  }

  /// What went wrong since the last call.
  package func takeNotices() -> [String] {
    defer { notices = [] }
    return notices
  }
}

// MARK: - Events

extension FileWatch {
  /// Takes all that is queued into account.
  func absorb() {
    guard let descriptor else { return }
    while true {
      let count = buffer.withUnsafeMutableBytes { buffer -> Int in
        let count = try? uninterrupted { () throws(SystemError) in
          try calls.read(descriptor, buffer)
        }
        return count ?? 0
      }
      guard count > 0 else { break }
      take(count)
    }
    for index in watched.indices where watched[index].isAway { watch(index) }
  }

  private func take(_ count: Int) {
    let header = MemoryLayout<inotify_event>.size
    var start = 0
    while start + header <= count {
      let event = buffer.withUnsafeBytes {
        $0.loadUnaligned(fromByteOffset: start, as: inotify_event.self)
      }
      let end = min(count, start + header + Int(event.len))
      let name = buffer[(start + header)..<end].prefix { $0 != 0 }
      take(watch: event.wd, events: event.mask, name: name)
      start = end
    }
  }

  private func take(watch number: Int32, events: UInt32, name: ArraySlice<UInt8>) {
    if events & UInt32(IN_Q_OVERFLOW) != 0 {
      hasNews = true
      for index in watched.indices {
        watched[index].isUncertain = true
        watch(index)
      }
      return
    }
    for index in watched.indices {
      if watched[index].fileWatches.contains(number) {
        hasNews = true
        if events & UInt32(IN_IGNORED) != 0 {
          watched[index].fileWatches.removeAll { $0 == number }
        }
      } else if watched[index].directoryWatch == number {
        takeDirectory(events, name: name, index)
      }
    }
  }

  private func takeDirectory(_ events: UInt32, name: ArraySlice<UInt8>, _ index: Int) {
    let isGone = UInt32(IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF)
    if events & isGone != 0 {
      // Whatever has the directory's name next is watched then; meanwhile it is polled.
      watched[index].directoryWatch = nil
      watched[index].isAway = true
      watched[index].isUncertain = true
      hasNews = true
    } else if name.elementsEqual(watched[index].base) {
      hasNews = true
      if events & UInt32(IN_DELETE | IN_MOVED_FROM) != 0 { watched[index].isAway = true }
      guard events & UInt32(IN_CREATE | IN_MOVED_TO) != 0 else { return }
      watched[index].appearances += 1
      watch(index)
    }
  }

  /// Watches the directory and the file of a path, as far as they are there.
  private func watch(_ index: Int) {
    guard let descriptor else { return }
    let wasAway = watched[index].isAway
    watched[index].isAway = true
    let paths = (directory: watched[index].directory.path, file: watched[index].path.path)
    do throws(SystemError) {
      let number = try uninterrupted { () throws(SystemError) in
        try calls.watch(descriptor, paths.directory, Self.directoryEvents)
      }
      if let old = watched[index].directoryWatch, old != number {
        watched[index].isUncertain = true
      }
      watched[index].directoryWatch = number
    } catch {
      watched[index].directoryWatch = nil
      if !error.isAbsence { refuse(error) }
      return
    }
    let file = try? uninterrupted { () throws(SystemError) in
      try calls.watch(descriptor, paths.file, Self.fileEvents)
    }
    guard let file else { return }
    watched[index].isAway = false
    // It came before anybody would have told.
    if wasAway { hasNews = true }
    watched[index].fileWatches.removeAll { $0 == file }
    watched[index].fileWatches.append(file)
    if watched[index].fileWatches.count > Self.mostFiles {
      calls.unwatch(descriptor, watched[index].fileWatches.removeFirst())
    }
  }

  private func refuse(_ error: SystemError) {
    guard !hasRefused else { return }
    hasRefused = true
    notices.append("changes are not notified (\(error.reason)), looking four times a second")
  }
}
