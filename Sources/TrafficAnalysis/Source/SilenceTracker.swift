import AccessLog

/// Tracks how long a source has been silent, how long it may be before its clock runs on without
/// records, and whether its log is live. Moments are in monotonic seconds.
struct SilenceTracker: Sendable {
  /// Whether a line of any kind has arrived since the source was last read to its end.
  var sawLine = false
  /// Whether a record has arrived since then.
  var sawRecord = false
  /// Whether the time of the log has advanced since then.
  var sawTimeAdvance = false
  /// Whether the log is live: it delivered a record after it had been read to its end, or its time
  /// was then that of the wall clock.
  var isLive = false
  /// When the last line arrived.
  private(set) var lastLine = 0.0
  /// When the time of the log last advanced.
  private(set) var lastTimeAdvance = 0.0
  private var wasAtEnd = false
  /// Detects whether the log is written in blocks.
  private(set) var blocks: BlockDetector

  init(_ options: AnalysisOptions) {
    blocks = BlockDetector(options)
  }

  /// How long the source may be silent before its clock runs on, in seconds.
  var grace: Double { Double(blocks.grace) }

  /// Looks for blocks when the source was read to its end. Must be called before `reachEnd`.
  ///
  /// - Parameter late: the late hits of the source so far, out of all hits.
  /// - Returns: the finding, if it is new.
  mutating func detectBlocks(now: Double, late: HitShare) -> BlockWriting? {
    guard sawLine, wasAtEnd else { return nil }
    return blocks.observeArrival(after: now - lastLine, late: late)
  }

  /// Records that the source was read to its end.
  ///
  /// - Returns: whether this was the first time.
  mutating func reachEnd(now: Double) -> Bool {
    let isFirst = !wasAtEnd
    wasAtEnd = true
    if sawLine || isFirst { lastLine = now }
    if sawTimeAdvance || isFirst { lastTimeAdvance = now }
    if sawRecord, !isFirst { isLive = true }
    sawLine = false
    sawRecord = false
    sawTimeAdvance = false
    return isFirst
  }

  /// Records that the time of the log advanced without a record.
  mutating func noteTimeAdvance(at moment: Double) {
    lastTimeAdvance = moment
    sawTimeAdvance = false
  }

  /// Sets the late hits up to now, after all records read so far were judged.
  mutating func setBaseline(late: HitShare) { blocks.setBaseline(late: late) }

  /// Whether a line has arrived within the grace.
  func hasDelivered(by now: Double) -> Bool { sawLine || now - lastLine < grace }

  /// The whole seconds for which the clock has run on without records.
  func secondsAhead(now: Double) -> Int64 {
    Int64(max(0, min(now - lastTimeAdvance - grace, 1e9)))
  }
}
