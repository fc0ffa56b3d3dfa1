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
  static let mostFiles = FollowedFile.mostHeld + 1

  static let fileEvents = UInt32(IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF)
  static let directoryEvents =
    UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB)
    | UInt32(IN_MOVE_SELF | IN_DELETE_SELF | IN_ONLYDIR)

  struct Watched {
    let path: Name
    let directory: Name
    let base: [UInt8]
    var directoryWatch: Int32?
    /// Oldest first; the last is that of the file that has the name.
    var files: [File] = []
    /// No file has the name: perhaps its directory is gone too, which nobody tells for as long as
    /// someone holds a file of it open.
    var isAway = true
    /// Files that came under this name since that was last asked.
    var appearances = Appearances()
    /// Nothing else happened to the name since then than that files were renamed over each other.
    var wasOnlyReplaced = true
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

  /// How often a file came under a name.
  struct Appearances {
    var count = 0
    /// How many of them, the first ones, were renamed over the file that had the name.
    var replacing = 0
  }

  /// One file, watched for what becomes of its names and for its contents.
  struct File {
    var name: Int32
    var contents: Int32
  }

  /// Both ends of what is told: readable when there is something to take.
  struct Descriptors {
    var names: Int32
    var contents: Int32
  }

  let descriptors: Descriptors?
  let calls: FileSystemCalls
  var watched: [Watched] = []
  var notices: [Notice] = []
  /// Why changes are not notified, for as long as the program runs; nil where they are.
  package internal(set) var refusal: Notice?
  var hasNews = false
  var buffer = [UInt8](repeating: 0, count: 16 << 10)

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

  /// The files that came under the name since the last call; nil where that is not known.
  func takeAppearances(of path: Name) -> Appearances? {
    guard let index = watched.firstIndex(where: { $0.path == path }) else { return nil }
    defer {
      watched[index].appearances = Appearances()
      watched[index].wasOnlyReplaced = true
      watched[index].isUncertain = false
    }
    let isKnown = watched[index].directoryWatch != nil && !watched[index].isUncertain
    return isKnown ? watched[index].appearances : nil
  }

  /// What went wrong since the last call.
  package func takeNotices() -> [Notice] {
    defer { notices = [] }
    return notices
  }
}
