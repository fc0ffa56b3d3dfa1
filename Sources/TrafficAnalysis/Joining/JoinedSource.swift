import AccessLog

/// A source of the run, and what of it has passed the gate.
struct JoinedSource: Sendable {
  /// Tells it from all other sources of the run, also from those that are gone.
  let id: Int32
  var intake: SourceIntake
  /// Its lines, by outcome.
  var tally = LineTally()
  /// The totals of its hits, including late ones, if they are displayed.
  var traffic = Traffic()
  /// The times of its earliest and its latest hit.
  var first: EpochSecond?
  var last: EpochSecond?
  var lateness: LatenessAdvisor
  /// Whether a notice said that it is behind the other sources.
  private var hasReportedLag = false
  /// The smallest lead of any record over the wall clock, in seconds; `nil` once a record had none.
  var leadOverWallClock: Int64?
  /// The number of the open run of records ahead of the wall clock, from 1; 0 for none.
  var futureRun: UInt32 = 0
  /// Its last closed seconds, if they are displayed.
  var recent = RecentTotals()
  /// Whether no more lines will come.
  var hasEnded = false
  /// Whether what is read has been counted by an earlier run.
  var readsKnownLines = false
  /// Whether it has been read to its end in this round.
  var isCaughtUp = false

  init(_ options: AnalysisOptions, id: Int32) {
    self.id = id
    intake = SourceIntake(options: options)
    lateness = LatenessAdvisor(options)
  }

  /// The memory used, in bytes.
  var footprint: Int { intake.footprint + recent.footprint }

  /// Its figures, without its last seconds.
  ///
  /// - Parameters:
  ///   - now: the last second that has passed the gate.
  ///   - includingPending: includes the lines that have not passed the gate.
  func figures(at now: EpochSecond?, includingPending: Bool) -> SourceFigures {
    var figures = SourceFigures()
    if let now { figures.current = recent.total(10, through: now) }
    figures.tally = tally
    if includingPending {
      figures.hasEnded = hasEnded
      figures.tally += intake.unpoppedDelta.tally
      figures.time = intake.clock.head
      figures.isLive = intake.isLive
    }
    return figures
  }

  /// A notice, once, if it is so far behind the other sources that its hits are late.
  mutating func newLag() -> Notice? {
    guard !hasReportedLag, lateness.isBehindOthers, let advice = lateness.advice(hits: tally.hits)
    else { return nil }
    hasReportedLag = true
    return advice
  }

  /// The notices about its times.
  ///
  /// - Parameter includingPending: includes the lines that have not passed the gate.
  func notices(includingPending: Bool) -> [Notice] {
    var lateness = lateness
    var lead = leadOverWallClock
    var run = futureRun
    var hits = tally.hits
    if includingPending {
      let pending = intake.unpoppedDelta
      if let later = intake.unpoppedLateness { lateness.merge(later) }
      lead = pending.leadOverWallClock
      run = pending.futureRun
      hits += pending.tally.hits
    }
    var notices: [Notice] = []
    if let notice = intake.notice(ofFutureRun: run) { notices.append(notice) }
    let blocks = intake.blockWriting
    // If the log is written in blocks, that notice explains hits that are late after a silence.
    if let advice = lateness.advice(hits: hits), blocks == nil || !advice.isCausedBySilence {
      notices.append(advice)
    }
    if let lead, lead > intake.options.maxJump {
      notices.append(.aheadOfWallClock(seconds: lead))
    }
    if let blocks { notices.append(.writtenInBlocks(blocks)) }
    return notices
  }

  /// Whether it has ended and everything that it brought has passed the gate, except lines that belong
  /// to no closing.
  var isDrained: Bool { hasEnded && intake.isDrained }

  // MARK: - Holding back

  /// How far a source has come, or the furthest of several.
  struct Reach: Equatable {
    /// The time of the log.
    var head: EpochSecond?
    /// The last closed second.
    var closed: EpochSecond?

    mutating func extend(to other: Reach) {
      if let time = other.head { head = max(head ?? time, time) }
      if let second = other.closed { closed = max(closed ?? second, second) }
    }
  }

  var reach: Reach { Reach(head: intake.clock.head, closed: intake.closedThrough) }

  /// Whether the seconds of the whole wait for it: until it has been read to its end, and afterwards
  /// while it is live, has delivered something within the grace, and is not far behind the others.
  ///
  /// - Parameters:
  ///   - now: the monotonic time in seconds.
  ///   - furthest: how far sources that are not ahead of the wall clock have come.
  func holdsBack(now: Double, behind furthest: Reach) -> Bool {
    if hasEnded { return false }
    guard intake.wasAtEnd else { return true }
    guard intake.isLive, intake.silence.hasDelivered(by: now) else { return false }
    if keepsOpenTooLong(furthest.closed) { return false }
    guard let head = intake.clock.head, let furthest = furthest.head else { return true }
    return furthest.seconds(since: head) <= intake.options.maxJump
  }

  /// Whether it is a sender that moves time, but closes its seconds long after the others have closed
  /// theirs: they would wait as long as it likes.
  private func keepsOpenTooLong(_ furthest: EpochSecond?) -> Bool {
    guard intake.clock.lateness > intake.options.lateness, let furthest,
      let closed = intake.closedThrough
    else { return false }
    return furthest.seconds(since: closed) > intake.options.maxJump
  }

  /// Whether it may hold back seconds once all sources have been read.
  var mayHoldBack: Bool { !hasEnded && (!isCaughtUp || !intake.wasAtEnd || intake.isLive) }

  /// Whether it is live, and its time is not ahead of the wall clock.
  func isPresent(at wall: EpochSecond) -> Bool {
    !hasEnded && intake.isLive && intake.clock.head != nil && !isAhead(of: wall)
  }

  /// Whether its time is ahead of the wall clock by more than a jump.
  func isAhead(of wall: EpochSecond) -> Bool {
    intake.clock.head.map { $0.seconds(since: wall) > intake.options.maxJump } ?? false
  }
}
