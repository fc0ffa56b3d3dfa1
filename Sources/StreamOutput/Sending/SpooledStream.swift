import AccessLog
import Dispatch
import EventOutput
import PrivateFiles
import Spooling
import Synchronization

/// Messages on their way to a broker, kept on disk until it has acknowledged them.
///
/// Two threads do the work: one numbers and writes, the other one sends. Adding never waits for them.
package final class SpooledStream: Sendable {
  /// What is sent, and what the process provides.
  package struct Context: Sendable {
    /// Whether the run goes on where a former one has stopped. If not, it numbers its reports anew.
    package var isContinued = true
    /// The folder of all streams; `nil` to keep nothing on disk.
    package var spoolPath: String?
    /// Identifies the stream in the name of its folder.
    package var key: String
    /// The name of the sender in reports.
    package var sender: Name
    package var content: StreamState.Content
    /// Whether the caller waits for room, so that everything is delivered.
    package var mustBeComplete = false
    package var limits = StreamLimits()
    /// Seconds of a clock that never jumps.
    package var monotonic: @Sendable () -> Double
    /// The time of day.
    package var wall: @Sendable () -> EpochSecond
    /// A random number from 0 to 1.
    package var random: @Sendable () -> Double = { Double.random(in: 0...1) }
    /// A random number, which no other sender has.
    package var newSeries: @Sendable () -> UInt64 = { UInt64.random(in: 1 ... .max) }

    /// - Parameter topic: where to, as text: together with the sender it identifies the stream.
    package init(
      topic: String, sender: Name, content: StreamState.Content, spoolPath: String?,
      monotonic: @escaping @Sendable () -> Double, wall: @escaping @Sendable () -> EpochSecond
    ) {
      let fields = ["stream", "\(content)", topic, "\(sender)"]
      key = String(EventID(fields: fields).text.prefix(16))
      self.sender = sender
      self.content = content
      self.spoolPath = spoolPath
      self.monotonic = monotonic
      self.wall = wall
    }
  }

  let context: Context
  let carrier: any MessageCarrier
  let spool: Spool<StreamBatchFile>
  let shared: Mutex<StreamQueue>
  let writer: Mutex<StreamWriter>
  private let damaged: Int
  /// Wakes the thread that writes.
  let writing = DispatchSemaphore(value: 0)
  /// Wakes the thread that sends.
  let sending = DispatchSemaphore(value: 0)
  /// Wakes whoever waits for room, or for the end.
  let progress = DispatchSemaphore(value: 0)
  /// Where a former run has come to with each log, by absolute path, in its stored form.
  package let checkpoints: [Name: [UInt8]]

  /// Opens the spool, and begins to send what a former run has left.
  ///
  /// - Throws: if another process uses the spool. What else goes wrong with it is part of the state.
  package init(_ context: Context, _ carrier: any MessageCarrier) throws(InstanceLock.Problem) {
    self.context = context
    self.carrier = carrier
    spool = Spool(context.limits.spool)
    var folder: StreamFolder?
    if let path = context.spoolPath {
      do throws(InstanceLock.Problem) {
        let opened = try StreamFolder(path, key: context.key)
        spool.open(opened.folder, opened.batches)
        folder = opened
      } catch {
        if case .inUse = error { throw error }
        spool.note(problem: error.reason)
      }
    } else {
      spool.note(problem: "neither XDG_STATE_HOME nor HOME is set")
    }
    damaged = folder?.damaged ?? 0
    checkpoints = folder?.progress?.checkpoints ?? [:]
    writer = Mutex(
      StreamWriter(
        spool, folder, sender: context.sender, context.limits,
        isContinued: context.isContinued, newSeries: context.newSeries))
    shared = Mutex(StreamQueue())
    let writes = BackgroundThread.start { [self] in writeAll() }
    let sends = BackgroundThread.start { [self] in sendAll() }
    shared.withLock { ($0.hasWriter, $0.hasSender) = (writes, sends) }
  }

  /// How sending goes.
  package var state: StreamState {
    var state = StreamState(context.content)
    shared.withLock { queue in
      state.waiting = queue.waiting
      state.lost = queue.lost
      (state.refused, state.refusal) = (queue.refused, queue.refusal)
      (state.awaySince, state.failure) = (queue.awaySince, queue.failure)
    }
    state.waiting += spool.count
    state.lost += spool.lost
    state.damaged = damaged + shared.withLock { $0.damaged }
    state.spoolProblem = spool.problem
    return state
  }

  /// The name of the sender in reports.
  package var sender: Name { context.sender }

  // MARK: - Adding

  /// Adds what came in a turn. Never waits; what there is no room for is lost.
  package func add(_ turn: StreamTurn) {
    shared.withLock { $0.add(turn, context.limits) }
    writing.signal()
  }

  /// Whether the disk keeps up. If not, the caller should wait before it reads more.
  package var hasRoom: Bool { shared.withLock { $0.length < context.limits.queueRoom } }

  /// Whether everything that was added is in the spool.
  var hasNothingQueued: Bool { shared.withLock { $0.isIdle } }

  /// Waits while the queue is full, unless sending fails. Not for threads that must not block, and only
  /// for one thread.
  package func waitForRoom() {
    guard context.mustBeComplete else { return }
    while !hasRoom, shared.withLock({ $0.hasWriter }) { progress.wait() }
  }

  /// Notes that reading is cut off: the end does not wait until everything is sent.
  package func interrupt() { shared.withLock { $0.isInterrupted = true } }

  // MARK: - The end

  /// How long the end of the program waits for the disk, in seconds.
  static let diskEnding = 0.8

  /// Sends the rest before the program ends. What is not sent in time stays in the spool.
  ///
  /// Where everything must be delivered, this waits as long as the broker acknowledges anything, unless
  /// reading was cut off.
  ///
  /// - Returns: how sending went.
  @discardableResult
  package func finish() -> StreamState {
    let start = context.monotonic()
    writing.signal()
    sending.signal()
    while let patience = patience(start) {
      _ = progress.wait(timeout: .now() + min(0.1, patience))
    }
    shared.withLock { $0.isOver = true }
    writing.signal()
    sending.signal()
    let deadline = context.monotonic() + Self.diskEnding
    while shared.withLock({ $0.hasWriter }), context.monotonic() < deadline {
      _ = progress.wait(timeout: .now() + 0.05)
    }
    // A disk that hangs must not keep the program from ending.
    _ = writer.withLockIfAvailable { writer in
      let rest = shared.withLock { $0.take(isHeldUp: false) }
      if !rest.isEmpty { writer.write(rest) }
      shared.withLock { $0.noteWritten() }
      writer.saveRest()
    }
    return state
  }

  /// How much longer to wait for the broker, in seconds; `nil` once everything is sent, or there is no
  /// use in waiting.
  private func patience(_ start: Double) -> Double? {
    let queue = shared.withLock { $0 }
    guard queue.hasWriter, queue.hasSender, !queue.isIdle || !spool.isEmpty else { return nil }
    let isAway = queue.awaySince != nil
    let mustBeComplete = context.mustBeComplete && !queue.isInterrupted && !isAway
    let since = mustBeComplete ? max(start, queue.lastAnswer) : start
    let ending = isAway ? context.limits.endingAway : context.limits.ending
    let left = since + ending - context.monotonic()
    return left > 0 ? left : nil
  }
}
