import AccessLog
import Dispatch
import EventOutput
import PrivateFiles
import Synchronization
import TrafficAnalysis

/// Keeps alerts, minutes and the positions up to which logs were read in a SQLite file.
///
/// A thread of its own writes, in transactions. Adding never waits for it.
package final class HistoryStore: Sendable {
  struct Shared {
    var queue: HistoryQueue
    var state = HistoryState()
    var notices: [HistoryNotice] = []
    /// Whether the thread waits for something to do.
    var isWaiting = false
    /// Whether somebody waits for room in the queue.
    var isAwaited = false
    var isEnding = false
    var isOver = false
  }

  /// The file, for messages and for a `HistoryReader`.
  package let path: String
  /// The positions that the file held when it was opened, by source.
  package let checkpoints: [Name: [UInt8]]

  let context: HistoryContext
  let shared: Mutex<Shared>
  let writer: Mutex<HistoryWriter>
  private let lock: Mutex<InstanceLock?>
  /// Wakes the thread.
  let wakeUp = DispatchSemaphore(value: 0)
  /// Signalled when everything is saved while the program ends.
  let ended = DispatchSemaphore(value: 0)
  /// Signalled when there is room in the queue again.
  let room = DispatchSemaphore(value: 0)

  /// Opens the file, which is created with its folder if it does not exist.
  ///
  /// - Parameter path: absolute.
  /// - Throws: if the file must not be used, or cannot be written. What may be over soon, such as a full
  ///   disk, is no error: it is tried again.
  package init(_ path: String, _ context: HistoryContext) throws(HistoryFailure) {
    self.path = path
    self.context = context
    let file = try HistoryFile(path)
    // Nothing is asked of a file that must not be used, not even who uses it.
    _ = try file.size()
    lock = Mutex(try file.lock())
    var writer = HistoryWriter(HistoryDatabase(file: file, context: context))
    var shared = Shared(queue: HistoryQueue(context.limits))
    checkpoints = try Self.start(&writer, &shared)
    self.writer = Mutex(writer)
    self.shared = Mutex(shared)
    guard BackgroundThread.start({ self.run() }) else {
      throw .unavailable("there is no thread for it")
    }
  }

  /// - Returns: the positions that the file holds.
  private static func start(
    _ writer: inout HistoryWriter, _ shared: inout Shared
  ) throws(HistoryFailure) -> [Name: [UInt8]] {
    var positions: [Name: [UInt8]] = [:]
    do {
      let read = try writer.readPositions()
      positions = read.sound
      for source in read.damaged {
        let reason = "it is damaged"
        shared.notices.append(.rejected(source: source, reason: reason))
        _ = shared.queue.add(.rejection(source, reason: reason))
      }
    } catch let failure as HistoryFailure {
      throw failure
    } catch let error as DatabaseError where error.kind == .forbidden {
      throw .unavailable(error.reason)
    } catch {
      shared.state.failure = (error as? DatabaseError)?.reason ?? "\(error)"
    }
    shared.state.isReadOnly = writer.isReadOnly
    shared.notices += writer.drainNotices()
    return positions
  }

  // MARK: - Adding

  /// Adds a change of an alert. One that is there already is not added again.
  package func add(alert transition: AlertTransition) { add(.alert(transition)) }

  /// Adds a minute.
  package func add(minute report: IntervalReport, _ reading: MinuteReading = .whole) {
    add(.minute(report, reading))
  }

  /// Saves positions, in the same transaction as what was added before or in a later one. Those of other
  /// sources stay as they are.
  ///
  /// - Parameters:
  ///   - positions: for each source, bytes whose meaning is the caller's business.
  ///   - part: what was counted before them of the minute that has not closed.
  package func save(checkpoints positions: [Name: [UInt8]], part: MinutePart? = nil) {
    if !positions.isEmpty { add(.checkpoints(positions, part)) }
  }

  /// Keeps the position of a source aside, because it does not fit.
  ///
  /// - Parameter reason: why, for people.
  package func setAside(checkpoint source: Name, reason: String) {
    shared.withLock { $0.notices.append(.rejected(source: source, reason: reason)) }
    add(.rejection(source, reason: reason))
  }

  private func add(_ item: HistoryQueue.Item) {
    let wakes = shared.withLock { shared -> Bool in
      guard !shared.isEnding, !shared.state.isReadOnly else { return false }
      if shared.queue.add(item) { shared.notices.append(.incomplete) }
      defer { shared.isWaiting = false }
      return shared.isWaiting
    }
    if wakes { wakeUp.signal() }
  }

  /// Waits while much is to be saved, unless that fails. Not for threads that must not block, and only for
  /// one thread.
  package func waitForRoom() {
    while true {
      let isFull = shared.withLock { shared -> Bool in
        shared.isAwaited = shared.isFull
        return shared.isAwaited
      }
      guard isFull else { return }
      room.wait()
    }
  }

  /// Whether whoever must not wait should go on later, so that nothing is lost.
  package var isCongested: Bool { shared.withLock { $0.isFull } }

  // MARK: - What became of it

  package var state: HistoryState {
    shared.withLock { shared in
      var state = shared.state
      state.waiting = shared.queue.events
      state.dropped = shared.queue.dropped
      return state
    }
  }

  /// What has happened since the last call.
  package func drainNotices() -> [HistoryNotice] {
    shared.withLock { shared in
      defer { shared.notices = [] }
      return shared.notices
    }
  }

  /// Saves the rest and closes the file. Nothing can be added afterwards.
  ///
  /// - Parameter seconds: how long to wait at most.
  /// - Returns: what is not saved; `nil` if all is.
  package func finish(within seconds: Double = 2) -> UnsavedHistory? {
    let deadline = DispatchTime.now() + seconds
    let (wakes, isOver) = shared.withLock { shared -> (Bool, Bool) in
      shared.isEnding = true
      defer { shared.isWaiting = false }
      return (shared.isWaiting, shared.isOver)
    }
    if wakes { wakeUp.signal() }
    if !isOver { _ = ended.wait(timeout: deadline) }
    return shared.withLock { shared in
      shared.isOver = true
      shared.announceRoom(room)
      let count = shared.queue.events + shared.queue.dropped
      return count == 0 && shared.queue.isEmpty
        ? nil : UnsavedHistory(count: count, reason: shared.state.failure)
    }
  }

  /// Lets another process use the file.
  func unlock() { lock.withLock { $0 = nil } }
}

extension HistoryStore.Shared {
  /// Whether whoever adds much should wait: not while saving fails, which may last.
  fileprivate var isFull: Bool {
    queue.isCongested && state.failure == nil && !isOver && !state.isReadOnly
  }

  /// Lets the one who waits for room go on, if there is any.
  mutating func announceRoom(_ room: DispatchSemaphore) {
    guard isAwaited, !isFull else { return }
    isAwaited = false
    room.signal()
  }
}
