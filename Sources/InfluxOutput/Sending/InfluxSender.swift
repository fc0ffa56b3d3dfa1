import AccessLog
import Dispatch
import EventOutput
import Synchronization
import TrafficAnalysis
import WebTransfer

/// Sends intervals to a store that takes the Influx line protocol.
///
/// Two threads do the work, from the first interval or the first call of `start` on: one writes the
/// points to the spool, and the other one sends what is in the spool, oldest first, until the store has
/// answered. The bytes of a batch stay the same on every attempt, so that a point that arrives twice has
/// the same value.
package final class InfluxSender: Sendable {
  /// What is sent, and what the process provides.
  package struct Context: Sendable {
    package var address: InfluxAddress
    package var tags: SeriesTags
    /// The dimensions that are reported besides those that always are.
    package var ranked: DimensionSet
    /// The folder of all spools; `nil` to keep nothing on disk.
    package var spoolPath: String?
    /// Whether the run follows its log: the interval with which it ends goes on.
    package var isFollowing: Bool
    /// Whether the caller waits for room, so that everything is delivered.
    package var mustBeComplete: Bool
    /// The version of the program.
    package var version: String
    /// A file with the certificates to trust; `nil` for those of the system.
    package var certificates: String?
    package var limits = InfluxLimits()
    /// Seconds of a clock that never jumps.
    package var monotonic: @Sendable () -> Double
    /// The time of day.
    package var wall: @Sendable () -> EpochSecond
    /// A random number from 0 to 1.
    package var random: @Sendable () -> Double = { Double.random(in: 0...1) }

    package init(
      _ address: InfluxAddress, _ tags: SeriesTags, ranked: DimensionSet = [], spoolPath: String?,
      isFollowing: Bool, mustBeComplete: Bool, version: String,
      monotonic: @escaping @Sendable () -> Double, wall: @escaping @Sendable () -> EpochSecond
    ) {
      self.address = address
      self.tags = tags
      self.ranked = ranked
      self.spoolPath = spoolPath
      self.isFollowing = isFollowing
      self.mustBeComplete = mustBeComplete
      self.version = version
      self.monotonic = monotonic
      self.wall = wall
    }
  }

  let context: Context
  let points: IntervalPoints
  let spool: InfluxSpool
  let shared = Mutex(InfluxProgress())
  /// Wakes the thread that writes to the spool.
  let writing = DispatchSemaphore(value: 0)
  /// Wakes the thread that sends.
  let sending = DispatchSemaphore(value: 0)
  /// Wakes whoever waits for room, or for the end.
  private let progress = DispatchSemaphore(value: 0)

  package init(_ context: Context) {
    self.context = context
    points = IntervalPoints(tags: context.tags, ranked: context.ranked)
    spool = InfluxSpool(context.limits.spool, tags: context.tags.key)
  }

  /// How sending goes.
  package var state: InfluxState {
    var state = shared.withLock { progress in
      var state = progress.outcome
      state.waiting = progress.queuedPoints
      return state
    }
    state.waiting += spool.points
    state.lost += spool.lost
    state.damaged = spool.damaged
    state.spoolProblem = spool.problem
    return state
  }

  // MARK: - Adding

  /// Whether the figures of an interval are final. The one with which the input ends is, unless reading
  /// was cut off, or its time is so near that the log may still grow in it.
  func isFinal(_ report: IntervalReport) -> Bool {
    guard report.partial else { return true }
    let isOver = report.to.advanced(by: Self.writingDelay) <= context.wall()
    return isOver && !context.isFollowing && shared.withLock { !$0.isInterrupted }
  }

  /// How long after a second its records may still be written, in seconds.
  private static let writingDelay: Int64 = 60

  /// Notes that reading is cut off: the last interval is not final.
  package func interrupt() { shared.withLock { $0.isInterrupted = true } }

  /// Begins to send what a former run has left.
  package func start() {
    let (startsWriting, startsSending) = shared.withLock { $0.threadsToStart() }
    if startsWriting, !BackgroundThread.start({ [self] in writeAll() }) {
      shared.withLock { $0.hasWriter = false }
    }
    if startsSending, !BackgroundThread.start({ [self] in sendAll() }) {
      shared.withLock { $0.hasPoster = false }
    }
  }

  /// Adds an interval to the queue. Never waits.
  func add(_ report: IntervalReport) {
    let count = points.count(report)
    let limits = context.limits
    let now = context.monotonic()
    let wakes = shared.withLock { $0.add(report, count, at: now, limits) }
    start()
    if wakes { writing.signal() }
  }

  /// Waits while the queue is full, unless sending fails. Not for threads that must not block, and only
  /// for one thread.
  package func waitForRoom() {
    guard context.mustBeComplete else { return }
    let limit = context.limits.batchPoints
    while shared.withLock({ $0.hasWriter && $0.queuedPoints >= limit }) { progress.wait() }
  }

  /// Wakes whoever waits for room or the end.
  func announceProgress() { progress.signal() }

  // MARK: - The end

  /// Sends the rest before the program ends. What is not sent in time stays in the spool.
  ///
  /// Where everything must be delivered, this waits as long as the store accepts anything, unless
  /// reading was cut off.
  ///
  /// - Returns: how sending went.
  @discardableResult
  package func finish() -> InfluxState {
    let start = context.monotonic()
    shared.withLock { $0.isEnding = true }
    writing.signal()
    sending.signal()
    while let patience = patience(start) { _ = progress.wait(timeout: .now() + patience) }
    shared.withLock { $0.isOver = true }
    writing.signal()
    sending.signal()
    // The disk is faster than the store.
    let deadline = context.monotonic() + context.limits.ending
    while shared.withLock({ $0.isWriting || $0.hasWriter && $0.queuedPoints > 0 }),
      context.monotonic() < deadline
    {
      _ = progress.wait(timeout: .now() + 0.1)
    }
    spool.saveRest()
    return state
  }

  /// How much longer to wait for the store, in seconds; `nil` once everything is sent, or there is no
  /// use in waiting.
  private func patience(_ start: Double) -> Double? {
    let progress = shared.withLock { $0 }
    let isIdle = !progress.isWriting && progress.queuedPoints == 0 && progress.isOpen
    guard progress.hasWriter, progress.hasPoster, !isIdle || spool.points > 0 else { return nil }
    // No request lasts longer than its timeout, and then it has failed.
    let mustBeComplete = context.mustBeComplete && !progress.isInterrupted
    if mustBeComplete, progress.outcome.failure == nil { return 1 }
    let since = mustBeComplete ? max(start, progress.lastSuccess) : start
    let left = since + context.limits.ending - context.monotonic()
    return left > 0 ? left : nil
  }
}
