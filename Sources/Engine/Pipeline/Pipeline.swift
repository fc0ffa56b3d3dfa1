import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

/// Parses and analyzes a log, as a value that only `step` advances. A copy is a moment to return
/// to: it continues from where it was copied, whatever the original has done since.
package struct Pipeline: Sendable {
  var parser: LogParser
  var analyzer: TrafficAnalyzer
  /// The offset of the next block in the stream, in bytes.
  package var offset: Int64 = 0
  private(set) var rangeFromFirst: (@Sendable (EpochSecond, Int) -> TimeRange)?
  var lineOffsets = LineOffsets()
  private(set) var matchNotices = MatchNotices()
  /// Notices that became true and have not been emitted yet.
  private var pendingNotices: [Notice] = []
  private let path: Name
  private var isStarted = false
  private var sourceEnded = false
  /// Whether the end event was emitted.
  package private(set) var isFinished = false
  /// The first rejected lines, as many as the parser keeps.
  package private(set) var rejectedLines: [RejectedLine] = []

  package init(_ options: PipelineOptions) {
    parser = LogParser(format: options.format, options.parsing)
    analyzer = TrafficAnalyzer(options: options.analysis)
    rangeFromFirst = options.rangeFromFirst
    path = options.path
  }

  /// The name of the format, once it is known.
  package var format: String? { parser.format }
  /// What is around the lines.
  package var wrappers: [Wrapper] { parser.wrappers }
  /// The zone of the log's times, in seconds east of UTC.
  package var zoneOffset: Int { parser.zoneOffset }
  /// How many chunks were merged in one go, and how many record by record.
  package var chunkCounts: (merged: Int, oneByOne: Int) { analyzer.chunkCounts }
  /// How many chunks were read by several threads.
  package internal(set) var forkedChunks = 0
  /// The last closed second, which is the one that is shown.
  package var closedThrough: EpochSecond? { analyzer.closedThrough }
  /// The first closed second.
  package var firstClosed: EpochSecond? { analyzer.firstClosed }
  /// Whether an alert has triggered.
  package var hasAlerted: Bool { analyzer.hasAlerted }
  /// The offset in the stream of the end of the last shown line, in bytes; interpolated within a
  /// block.
  package var shownOffset: Int64 {
    isFinished ? offset : lineOffsets.offset(ofLine: analyzer.tally.lines)
  }
  /// The memory that a copy takes.
  var footprint: Footprint { analyzer.footprint }
  /// The lines read, if none of them matched a format; `nil` if one did or there are none.
  package var unmatched: FailedLines? { parser.unmatched }

  /// Advances towards the goal.
  ///
  /// - Parameters:
  ///   - clock: the time of this step.
  ///   - isOverBudget: called after each block; `true` ends the step.
  ///   - events: receives what happened, in order.
  /// - Throws: `InputFailure` where the source cannot be read; a later step tries again.
  package mutating func step(
    _ reader: BlockReader, until goal: Goal, clock: ClockReading, isOverBudget: () -> Bool,
    events: inout [MonitorEvent]
  ) throws(InputFailure) -> StepEnd {
    let limit = events.count + eventLimit
    while true {
      if emitEvents(until: goal, limit, &events) { return .goalReached }
      if events.count >= limit { return .outOfBudget }
      if isFinished { return .finished }
      if sourceEnded {
        finish(&events) { $0.finish(&$1) }
        return .finished
      }
      // A nearer goal is mostly reached within a block.
      if goal == .everything {
        let start = offset
        _ = readChunks(reader, until: goal, limit, clock, isOverBudget, &events)
        if offset > start, isOverBudget() || events.count >= limit { return .outOfBudget }
      }
      let ending = try readBlock(reader, clock)
      if emitEvents(until: goal, limit, &events), ending != .caughtUp { return .goalReached }
      if events.count >= limit { return .outOfBudget }
      if ending == .caughtUp { return .caughtUp }
      if isOverBudget() { return .outOfBudget }
      if ending == .more, goal != .everything,
        readChunks(reader, until: goal, limit, clock, isOverBudget, &events)
      {
        return .goalReached
      }
    }
  }

  /// Ends the run although the source has not ended. Everything read so far is reported; an
  /// incomplete last line does not count.
  package mutating func stop(clock: ClockReading, events: inout [MonitorEvent]) {
    guard !isFinished else { return }
    let batch = RecordBatch()
    parser.finish(into: batch, isAtEnd: false)
    collect(LineDetails(batch))
    analyzer.add(batch, wall: clock.wall)
    sourceEnded = true
    analyzer.finishSource(wall: clock.wall, isAtEnd: false)
    _ = emitEvents(until: .everything, .max, &events)
    finish(&events) { $0.finish(&$1) }
  }

  /// Ends a replay at the moment that is shown. Lines that were read ahead of it do not count.
  package mutating func stopAtShownMoment(events: inout [MonitorEvent]) {
    guard !isFinished else { return }
    let batch = RecordBatch()
    parser.reportNoMatch(into: batch)
    collect(LineDetails(batch))
    emitStartOnceFormatIsKnown(&events)
    emitNotices(&events)
    sourceEnded = true
    finish(&events) { $0.finishAtGate(&$1) }
  }

  /// Emits the last events.
  ///
  /// - Parameter emit: how the analysis ends.
  private mutating func finish(
    _ events: inout [MonitorEvent],
    _ emit: (inout TrafficAnalyzer, inout [MonitorEvent]) -> Void
  ) {
    emit(&analyzer, &events)
    isFinished = true
    guard case .end(var report)? = events.last else { return }
    report.sources = [summary]
    events[events.count - 1] = .end(report)
  }

  /// Whether a followed log is written now, so that its time goes on while it is silent.
  package var isLive: Bool { analyzer.isLive }
  /// Changes whenever a snapshot could change.
  package var revision: Revision {
    Revision(
      lines: analyzer.linesRead, closed: analyzer.closedThrough, setAside: analyzer.quarantineCount,
      format: format, wrappers: parser.wrappers, undecided: parser.undecided,
      matchChanges: matchNotices.count,
      wasAtEnd: analyzer.wasAtEnd, isFinished: isFinished)
  }

  /// The next second with a hit that is not shown yet, as far as the log has been read.
  package var nextHit: EpochSecond? { analyzer.nextHit }

  /// The notices about the log's times.
  package var notices: [Notice] { analyzer.notices(includingPending: true) }
  /// The number of lines that are counted.
  package var linesRead: Int { analyzer.tally.lines }
  /// What the source is, and how many of its lines cannot be read.
  package var summary: SourceSummary {
    var summary = SourceSummary(path: path, format: parser.format)
    summary.wrappers = parser.wrappers
    summary.names = parser.nameCount
    summary.lines = analyzer.tally.lines
    summary.rejected = analyzer.tally.rejected
    return summary
  }

  // MARK: - One step

  /// The number of events after which a step ends. An interval holds a row for each section.
  private var eventLimit: Int { max(1, 65_536 / (1 + analyzer.options.top)) }

  /// Emits the events of the seconds that have closed, up to the goal.
  ///
  /// - Parameter limit: once so many events are in the array, the others wait for the next step.
  /// - Returns: whether the goal is reached.
  mutating func emitEvents(
    until goal: Goal, _ limit: Int, _ events: inout [MonitorEvent]
  ) -> Bool {
    emitStartOnceFormatIsKnown(&events)
    emitNotices(&events)
    var stopsAtTransition = false
    if case .transition = goal { stopsAtTransition = true }
    let isAtTransition = analyzer.release(
      until: goal.limit, stopAtTransition: stopsAtTransition, eventLimit: limit, &events)
    return isAtTransition || events.count < limit && isReached(goal)
  }

  private mutating func emitNotices(_ events: inout [MonitorEvent]) {
    events += pendingNotices.map { .notice($0) }
    pendingNotices.removeAll()
    analyzer.drainNotices(&events)
    rejectedLines += analyzer.drainRejectedLines()
  }

  private func isReached(_ goal: Goal) -> Bool {
    // The seconds that the source has closed up to the goal have been emitted by now.
    guard let closed = analyzer.sourceClosedThrough else { return false }
    return closed >= goal.limit
  }

  /// Reads, parses and counts the next block. `emitEvents` decides how much of it is shown.
  ///
  /// - Returns: what follows the block.
  private mutating func readBlock(
    _ reader: BlockReader, _ clock: ClockReading
  ) throws(InputFailure) -> BlockReader.Ending {
    let ending = try parse(reader)
    if matchNotices.isMatchOverdue(parser, now: clock.monotonic) {
      parser.reportNoMatch(into: reader.batch)
    }
    collect(LineDetails(reader.batch))
    let chunk = reader.chunk
    chunk.takeLines(of: reader.batch)
    lineOffsets.addBlock(
      lineCount: chunk.lineCount, endingAt: offset, shownLines: analyzer.tally.lines)
    if let range = rangeFromFirst, let first = chunk.firstTime {
      analyzer.restrict(to: range(first, parser.zoneOffset))
      rangeFromFirst = nil
    }
    analyzer.addNames(of: reader.batch)
    reader.counter.count(chunk, reader.batch.names, analyzer.chunkOptions)
    analyzer.add(chunk, wall: clock.wall)
    switch ending {
    case .more, .boundary: break
    case .caughtUp: analyzer.caughtUp(now: clock.monotonic, wall: clock.wall)
    case .end:
      analyzer.finishSource(wall: clock.wall)
      sourceEnded = true
    }
    return ending
  }

  /// Collects the rejected lines and the notices of parsed lines.
  mutating func collect(_ details: LineDetails) {
    rejectedLines += details.rejected
    pendingNotices += matchNotices.add(details.matchChanges, shownLines: analyzer.tally.lines)
  }

  private mutating func parse(_ reader: BlockReader) throws(InputFailure) -> BlockReader.Ending {
    let (block, ending) = try reader.bytes(at: offset)
    reader.batch.removeAll()
    if offset == 0 { parser.readHeading(reader.heading) }
    let fileEnds = ending == .end || ending == .boundary
    let consumed = parser.parse(block, isLast: fileEnds, into: reader.batch)
    offset += Int64(consumed)
    if ending == .boundary { parser.beginNextFile() }
    if ending == .end { parser.finish(into: reader.batch) }
    return ending
  }

  private mutating func emitStartOnceFormatIsKnown(_ events: inout [MonitorEvent]) {
    guard !isStarted, parser.format != nil || sourceEnded else { return }
    isStarted = true
    events.append(.start(sources: [SourceSummary(path: path, format: parser.format)]))
  }
}
