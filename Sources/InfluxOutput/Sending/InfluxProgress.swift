import AccessLog
import TrafficAnalysis

/// The queue of a sender, and how far its threads are.
struct InfluxProgress: Sendable {
  /// The intervals that are not in the spool yet.
  private var queue: [IntervalReport] = []
  /// The number of points of these.
  private(set) var queuedPoints = 0
  /// When the oldest of these was added.
  private var oldest = 0.0
  var hasWriter = false
  var hasPoster = false
  /// Whether the spool is open.
  var isOpen = false
  /// Whether intervals that left the queue are being written to the spool.
  var isWriting = false
  /// Whether the input was cut off.
  var isInterrupted = false
  /// Whether the program ends: nothing is held back any more.
  var isEnding = false
  /// Whether nothing may be sent any more.
  var isOver = false
  /// When the store last accepted a batch.
  var lastSuccess = -Double.infinity
  /// What became of the points so far.
  var outcome = InfluxState()

  /// Notes that both threads exist.
  ///
  /// - Returns: which of them must be started.
  mutating func threadsToStart() -> (writing: Bool, sending: Bool) {
    defer { (hasWriter, hasPoster) = (true, true) }
    return (!hasWriter, !hasPoster)
  }

  /// Adds an interval, or drops it if there is no room.
  ///
  /// - Returns: whether the thread that writes must be woken.
  mutating func add(
    _ report: IntervalReport, _ count: Int, at now: Double, _ limits: InfluxLimits
  ) -> Bool {
    guard queue.isEmpty || queuedPoints + count <= limits.queueCapacity, !isOver else {
      outcome.lost += count
      return false
    }
    let before = queuedPoints
    if queue.isEmpty { oldest = now }
    queue.append(report)
    queuedPoints += count
    return before == 0 || before < limits.batchPoints && queuedPoints >= limits.batchPoints
  }

  /// Removes all intervals if it is time to write them.
  ///
  /// - Parameter isHeldUp: whether to wait until more has been sent.
  /// - Returns: the intervals, or the time until when to wait; `nil` if until something is added.
  mutating func take(
    at now: Double, isHeldUp: Bool, _ limits: InfluxLimits
  ) -> (reports: [IntervalReport], until: Double?) {
    isWriting = false
    guard !queue.isEmpty else { return ([], nil) }
    let due = oldest + limits.batchDelay
    if !isOver {
      if isHeldUp { return ([], nil) }
      guard isEnding || queuedPoints >= limits.batchPoints || now >= due else { return ([], due) }
    }
    defer {
      queue = []
      queuedPoints = 0
      isWriting = true
    }
    return (queue, nil)
  }
}
