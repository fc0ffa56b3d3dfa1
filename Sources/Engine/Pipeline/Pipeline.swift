import AccessLog
import LogInput
import LogParsing
import TrafficAnalysis

/// Parses and analyzes one log or several, as a value that only `step` advances. A copy is a moment
/// to return to: it continues from where it was copied, whatever the original has done since.
package struct Pipeline: Sendable {
  var sources: [SourceReading]
  /// Where each of them stands in the round.
  var turns: [SourceTurn]
  let options: SourceOptions
  let hasListener: Bool
  /// The number of sources of the options, which stand before those that have joined.
  let namedSources: Int
  /// The number of bytes read of sources that were removed.
  var removedBytes: Int64 = 0
  var analyzer: TrafficAnalyzer
  private(set) var rangeFromFirst: (@Sendable (EpochSecond, Int) -> TimeRange)?
  /// Notices that became true and have not been emitted yet.
  var pendingNotices: [Notice] = []
  /// Those about what peers send.
  var peerNotices = PeerNotices()
  /// The senders of reports, which are sources that have joined.
  var senders = SenderTable()
  var reportNotices = ReportNotices()
  var firstReport: FirstReport?
  /// What is asked and cannot be answered from the reports that have come.
  package internal(set) var reportLimits: [ReportLimit] = []
  var isStarted = false
  /// Whether lines are emitted at the pace of the seconds that close.
  private let pacesLines: Bool
  let marksPlaces: Bool
  var round = Round()
  /// Whether the end event was emitted.
  package private(set) var isFinished = false
  /// How many chunks were read by several threads.
  package internal(set) var forkedChunks = 0

  package init(_ options: PipelineOptions) {
    var parsing = options.parsing
    parsing.wanted = options.analysis.named
    parsing.conditions = options.analysis.rulePlan.conditions
    parsing.keepsLines = options.analysis.keepsLines
    // The lines of several logs are merged by time.
    pacesLines =
      options.pacesLines || options.paths.count > 1 && !options.analysis.following
    marksPlaces = options.marksPlaces
    let reading = SourceOptions(format: options.format, parsing: parsing)
    self.options = reading
    sources = options.paths.enumerated().map { index, path in
      SourceReading(path, reading, resumption: options.resumptions[index])
    }
    for (source, time) in options.formerTimes { sources[source].formerTime = time }
    turns = sources.map { _ in SourceTurn() }
    hasListener = !options.listeners.isEmpty
    namedSources = options.paths.count
    for source in options.listeners { sources[source].listener = ListenerFigures() }
    for source in options.streams { sources[source].isStream = true }
    analyzer = TrafficAnalyzer(
      options: options.analysis, sources: options.paths, nameTests: ConditionOnNames.init)
    if let reported = options.reported { analyzer.resume(reported) }
    for (source, resumption) in options.resumptions where resumption.known > 0 {
      analyzer.beginKnownLines(of: source)
    }
    rangeFromFirst = options.rangeFromFirst
  }

  /// Advances towards the goal.
  ///
  /// - Parameters:
  ///   - readers: those of the sources, in the order of the options.
  ///   - clock: the time of this step.
  ///   - isOverBudget: called after each block with the events so far, which it may take; `true` ends
  ///     the step.
  ///   - events: receives what happened, in order, as far as it was not taken.
  /// - Throws: `SourceFailure` where a source cannot be read; a later step tries again, unless the
  ///   source is given up by `endSource`.
  package mutating func step(
    _ readers: [BlockReader], until goal: Goal, clock: ClockReading,
    isOverBudget: (inout [MonitorEvent]) -> Bool, events: inout [MonitorEvent]
  ) throws(SourceFailure) -> StepEnd {
    let limit = events.count + eventLimit
    analyzer.begin(now: clock.monotonic, wall: clock.wall)
    beginRoundIfOver(now: clock.monotonic)
    // Most sources of many bring nothing.
    var hasNews = true
    var isFirst = true
    while true {
      let turn = nextTurn()
      holdForSenders(now: clock.monotonic)
      // Reading comes first, and then time goes on.
      if turn == nil {
        settleSenders(clock)
        analyzer.runOn(now: clock.monotonic)
      }
      if turn == nil || hasNews && !hasManyPeers || isFirst {
        if emitEvents(until: goal, limit, &events) { return .goalReached }
        if events.count >= limit { return .outOfBudget }
      }
      isFirst = false
      if isFinished { return .finished }
      if turns.allSatisfy(\.hasEnded) {
        finish(&events) { $0.finish(&$1) }
        return .finished
      }
      guard let turn else {
        round.isOver = true
        return .caughtUp
      }
      if sources[turn.source].offset == 0 { markPlace(readers[turn.source], of: turn.source) }
      let offset = sources[turn.source].offset
      let isGoalReached = try read(
        readers[turn.source], turn, until: goal, limit, clock, isOverBudget, &events)
      markPlace(readers[turn.source], of: turn.source)
      if isGoalReached { return .goalReached }
      hasNews = sources[turn.source].offset > offset || turns[turn.source].hasEnded
      let isOverBudget = isOverBudget(&events)
      if events.count >= limit || isOverBudget && !areCaughtUp { return .outOfBudget }
    }
  }

  /// Whether there is nothing more to read in this step.
  private var areCaughtUp: Bool {
    turns.allSatisfy { $0.hasEnded || $0.isCaughtUp }
  }

  /// Reads the source whose turn it is.
  ///
  /// - Returns: whether the goal is reached.
  private mutating func read(
    _ reader: BlockReader, _ turn: Turn, until goal: Goal, _ limit: Int, _ clock: ClockReading,
    _ isOverBudget: (inout [MonitorEvent]) -> Bool, _ events: inout [MonitorEvent]
  ) throws(SourceFailure) -> Bool {
    // A nearer goal is mostly reached within a block.
    if goal == .everything {
      let start = sources[turn.source].offset
      _ = readChunks(reader, turn, until: goal, limit, clock, isOverBudget, &events)
      if sources[turn.source].offset > start,
        isOverBudget(&events) || events.count >= limit || isOver(turn)
      {
        return false
      }
    }
    let ending: BlockReader.Ending
    do throws(InputFailure) {
      ending = try readBlock(reader, of: turn.source, clock)
    } catch {
      throw SourceFailure(source: turn.source, failure: error)
    }
    guard ending == .more, goal != .everything else { return false }
    if emitEvents(until: goal, limit, &events) { return true }
    if isOverBudget(&events) || events.count >= limit || isOver(turn) { return false }
    return readChunks(reader, turn, until: goal, limit, clock, isOverBudget, &events)
  }

  /// Gives up a source that cannot be read. Everything read of it so far is reported; an incomplete
  /// last line does not count.
  package mutating func endSource(_ source: Int, clock: ClockReading) {
    guard !isFinished, !turns[source].hasEnded else { return }
    settle(source, wall: clock.wall)
  }

  /// Ends the run although the sources have not ended. Everything read so far is reported;
  /// incomplete last lines do not count.
  package mutating func stop(clock: ClockReading, events: inout [MonitorEvent]) {
    guard !isFinished else { return }
    analyzer.isHeld = false
    if marksPlaces, checkpoints.allSatisfy({ $0 != nil }) { analyzer.suspendRules() }
    analyzer.begin(now: clock.monotonic, wall: clock.wall)
    for source in sources.indices where !turns[source].hasEnded {
      settle(source, wall: clock.wall)
    }
    _ = emitEvents(until: .everything, .max, &events)
    if let notice = peerNotices.drain(now: .infinity) { events.append(.notice(notice)) }
    events += reportNotices.drain(now: .infinity).map { .notice($0) }
    finish(&events) { $0.finish(&$1) }
  }

  private mutating func settle(_ source: Int, wall: EpochSecond) {
    let batch = RecordBatch(sources[source].parser.wanted)
    sources[source].parser.finish(into: batch, isAtEnd: false)
    collect(LineDetails(batch), of: source)
    analyzer.add(batch, of: source, wall: wall)
    turns[source].hasEnded = true
    analyzer.finishSource(source, wall: wall, isAtEnd: false)
  }

  /// Ends a replay at the moment that is shown. Lines that were read ahead of it do not count.
  package mutating func stopAtShownMoment(events: inout [MonitorEvent]) {
    guard !isFinished else { return }
    for source in sources.indices where !turns[source].hasEnded {
      let batch = RecordBatch(sources[source].parser.wanted)
      sources[source].parser.reportNoMatch(into: batch)
      collect(LineDetails(batch), of: source)
      turns[source].hasEnded = true
    }
    emitStart(&events)
    emitNotices(&events)
    finish(&events) { $0.finishAtGate(&$1) }
  }

  /// Emits the last events.
  ///
  /// - Parameter emit: how the analysis ends.
  private mutating func finish(
    _ events: inout [MonitorEvent],
    _ emit: (inout TrafficAnalyzer, inout [MonitorEvent]) -> Void
  ) {
    emitStart(&events)
    emitLines(&events)
    emit(&analyzer, &events)
    isFinished = true
    guard case .end(var report)? = events.last else { return }
    report.sources = summaries
    events[events.count - 1] = .end(report)
  }

  /// Emits the lines of hits that are due.
  mutating func emitLines(_ events: inout [MonitorEvent]) {
    if pacesLines, analyzer.closedThrough == nil { return }
    analyzer.drainLines(through: pacesLines ? analyzer.closedThrough : nil, &events)
  }

  // MARK: - Lines

  /// Reads, parses and counts the next block of a source. `emitEvents` decides how much of it is
  /// shown.
  ///
  /// - Returns: what follows the block.
  private mutating func readBlock(
    _ reader: BlockReader, of source: Int, _ clock: ClockReading
  ) throws(InputFailure) -> BlockReader.Ending {
    turns[source].wasRead = true
    let (block, ending) = try reader.bytes(at: sources[source].offset)
    sources[source].recognize(block, ending, heading: reader.heading)
    switch sources[source].content {
    case .unknown: break
    case .lines:
      sources[source].parse(block, ending, of: reader, now: clock.monotonic)
      countLines(of: reader, source, clock)
    case .reports:
      sources[source].offset = reader.end
      readReports(block, ending, of: source, clock)
    }
    end(source, ending, clock)
    return ending
  }

  /// Counts the lines that were parsed into the batch of a reader.
  private mutating func countLines(of reader: BlockReader, _ source: Int, _ clock: ClockReading) {
    let memory = reader.memory
    collect(LineDetails(memory.batch), of: source)
    let chunk = memory.chunk
    chunk.takeLines(of: memory.batch)
    addOffset(of: chunk, source)
    if let range = rangeFromFirst, let first = chunk.firstTime {
      analyzer.restrict(to: range(first, sources[source].parser.zoneOffset))
      rangeFromFirst = nil
    }
    analyzer.addNames(of: memory.batch)
    memory.counter.count(chunk, memory.batch.names, analyzer.chunkOptions)
    analyzer.add(chunk, of: source, wall: clock.wall)
    passKnownLines(of: source, clock)
  }

  /// Handles what follows a block.
  private mutating func end(
    _ source: Int, _ ending: BlockReader.Ending, _ clock: ClockReading
  ) {
    switch ending {
    case .more, .boundary, .cut: break
    case .pending: turns[source].isCaughtUp = true
    case .caughtUp:
      turns[source].isCaughtUp = true
      turns[source].wasCaughtUp = true
      if !sources[source].bringsReports {
        analyzer.caughtUp(source, now: clock.monotonic, wall: clock.wall)
      }
    case .end:
      if !sources[source].bringsReports { analyzer.finishSource(source, wall: clock.wall) }
      turns[source].hasEnded = true
    }
  }

  /// Notes where the lines of a chunk end in the stream.
  mutating func addOffset(of chunk: ChunkSummary, _ source: Int) {
    sources[source].lineOffsets.addBlock(
      lineCount: chunk.lineCount, endingAt: sources[source].offset,
      shownLines: analyzer.tally(of: source).lines)
  }

  /// Collects the rejected lines and the notices of parsed lines.
  mutating func collect(_ details: LineDetails, of source: Int) {
    let shown = analyzer.tally(of: source).lines
    for notice in sources[source].collect(details, shownLines: shown) {
      let notice = analyzer.about(source, notice)
      if source >= namedSources, notice.isAboutUnmatchedLines {
        peerNotices.add(notice)
      } else {
        pendingNotices.append(notice)
      }
    }
  }
}
