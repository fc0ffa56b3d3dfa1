import AccessLog

/// The analysis stage as one value, which turns records into events and snapshots.
///
/// An intake turns the records of the source into closed seconds. The gate, `release(until:)`,
/// decides which of them reach the figures.
package struct TrafficAnalyzer: Sendable {
  /// The number of names in a table, and their length in bytes, from which unused ones are removed.
  private static let compactionStart = 200_000
  private static let compactionStartBytes = 32 << 20

  private let options: AnalysisOptions
  private(set) var intake: SourceIntake
  private(set) var closed: ClosedTraffic
  private(set) var names = NameTables()
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
  package var linesSeen: Int { intake.linesSeen }
  /// The number of records in quarantine.
  package var setAside: Int { intake.setAside }
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
  package mutating func limit(to range: TimeRange) { intake.range = range }

  /// Judges all records of a batch, and closes the seconds that are due.
  ///
  /// - Parameter wall: the wall-clock time.
  package mutating func add(_ batch: RecordBatch, wall: EpochSecond) {
    intake.add(batch, wall: wall, names: &names)
    compactNamesIfNeeded()
  }

  /// Lets closed seconds up to `goal` pass the gate, and appends their events.
  ///
  /// - Parameter stopAtTransition: stops after the first second at which an alert changes.
  /// - Returns: whether it stopped at a transition.
  package mutating func release(
    until goal: EpochSecond, stopAtTransition: Bool = false, _ events: inout [MonitorEvent]
  ) -> Bool {
    let transitionsBefore = closed.transitionCount
    // Retained once, instead of for each closing.
    let names = names
    while let second = intake.prepareNextClosing(names), second <= goal {
      if let delta = intake.popLineDelta() { closed.count(delta) }
      if let late = intake.popLateDelta() { closed.count(late, names) }
      intake.popClosing { closed.close($0, $1, names, &events) }
      if stopAtTransition, closed.transitionCount > transitionsBefore { return true }
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
    let newIDs = names.compact(keeping: marks)
    intake.renumber(newIDs)
    closed.renumber(newIDs)
    compactAt = max(Self.compactionStart, names.mostNames * 5 / 4)
    compactAtBytes = max(Self.compactionStartBytes, names.mostBytes * 5 / 4)
  }
}

// MARK: - Snapshots

extension TrafficAnalyzer {
  /// All figures as of the last second that has passed the gate.
  ///
  /// - Parameters:
  ///   - tables: the rows and the window of the tables.
  ///   - includingPending: includes lines read since the last closing, for a live view.
  package func snapshot(_ tables: TableRequest, includingPending: Bool) -> Snapshot {
    var snapshot = Snapshot()
    snapshot.closedThrough = closed.closedThrough
    if let second = closed.closedThrough {
      snapshot.rateNow.hits = closed.history.total(from: second.advanced(by: -9), through: second)
    }
    snapshot.rules = closed.rules.map(\.state)
    snapshot.tally = closed.tally
    snapshot.first = closed.first
    snapshot.last = closed.last
    if includingPending {
      let pending = intake.pendingDelta
      snapshot.tally += pending.tally
      snapshot.first = [snapshot.first, pending.first].compactMap { $0 }.min()
      snapshot.last = [snapshot.last, pending.last].compactMap { $0 }.max()
      snapshot.quarantine = intake.quarantine
    }
    snapshot.lifetime = closed.traffic
    snapshot.transitions = closed.transitions
    snapshot.droppedTransitions = closed.droppedTransitions
    snapshot.history = closed.history
    snapshot.table = table(tables)
    snapshot.notices = notices(includingPending: includingPending)
    let run = includingPending ? intake.pendingDelta.futureRun : closed.futureRun
    if let notice = intake.notice(ofFutureRun: run) { snapshot.notices.insert(notice, at: 0) }
    return snapshot
  }

  private func table(_ request: TableRequest) -> TableFigures {
    var table = TableFigures()
    table.window = request.window
    var rankings = closed.rankings
    switch request.window {
    case .all:
      table.traffic = closed.traffic
      if let first = closed.first, let last = closed.last {
        table.seconds = last.seconds(since: first) + 1
      }
    case .last(let seconds):
      table.seconds = seconds
      guard let now = closed.closedThrough else { return table }
      let sum = closed.recent.sum(after: now.advanced(by: -seconds), names)
      table.traffic = sum.traffic
      rankings = sum.rankings
      table.namesReachBack = closed.recent.coverage(from: now, window: seconds)
    }
    table.rankings = PerDimension { dimension in
      rankings[dimension].rows(request.rankings[dimension], names[dimension])
    }
    return table
  }

  /// The notices about the times in the log.
  ///
  /// - Parameter includingPending: includes lines read since the last closing.
  package func notices(includingPending: Bool) -> [Notice] {
    var lateness = closed.lateness
    var lead = closed.leadOverWallClock
    var hits = closed.tally.hits
    if includingPending {
      let pending = intake.pendingDelta
      if let later = intake.pendingLateness { lateness.merge(later) }
      lead = pending.leadOverWallClock
      hits += pending.tally.hits
    }
    var notices: [Notice] = []
    let blocks = intake.blockWriting
    // If the log is written in blocks, that notice explains hits that are late after a silence.
    if let advice = lateness.advice(hits: hits), blocks == nil || !advice.isOfSilence {
      notices.append(advice)
    }
    if let lead, lead > options.maxJump {
      notices.append(.aheadOfWallClock(seconds: lead))
    }
    if let blocks { notices.append(.writtenInBlocks(blocks)) }
    return notices
  }
}
