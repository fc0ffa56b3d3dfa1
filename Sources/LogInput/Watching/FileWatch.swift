import AccessLog
import Glibc

/// Watches followed logs for changes, so that an idle program need not poll. (inotify(7)) An event
/// only wakes the program: what changed is found out by reading the log.
///
/// Events of names and of contents are separate: if a path leads to another file, the log should be
/// read before the path changes again, while a log that is written thousands of times a second need
/// not wake the program that often.
///
/// If the system refuses to watch a path, `needsPolling` is true, and the logs should be read every
/// `pollingInterval` instead.
package final class FileWatch {
  /// The time in seconds between two reads of a log that is not watched.
  package static let pollingInterval = 0.25
  /// The greatest number of files watched for one path: writers may still append to former ones.
  static let maximumFiles = FollowedFile.maximumRotated + 1

  static let fileEvents = UInt32(IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
  static let directoryEvents =
    UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB)
    | UInt32(IN_MOVE_SELF | IN_DELETE_SELF | IN_ONLYDIR)

  struct Watched {
    let path: Name
    let directory: Name
    let base: [UInt8]
    var directoryWatch: Int32?
    /// The files that have or had the path, oldest first; the last one has it now.
    var files: [File] = []
    /// Whether the path leads to no file. Its directory may be gone too: the kernel does not report
    /// that while a process has a file of the directory open.
    var isAbsent = true
    /// The files that appeared under the path since the last call of `drainAppearances`.
    var appearances = Appearances()
    /// Whether, since then, files only replaced one another by renaming.
    var wasOnlyReplaced = true
    /// Whether events were lost, so that `appearances` may be incomplete.
    var isUncertain = false
    /// The names in the directory of files that had this path before.
    var formerNames: Set<[UInt8]> = []
    /// Whether the file at the path was renamed back to it.
    var wasRenamedBack = false
    /// The cookie of a rename of a file that has or had this path, between its two events.
    var renaming: UInt32?
    /// Changes with every event of the path.
    var serial = 0
    /// Changes with every event of a name in the directory.
    var directorySerial = 0
  }

  /// The files that appeared under a path.
  struct Appearances {
    /// The number of files.
    var count = 0
    /// The number of files that were renamed over the former one, before anything else happened.
    var replacing = 0
  }

  /// The watch descriptors of a file: one for its names and one for its contents.
  struct File {
    var name: Int32
    var contents: Int32
  }

  /// The inotify descriptors, which are readable if there are events.
  struct Descriptors {
    var names: Int32
    var contents: Int32
  }

  let descriptors: Descriptors?
  let calls: FileSystemCalls
  var watched: [Watched] = []
  /// The index of each path in `watched`.
  private var places: [Name: Int] = [:]
  var notices: [Notice] = []
  /// The reason why some path cannot be watched while the program runs; nil if all can.
  package internal(set) var refusal: Notice?
  var hasNameEvents = false
  var buffer = [UInt8](repeating: 0, count: 16 << 10)

  /// Starts watching, without any path.
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
    let names = try retryingOnInterrupt { () throws(SystemError) in try calls.startNotifying() }
    do throws(SystemError) {
      let contents = try retryingOnInterrupt { () throws(SystemError) in try calls.startNotifying()
      }
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

  /// A descriptor that is readable if a path may lead to another file. Then call `drainNameEvents()` and
  /// read the logs at once. Nil if nothing can be watched.
  package var names: Int32? { descriptors?.names }

  /// A descriptor that is readable if a file was written to or truncated. Then call
  /// `drainContentEvents()`, and read the logs afterwards. Unread events cost nothing. Nil if nothing can
  /// be watched.
  package var contents: Int32? { descriptors?.contents }

  /// Watches a path and the file that it leads to. Adding the same path again does nothing.
  package func add(_ path: Name) {
    guard places[path] == nil else { return }
    let (directory, base) = path.split
    places[path] = watched.count
    watched.append(Watched(path: path, directory: directory, base: base))
    watch(watched.count - 1)
  }

  /// Whether some path cannot be watched, so that its log must be read every `pollingInterval`.
  package var needsPolling: Bool {
    refusal != nil || watched.contains { $0.directoryWatch == nil }
  }

  /// Processes the events of names. Without events this costs one system call.
  ///
  /// - Returns: whether an event concerns a watched path.
  package func drainNameEvents() -> Bool {
    processEvents()
    defer { hasNameEvents = false }
    return hasNameEvents
  }

  /// Discards the events of contents.
  ///
  /// - Returns: whether there were any.
  package func drainContentEvents() -> Bool {
    guard let descriptors else { return false }
    var hasAny = false
    while receive(from: descriptors.contents) > 0 { hasAny = true }
    return hasAny
  }

  /// A number that changes with every event of a path. Queued events are processed first.
  func serial(of path: Name) -> Int {
    processEvents()
    return places[path].map { watched[$0].serial } ?? 0
  }

  /// The names in the directory of files that had this path before, and a number that changes with
  /// any event of the directory; nil if they are unknown. Queued events are processed first.
  func formerNames(of path: Name) -> (names: Set<[UInt8]>, serial: Int)? {
    processEvents()
    guard let place = places[path], watched[place].directoryWatch != nil,
      !watched[place].isUncertain
    else { return nil }
    return (watched[place].formerNames, watched[place].directorySerial)
  }

  /// Whether the file at the path was renamed back to it.
  func wasRenamedBack(_ path: Name) -> Bool {
    processEvents()
    return places[path].map { watched[$0].wasRenamedBack } ?? false
  }

  /// The files that appeared under the path since the last call; nil if they are unknown.
  func drainAppearances(of path: Name) -> Appearances? {
    guard let index = places[path] else { return nil }
    defer {
      watched[index].appearances = Appearances()
      watched[index].wasOnlyReplaced = true
      watched[index].isUncertain = false
    }
    let isKnown = watched[index].directoryWatch != nil && !watched[index].isUncertain
    return isKnown ? watched[index].appearances : nil
  }

  /// The problems since the last call.
  package func drainNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }
}
