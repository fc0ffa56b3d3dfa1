import AccessLog

/// The analysis stage as one value, which turns records into events and snapshots.
///
/// An intake turns the records of the source into closed seconds. The gate, `release(until:)`,
/// decides which of them reach the figures.
package struct TrafficAnalyzer: Sendable {
  /// The number of names in a table, and their length in bytes, from which unused ones are removed.
  private static let compactionStart = 190_000
  private static let compactionStartBytes = 32 << 20

  package let options: AnalysisOptions
  private(set) var intake: SourceIntake
  private(set) var closed: ClosedTraffic
  private(set) var names = NameTables()
  private(set) var batchNames = BatchNames()
  private var compactAt = compactionStart
  private var compactAtBytes = compactionStartBytes

  /// An analyzer before its first record.
  package init(options: AnalysisOptions) {
    self.options = options
    intake = SourceIntake(options: options)
    closed = ClosedTraffic(options: options)
  }

  /// The last second that has passed the gate. Snapshots show the figures of this second.
  package var closedThrough: EpochSecond? { closed.closedThrough }
  /// The first second that has passed the gate.
  package var firstClosed: EpochSecond? { closed.history.first }
  /// Whether an alert has triggered at least once.
  package var hasAlerted: Bool { closed.transitionCount > 0 }
  /// The last second that the source has closed, which may be before the gate.
  package var sourceClosedThrough: EpochSecond? { intake.closedThrough }

  /// The lines that have passed the gate, by outcome.
  package var tally: LineTally { closed.tally }
  /// The number of lines read, including those before the gate.
  package var linesRead: Int { intake.linesRead }
  /// The number of records in quarantine.
  package var quarantineCount: Int { intake.quarantineCount }
  /// Whether the log is live: it delivered records after it had been read to its end, or its time
  /// was then that of the wall clock.
  package var isLive: Bool { intake.isLive }
  /// Whether the source was read to its end at least once.
  package var wasAtEnd: Bool { intake.wasAtEnd }
  /// The requested range, if the source was read to its end and no record lies in the range.
  package var emptyRange: EmptyRange? { intake.emptyRange }
  /// The next second with hits that has not passed the gate.
  package var nextHit: EpochSecond? { intake.nextHit }

  /// Ignores further records outside the range.
  package mutating func restrict(to range: TimeRange) { intake.range = range }

  /// Looks up the names of a batch that are new, before its chunks are added.
  package mutating func addNames(of batch: RecordBatch) { batchNames.add(batch, to: &names) }

  /// Adds the lines of a chunk, and closes the seconds that are due.
  ///
  /// - Parameter wall: the wall-clock time.
  package mutating func add(_ chunk: ChunkSummary, wall: EpochSecond) {
    guard let generation = chunk.generation else { return }
    batchNames.add(chunk.newNames, of: generation, to: &names)
    intake.add(chunk, renumbering: batchNames.ids(of: generation), wall: wall, names: names)
    compactNamesIfNeeded()
  }

  /// Adds the lines of a batch, which is empty afterwards, and closes the seconds that are due.
  package mutating func add(_ batch: RecordBatch, wall: EpochSecond) {
    let chunk = ChunkSummary()
    chunk.takeLines(of: batch)
    addNames(of: batch)
    var counter = ChunkCounter()
    counter.count(chunk, batch.names, chunkOptions)
    add(chunk, wall: wall)
  }

  /// What the figures of a chunk depend on besides its lines.
  package var chunkOptions: ChunkOptions {
    ChunkOptions(lateness: options.lateness, maxJump: options.maxJump, range: intake.range)
  }

  /// How many chunks were merged in one go, and how many record by record.
  package var chunkCounts: (merged: Int, oneByOne: Int) {
    (intake.chunksMerged, intake.chunksOneByOne)
  }

  /// Lets closed seconds up to `goal` pass the gate, and appends their events.
  ///
  /// - Parameters:
  ///   - stopAtTransition: stops after the first second at which an alert changes.
  ///   - eventLimit: stops once so many events are in the array.
  /// - Returns: whether it stopped at a transition.
  package mutating func release(
    until goal: EpochSecond, stopAtTransition: Bool = false, eventLimit: Int = .max,
    _ events: inout [MonitorEvent]
  ) -> Bool {
    let transitionsBefore = closed.transitionCount
    // Retained once, instead of for each closing.
    let names = names
    while let second = intake.prepareNextClosing(names), second <= goal {
      if let delta = intake.popLineDelta() { closed.count(delta) }
      if let late = intake.popLateDelta() { closed.count(late, names) }
      intake.popClosing { closed.close($0, $1, names, &events) }
      if stopAtTransition, closed.transitionCount > transitionsBefore { return true }
      if events.count >= eventLimit { return false }
    }
    // The goal lies within a long silence: close the part before it.
    if let second = intake.nextClosingSecond, second > goal, closed.closedThrough != nil {
      closed.closeEmptySeconds(through: goal, names, &events)
    }
    return stopAtTransition && closed.transitionCount > transitionsBefore
  }

  /// Removes and returns the records rejected since the last call, of the first few of the source.
  package mutating func drainRejectedLines() -> [RejectedLine] { intake.drainRejectedLines() }

  /// Appends the notices posted since the last call as events.
  package mutating func drainNotices(_ events: inout [MonitorEvent]) {
    events += intake.drainNotices().map { .notice($0) }
  }

  /// Handles that the source was read to its end and may continue.
  ///
  /// - Parameters:
  ///   - now: the monotonic time in seconds.
  ///   - wall: the wall-clock time.
  package mutating func caughtUp(now: Double, wall: EpochSecond) {
    intake.caughtUp(now: now, wall: wall, names: names)
  }

  /// Closes all seconds of the source because its input has ended, or the program stops.
  ///
  /// - Parameter isAtEnd: whether all of the input was read.
  package mutating func finishSource(wall: EpochSecond, isAtEnd: Bool = true) {
    intake.finish(wall: wall, isAtEnd: isAtEnd, names: names)
  }

  /// Appends the last events. The analyzer must not be used afterwards.
  package mutating func finish(_ events: inout [MonitorEvent]) {
    closed.count(intake.drainDelta())
    if let late = intake.drainLateDelta() { closed.count(late, names) }
    closed.finish(names, notices: notices(includingPending: false), &events)
  }

  /// Appends the last events, excluding seconds before the gate. The analyzer must not be used
  /// afterwards.
  package mutating func finishAtGate(_ events: inout [MonitorEvent]) {
    closed.discardOpenHits()
    closed.finish(names, notices: notices(includingPending: false), &events)
  }

  /// Removes unused names from the tables when they have grown large.
  private mutating func compactNamesIfNeeded() {
    guard names.mostNames > compactAt || names.mostBytes > compactAtBytes else { return }
    var marks = names.emptyMarks
    intake.markNames(&marks)
    closed.markNames(&marks)
    batchNames.markNames(&marks)
    let newIDs = names.compact(keeping: marks)
    intake.renumber(newIDs)
    closed.renumber(newIDs)
    batchNames.renumber(newIDs)
    compactAt = max(Self.compactionStart, names.mostNames * 5 / 4)
    compactAtBytes = max(Self.compactionStartBytes, names.mostBytes * 5 / 4)
  }
}
