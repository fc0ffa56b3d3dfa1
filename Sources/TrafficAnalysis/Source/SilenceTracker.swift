import AccessLog

/// How long a source has been quiet, in monotonic seconds, how long it may be before time goes on by
/// itself, and whether its log is a live one.
struct SilenceTracker: Sendable {
  /// Since the source was last read to its end: a line came, whatever it held; a record came; the
  /// time of the log rose.
  var sawLine = false
  var sawRecord = false
  var sawTimeAdvance = false
  /// It delivered a record after it had been read to its end, or its log was of now at that time.
  var isLive = false
  private(set) var lastLine = 0.0
  private(set) var lastTimeAdvance = 0.0
  private var wasAtEnd = false
  private(set) var blocks: BlockDetector

  init(_ options: AnalysisOptions) {
    blocks = BlockDetector(options)
  }

  /// How long it may be before time goes on by itself.
  var grace: Double { Double(blocks.grace) }

  /// The source was read to its end; said before `caughtUp`.
  ///
  /// - Parameter late: its late hits so far, of all of its hits.
  /// - Returns: what became known of the blocks that it is written in.
  mutating func detectBlocks(now: Double, late: HitShare) -> BlockWriting? {
    guard sawLine, wasAtEnd else { return nil }
    return blocks.observeArrival(after: now - lastLine, late: late)
  }

  /// The source was read to its end.
  ///
  /// - Returns: whether this is the first time.
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

  /// The time of the log rose then, though no line came.
  mutating func noteTimeAdvance(at moment: Double) {
    lastTimeAdvance = moment
    sawTimeAdvance = false
  }

  /// What came since it was read to its end before has been judged.
  mutating func setBaseline(late: HitShare) { blocks.setBaseline(late: late) }

  /// How many whole seconds time has gone on by itself.
  func secondsAhead(now: Double) -> Int64 {
    Int64(max(0, min(now - lastTimeAdvance - grace, 1e9)))
  }
}
