/// How long a source has been quiet, in monotonic seconds, and whether its log is a live one.
struct Silence: Sendable {
  var sawRecord = false
  var sawRise = false
  /// It delivered a record after it had been read to its end, or its log was of now at that time.
  var isLive = false
  private(set) var lastRecord = 0.0
  private(set) var lastRise = 0.0
  private var wasAtEnd = false

  /// The source was read to its end.
  ///
  /// - Returns: whether this is the first time.
  mutating func caughtUp(now: Double) -> Bool {
    note(now: now)
    guard wasAtEnd else {
      wasAtEnd = true
      lastRecord = now
      lastRise = now
      return true
    }
    return false
  }

  mutating func note(now: Double) {
    if sawRecord {
      lastRecord = now
      if wasAtEnd { isLive = true }
    }
    if sawRise { lastRise = now }
    sawRecord = false
    sawRise = false
  }
}
