/// How long a source has been quiet, in monotonic seconds, and whether its log is a live one.
struct Silence: Sendable {
  /// Since the source was last read to its end: a line came, whatever it held; a record came; the
  /// time of the log rose.
  var sawLine = false
  var sawRecord = false
  var sawRise = false
  /// It delivered a record after it had been read to its end, or its log was of now at that time.
  var isLive = false
  private(set) var lastLine = 0.0
  private(set) var lastRise = 0.0
  private var wasAtEnd = false

  /// The source was read to its end.
  ///
  /// - Returns: whether this is the first time.
  mutating func caughtUp(now: Double) -> Bool {
    let isFirst = !wasAtEnd
    wasAtEnd = true
    if sawLine || isFirst { lastLine = now }
    if sawRise || isFirst { lastRise = now }
    if sawRecord, !isFirst { isLive = true }
    sawLine = false
    sawRecord = false
    sawRise = false
    return isFirst
  }

  /// The time of the log rose then, though no line came.
  mutating func rose(at moment: Double) {
    lastRise = moment
    sawRise = false
  }

  /// How many whole seconds time has gone on by itself.
  func secondsAhead(now: Double, grace: Double) -> Int64 {
    Int64(max(0, min(now - lastRise - grace, 1e9)))
  }
}
