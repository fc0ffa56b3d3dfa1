import Glibc
import PrivateFiles
import Synchronization

/// Keeps on disk what is being sent or still waits when the program ends, so that the next run sends it
/// again with the same id: every notification is sent at least once, and its receiver can tell when it
/// came twice.
package final class Outbox: Sendable {
  /// The most files in the folder.
  static let capacity = 1_000
  /// The largest file, in bytes. A notification that is larger is not kept.
  private static let largestFile = 1 << 20
  /// The suffix of files that could not be read.
  private static let damagedSuffix = ".bad"

  private struct State {
    var folder: PrivateFolder?
    var problem: String?
    var count = 0
  }

  private let path: String
  private let capacity: Int
  private let state = Mutex(State())

  /// Nothing is opened or created before it is needed.
  package convenience init(path: String) { self.init(path: path, capacity: Self.capacity) }

  init(path: String, capacity: Int) {
    self.path = path
    self.capacity = capacity
  }

  /// Why notifications cannot be kept; `nil` if they can, or if none had to be yet.
  package var problem: String? { state.withLock { $0.problem } }

  // MARK: - Keeping

  /// Keeps a notification.
  ///
  /// - Returns: whether it is kept.
  func save(_ notification: ActionNotification, for action: String) -> Bool {
    let bytes = Self.encoded(notification, for: action)
    guard bytes.count <= Self.largestFile else { return false }
    return state.withLock { state in
      do throws(FileProblem) {
        if state.folder == nil {
          let folder = try PrivateFolder(path, creates: true)
          state.count = folder.names.count
          state.folder = folder
        }
        guard state.count < capacity else { throw FileProblem("\(capacity) are kept already") }
        let name = Self.name(of: notification.id, for: action)
        // The second attempt of a notification replaces its own file.
        let isNew = state.folder.map { faccessat($0.descriptor, name, F_OK, 0) != 0 } ?? true
        try state.folder?.write(bytes, to: name)
        if isNew { state.count += 1 }
        state.problem = nil
        return true
      } catch {
        state.problem = error.reason
        return false
      }
    }
  }

  /// Forgets a notification, which has been sent or will never be, if it is kept.
  func remove(_ id: String, of action: String) {
    state.withLock { state in
      guard let folder = state.folder else { return }
      if folder.remove(Self.name(of: id, for: action)) { state.count = max(0, state.count - 1) }
    }
  }

  // MARK: - Sending again

  /// What a former run has left.
  package struct Remainder: Equatable, Sendable {
    /// The notifications with the names of their actions, oldest first.
    package var notifications: [(action: String, notification: ActionNotification)] = []
    /// The number of files that could not be read and were set aside.
    package var damaged = 0

    package static func == (left: Remainder, right: Remainder) -> Bool {
      left.damaged == right.damaged
        && left.notifications.elementsEqual(right.notifications, by: ==)
    }
  }

  /// Reads what a former run has left for these actions. If another running process has done so, there
  /// is nothing to do.
  ///
  /// - Throws: if the folder is not safe.
  package func load(actions: Set<String>) throws(OutboxFailure) -> Remainder {
    var status = stat()
    guard lstat(path, &status) == 0 else { return Remainder() }
    let opened: Result<PrivateFolder, FileProblem> = Result { () throws(FileProblem) in
      try PrivateFolder(path, creates: false)
    }
    let folder: PrivateFolder
    switch opened {
    case .success(let open): folder = open
    case .failure(let problem): throw OutboxFailure(path: path, reason: problem.reason)
    }
    let names = folder.names
    state.withLock { state in
      state.folder = folder
      state.count = names.count
    }
    // The lock is kept until the process ends.
    guard folder.lock() else { return Remainder() }
    var remainder = Remainder()
    for name in names where !name.hasSuffix(Self.damagedSuffix) {
      guard let action = Self.action(in: name), actions.contains(action) else { continue }
      if let kept = folder.read(name, limit: Self.largestFile).flatMap(Self.decoded),
        Self.name(of: kept.notification.id, for: kept.action) == name
      {
        remainder.notifications.append(kept)
      } else {
        remainder.damaged += 1
        if !folder.rename(name, to: name + Self.damagedSuffix) { folder.remove(name) }
      }
    }
    remainder.notifications.sort {
      ($0.notification.time, $0.notification.id) < ($1.notification.time, $1.notification.id)
    }
    return remainder
  }

  // MARK: - Files

  private static func name(of id: String, for action: String) -> String { "\(id).\(action)" }

  private static func action(in name: String) -> String? {
    guard let dot = name.firstIndex(of: "."), dot > name.startIndex else { return nil }
    return String(name[name.index(after: dot)...])
  }

  private static func encoded(_ notification: ActionNotification, for action: String) -> [UInt8] {
    let event = JSONReader.value(of: notification.event)?
      .appending([.init(name: "id", value: .string(notification.id))])
    return JSONValue.object([
      .init(name: "action", value: .string(action)), .init(name: "event", value: event ?? .null),
    ]).bytes
  }

  private static func decoded(
    _ bytes: [UInt8]
  ) -> (action: String, notification: ActionNotification)? {
    guard let object = JSONReader.value(of: bytes), let action = object["action"]?.text,
      var notification = object["event"].flatMap({ ActionNotification(event: $0) })
    else { return nil }
    notification.isFromFormerRun = true
    return (action, notification)
  }
}

/// Why the folder of an outbox cannot be used.
package struct OutboxFailure: Error, Equatable, Sendable {
  package var path: String
  package var reason: String
}
