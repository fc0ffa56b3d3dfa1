import AccessLog

/// What is not in the spool yet, and how far the threads of a stream are.
struct StreamQueue: Sendable {
  private var turns: [StreamTurn] = []
  /// The number of things in them.
  private(set) var length = 0
  /// What is lost with them, in seconds with hits or events.
  private(set) var count = 0
  /// What was lost because the queue was full, counted likewise.
  private(set) var lost = 0
  /// The number of reports that were dropped after those in the queue.
  private var skipped: UInt64 = 0
  /// What is lost with those that left the queue and are being written; `nil` if none are.
  private var writing: Int?
  var hasWriter = false
  var hasSender = false
  /// Whether reading was cut off.
  var isInterrupted = false
  /// Whether nothing may be sent any more.
  var isOver = false
  /// When the broker last answered.
  var lastAnswer = -Double.infinity
  var awaySince: EpochSecond?
  var failure: String?
  var refused = 0
  var refusal: String?
  /// The number of damaged files that were found when they were to be sent.
  var damaged = 0

  init() {}

  /// Whether everything is in the spool.
  var isIdle: Bool { turns.isEmpty && writing == nil }
  /// What is not in the spool, counted as in `count`.
  var waiting: Int { count + (writing ?? 0) }

  /// Adds a turn, or drops it if there is no room.
  mutating func add(_ turn: StreamTurn, _ limits: StreamLimits) {
    guard length == 0 || length + turn.length <= limits.queueCapacity, !isOver else {
      lost += turn.count
      skipped += UInt64(turn.reports.count)
      return
    }
    var turn = turn
    (turn.skipped, skipped) = (skipped, 0)
    turns.append(turn)
    length += turn.length
    count += turn.count
  }

  /// Removes turns from the queue, unless it is better to wait until more has been sent.
  mutating func take(isHeldUp: Bool) -> [StreamTurn] {
    if turns.isEmpty || isHeldUp && !isOver { return [] }
    defer { (turns, length, count, writing) = ([], 0, 0, count) }
    return turns
  }

  /// Notes that what was taken is in the spool.
  mutating func noteWritten() { writing = nil }
}
