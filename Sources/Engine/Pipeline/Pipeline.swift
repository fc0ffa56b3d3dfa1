import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

/// What a pipeline depends on besides the bytes.
package struct PipelineOptions: Sendable {
  package var analysis = AnalysisOptions()
  /// `nil` to find it out.
  package var format: (any LogFormat.Type)?
  /// The range of the records that take part, where only the first one tells: from its time and the
  /// zone that the log writes, in seconds east.
  package var rangeFromFirst: (@Sendable (EpochSecond, Int) -> TimeRange)?
  /// What is read, as it is named in events.
  package var path = Name("-")

  package init() {}
}

/// Parse -> Analyze, as a value with one door. A copy is a moment to come back to: it goes on from
/// where it was copied, whatever the original did since.
package struct Pipeline: Sendable {
  private var parser: LogParser
  private var analyzer: TrafficAnalyzer
  /// Where in the stream the next block begins, in bytes.
  package private(set) var offset: Int64 = 0
  private var rangeFromFirst: (@Sendable (EpochSecond, Int) -> TimeRange)?
  private var places = LinePlaces()
  private var matching = MatchNotices()
  /// Notices that became true and have not been given out.
  private var begun: [Notice] = []
  private let path: Name
  private var isStarted = false
  private var sourceEnded = false
  package private(set) var isFinished = false
  /// The first rejected lines, as many as the parser keeps.
  package private(set) var rejectedLines: [RejectedLine] = []

  package init(_ options: PipelineOptions) {
    parser = LogParser(format: options.format)
    analyzer = TrafficAnalyzer(options: options.analysis)
    rangeFromFirst = options.rangeFromFirst
    path = options.path
  }

  package var format: String? { parser.format }
  package var zoneOffset: Int { parser.zoneOffset }
  /// The second that is shown, and the first that could be.
  package var closedThrough: EpochSecond? { analyzer.closedThrough }
  package var firstClosed: EpochSecond? { analyzer.firstClosed }
  package var hasAlerted: Bool { analyzer.hasAlerted }
  /// Where in the stream the last line stands that is shown, in bytes; within a block reckoned by
  /// the number of lines.
  package var shownOffset: Int64 {
    isFinished ? offset : places.offset(ofLine: analyzer.tally.lines)
  }
  /// The memory that a copy takes.
  var footprint: Footprint { analyzer.footprint }
  package var matchedAnything: Bool { parser.matchedAnything }
  /// The lines read, where not one of them matched a format; `nil` where one did or there are none.
  package var unmatched: FailedLines? { parser.unmatched }

  /// Goes on towards the goal.
  ///
  /// - Parameters:
  ///   - clock: what the time is.
  ///   - isOverBudget: asked after each block whether to stop for now.
  ///   - events: what happened is added to it, in order.
  /// - Throws: what the source throws.
  package mutating func step(
    _ reader: BlockReader, until goal: Goal, clock: ClockReading, isOverBudget: () -> Bool,
    events: inout [MonitorEvent]
  ) throws(InputFailure) -> StepEnd {
    while true {
      if release(goal, &events) { return .goalReached }
      if isFinished { return .finished }
      if sourceEnded {
        analyzer.finish(&events)
        isFinished = true
        return .finished
      }
      let isCaughtUp = try takeBlock(reader, clock) == .caughtUp
      guard isCaughtUp || isOverBudget() else { continue }
      if release(goal, &events), !isCaughtUp { return .goalReached }
      return isCaughtUp ? .caughtUp : .outOfBudget
    }
  }

  /// Ends in order although the source has not: what is closed is reported, an unfinished last line
  /// is not counted.
  package mutating func stop(clock: ClockReading, events: inout [MonitorEvent]) {
    guard !isFinished else { return }
    let batch = RecordBatch()
    parser.conclude(into: batch)
    keepDetails(of: batch)
    analyzer.add(batch, wall: clock.wall)
    sourceEnded = true
    analyzer.finishSource(wall: clock.wall, isAtEnd: false)
    _ = release(.everything, &events)
    analyzer.finish(&events)
    isFinished = true
  }

  /// Ends a replay in order at the moment that is shown: what was read ahead of it does not count.
  package mutating func stopAtGate(events: inout [MonitorEvent]) {
    guard !isFinished else { return }
    let batch = RecordBatch()
    parser.endPatience(into: batch)
    keepDetails(of: batch)
    startOnceFormatIsKnown(&events)
    giveOutNotices(&events)
    analyzer.finishAtGate(&events)
    sourceEnded = true
    isFinished = true
  }

  /// Every figure now. See `TrafficAnalyzer.snapshot`.
  package func snapshot(_ tables: TableRequest, includingPending: Bool) -> Snapshot {
    var snapshot = analyzer.snapshot(tables, includingPending: includingPending)
    snapshot.undecided = parser.undecided
    if let notice = matchNotice(shown: includingPending ? nil : snapshot.tally.lines) {
      snapshot.notices.insert(notice, at: 0)
    }
    if includingPending || isFinished, let empty = analyzer.emptyRange {
      snapshot.notices.insert(.emptyRange(empty), at: 0)
    }
    return snapshot
  }

  /// Every figure now, with the first rows of each table.
  package func snapshot(window: TableWindow, rows: Int, includingPending: Bool) -> Snapshot {
    snapshot(TableRequest(window: window, rows: rows), includingPending: includingPending)
  }

  /// What there is to say of how the lines match; where none does, nothing will ever be shown.
  ///
  /// - Parameter shown: the lines that count; `nil` for all.
  private func matchNotice(shown: Int?) -> Notice? {
    if parser.saysNothingMatches, let unmatched { return .unknownFormat(unmatched) }
    return shown.map { matching.notice(shown: $0) } ?? matching.latest
  }

  package var isLive: Bool { analyzer.isLive }
  /// Changes whenever a snapshot could.
  package var revision: Revision {
    Revision(
      lines: analyzer.linesSeen, closed: analyzer.closedThrough, setAside: analyzer.setAside,
      format: format, undecided: parser.undecided, matchChanges: matching.count,
      wasAtEnd: analyzer.wasAtEnd, isFinished: isFinished)
  }

  /// The next second with a hit that is not yet shown, as far as is known.
  package var nextHit: EpochSecond? { analyzer.nextHit }

  /// What to say of the log's times.
  package var notices: [Notice] { analyzer.notices(includingPending: true) }
  package var linesRead: Int { analyzer.tally.lines }
  package var rejected: RejectionCounts { analyzer.tally.rejected }

  // MARK: - One turn

  /// Lets through what has closed, up to the goal.
  ///
  /// - Returns: whether the goal is reached.
  private mutating func release(_ goal: Goal, _ events: inout [MonitorEvent]) -> Bool {
    startOnceFormatIsKnown(&events)
    giveOutNotices(&events)
    var stopsAtTransition = false
    if case .transition = goal { stopsAtTransition = true }
    return analyzer.release(until: goal.limit, stopAtTransition: stopsAtTransition, &events)
      || isReached(goal)
  }

  private mutating func giveOutNotices(_ events: inout [MonitorEvent]) {
    events += begun.map { .notice($0) }
    begun.removeAll()
    analyzer.drainNotices(&events)
    rejectedLines += analyzer.drainRejectedLines()
  }

  private func isReached(_ goal: Goal) -> Bool {
    // What the source has closed up to the goal is let through by now.
    guard let closed = analyzer.sourceClosedThrough else { return false }
    return closed >= goal.limit
  }

  /// Reads the next block and takes all of its records; what may be shown of them is up to the gate.
  ///
  /// - Returns: what stands behind the block.
  private mutating func takeBlock(
    _ reader: BlockReader, _ clock: ClockReading
  ) throws(InputFailure) -> BlockReader.Ending {
    let ending = try parse(reader)
    if matching.isTooLong(parser, now: clock.monotonic) { parser.endPatience(into: reader.batch) }
    keepDetails(of: reader.batch)
    places.add(reader.batch.lineCount, endingAt: offset, shown: analyzer.tally.lines)
    if let decide = rangeFromFirst, let first = reader.batch.records.first {
      analyzer.limit(to: decide(first.time, parser.zoneOffset))
      rangeFromFirst = nil
    }
    analyzer.add(reader.batch, wall: clock.wall)
    switch ending {
    case .more, .boundary: break
    case .caughtUp: analyzer.caughtUp(now: clock.monotonic, wall: clock.wall)
    case .end:
      analyzer.finishSource(wall: clock.wall)
      sourceEnded = true
    }
    return ending
  }

  /// Keeps what a batch says besides its records.
  private mutating func keepDetails(of batch: RecordBatch) {
    rejectedLines += batch.details
    begun += matching.add(batch, shown: analyzer.tally.lines)
  }

  private mutating func parse(_ reader: BlockReader) throws(InputFailure) -> BlockReader.Ending {
    let (block, ending) = try reader.bytes(at: offset)
    reader.batch.removeAll()
    if offset == 0 { parser.read(heading: reader.heading) }
    let fileEnds = ending == .end || ending == .boundary
    let consumed = parser.parse(block, isLast: fileEnds, into: reader.batch)
    offset += Int64(consumed)
    if ending == .boundary { parser.beginNextFile() }
    if ending == .end { parser.conclude(into: reader.batch) }
    return ending
  }

  private mutating func startOnceFormatIsKnown(_ events: inout [MonitorEvent]) {
    guard !isStarted, parser.format != nil || sourceEnded else { return }
    isStarted = true
    events.append(.start(sources: [SourceFormat(path: path, format: parser.format)]))
  }
}
