import AccessLog
import Glibc

/// Says when something may have happened to the logs that are followed, so that an idle program need
/// not look (inotify). It only wakes: what happened is found out by reading.
///
/// What happens to names is told apart from what happens to contents: a name that stands for another
/// file must be looked at before the next one comes, while a log that is written to thousands of
/// times a second need not wake anybody as often.
///
/// Where the system refuses to notify, or cannot for one of the paths, `needsPolling` is set, and
/// looking every `pollingInterval` takes its place.
package final class FileWatch {
  /// How often to look where nothing is notified, in seconds.
  package static let pollingInterval = 0.25
  /// How many files that had one name are watched at once: writers may still be adding to old ones.
  private static let mostFiles = FollowedFile.mostHeld + 1

  private static let fileEvents = UInt32(IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
  private static let directoryEvents =
    UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB)
    | UInt32(IN_MOVE_SELF | IN_DELETE_SELF | IN_ONLYDIR)

  private struct Watched {
    let path: Name
    let directory: Name
    let base: [UInt8]
    var directoryWatch: Int32?
    /// Oldest first; the last is that of the file that has the name.
    var files: [File] = []
    /// No file has the name: perhaps its directory is gone too, which nobody tells for as long as
    /// someone holds a file of it open.
    var isAway = true
    /// How often a file came under this name since that was last asked.
    var appearances = 0
    /// Events were lost, so `appearances` may be too few.
    var isUncertain = false
    /// Names in the directory of files that had this name before.
    var formerNames: Set<[UInt8]> = []
    /// The file that has the name now had it before, and another one meanwhile.
    var cameBack = false
    /// Between the two halves of a renaming: its number, and that the file had this name before.
    var renaming: UInt32?
    /// Changes whenever something is told of the name itself.
    var serial = 0
    /// Changes whenever any name in the directory does.
    var directorySerial = 0
  }

  /// One file, watched for what becomes of its names and for its contents.
  private struct File {
    var name: Int32
    var contents: Int32
  }

  /// Both ends of what is told: readable when there is something to take.
  private struct Descriptors {
    var names: Int32
    var contents: Int32
  }

  private let descriptors: Descriptors?
  private let calls: FileSystemCalls
  private var watched: [Watched] = []
  private var notices: [String] = []
  /// Why changes are not notified, for as long as the program runs; nil where they are.
  package private(set) var refusal: String?
  private var hasNews = false
  private var buffer = [UInt8](repeating: 0, count: 16 << 10)

  package init(calls: FileSystemCalls = FileSystemCalls()) {
    self.calls = calls
    do throws(SystemError) {
      descriptors = try Self.start(calls)
    } catch {
      descriptors = nil
      refuse(error)
    }
  }

  private static func start(_ calls: FileSystemCalls) throws(SystemError) -> Descriptors {
    let names = try uninterrupted { () throws(SystemError) in try calls.startNotifying() }
    do throws(SystemError) {
      let contents = try uninterrupted { () throws(SystemError) in try calls.startNotifying() }
      return Descriptors(names: names, contents: contents)
    } catch {
      calls.close(names)
      throw error
    }
  }

  deinit {
    guard let descriptors else { return }
    calls.close(descriptors.names)
    calls.close(descriptors.contents)
  }

  /// Readable when a name may stand for another file: then `takeNames` wants to be called, and the
  /// logs to be read at once. nil where nothing is notified at all.
  package var names: Int32? { descriptors?.names }

  /// Readable when a file was written to or truncated: then the logs want to be read, and
  /// `takeContents` to be called before that. It costs nothing while nobody listens to it. nil where
  /// nothing is notified at all.
  package var contents: Int32? { descriptors?.contents }

  /// Watches a name and the file that has it. Watching the same name again changes nothing.
  package func add(_ path: Name) {
    guard !watched.contains(where: { $0.path == path }) else { return }
    let (directory, base) = path.split
    watched.append(Watched(path: path, directory: directory, base: base))
    watch(watched.count - 1)
  }

  /// Some path is not notified: it has to be looked at every `pollingInterval`.
  package var needsPolling: Bool {
    refusal != nil || watched.contains { $0.directoryWatch == nil }
  }

  /// How many files and directories are watched now.
  var watchCount: Int {
    watched.reduce(0) { $0 + $1.files.count + ($1.directoryWatch == nil ? 0 : 1) }
  }

  /// Takes what was told of names; true where it concerns a file that is watched. Costs one call
  /// where there was nothing.
  package func takeNames() -> Bool {
    absorb()
    defer { hasNews = false }
    return hasNews
  }

  /// Takes what was told of contents; true where there was anything.
  package func takeContents() -> Bool {
    guard let descriptors else { return false }
    var hasAny = false
    while receive(from: descriptors.contents) > 0 { hasAny = true }
    return hasAny
  }

  /// Changes whenever something is told of a name: where it is the same before and after, nothing
  /// happened to the name in between that was told. Takes all that is queued into account.
  func serial(of path: Name) -> Int {
    absorb()
    return watched.first { $0.path == path }?.serial ?? 0
  }

  /// The names in the directory of files that had this one, and a number that changes with any name
  /// in the directory; nil where that is not known. Takes all that is queued into account.
  func formerNames(of path: Name) -> (names: Set<[UInt8]>, serial: Int)? {
    absorb()
    guard let entry = watched.first(where: { $0.path == path }), entry.directoryWatch != nil,
      !entry.isUncertain
    else { return nil }
    return (entry.formerNames, entry.directorySerial)
  }

  /// Whether the file that has the name now was renamed back to it.
  func cameBack(_ path: Name) -> Bool {
    absorb()
    return watched.first { $0.path == path }?.cameBack ?? false
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
  private func receive(from descriptor: Int32) -> Int {
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
    if event.mask & UInt32(IN_DELETE | IN_MOVED_FROM) != 0 { watched[index].isAway = true }
    guard event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 else { return }
    watched[index].cameBack = isOld
    if !isOld { watched[index].appearances += 1 }
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
  private func lose(_ index: Int) {
    watched[index].isUncertain = true
    watched[index].serial += 1
    watched[index].directorySerial += 1
    watched[index].formerNames = []
    watched[index].renaming = nil
  }
}

// MARK: - Watches

extension FileWatch {
  /// Watches the directory and the file of a path, as far as they are there.
  private func watch(_ index: Int) {
    guard let descriptors else { return }
    let wasAway = watched[index].isAway
    watched[index].isAway = true
    do throws(SystemError) {
      let directory = watched[index].directory.path
      let number = try add(directory, Self.directoryEvents, to: descriptors.names)
      if let old = watched[index].directoryWatch, old != number { lose(index) }
      watched[index].directoryWatch = number
    } catch {
      watched[index].directoryWatch = nil
      if !error.isAbsence { refuse(error) }
      return
    }
    let path = watched[index].path.path
    do throws(SystemError) {
      let file = File(
        name: try add(path, Self.fileEvents, to: descriptors.names),
        contents: try add(path, UInt32(IN_MODIFY), to: descriptors.contents))
      watched[index].isAway = false
      // It came before anybody would have told.
      if wasAway { hasNews = true }
      watched[index].files.removeAll { $0.name == file.name }
      watched[index].files.append(file)
      if watched[index].files.count > Self.mostFiles { forgetOldest(index, descriptors) }
    } catch {
      // One that may not be read is told of by its directory.
      if !error.isAbsence, error.code != EACCES { refuse(error) }
    }
  }

  private func add(
    _ path: [CChar], _ events: UInt32, to descriptor: Int32
  ) throws(SystemError) -> Int32 {
    try uninterrupted { () throws(SystemError) in try calls.watch(descriptor, path, events) }
  }

  private func forgetOldest(_ index: Int, _ descriptors: Descriptors) {
    let file = watched[index].files.removeFirst()
    calls.unwatch(descriptors.names, file.name)
    calls.unwatch(descriptors.contents, file.contents)
  }

  private func refuse(_ error: SystemError) {
    guard refusal == nil else { return }
    let words = "changes are not notified (\(error.reason)), looking four times a second"
    refusal = words
    notices.append(words)
  }
}
