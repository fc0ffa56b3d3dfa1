import AccessLog

/// The analyzing stage as one value: records go in, closed seconds join, events and snapshots come
/// out. Sources join here: each has an intake of its own, and what they close is added up.
package struct TrafficAnalyzer: Sendable {
  /// Names in the table before those that nothing refers to are forgotten.
  private static let compactionStart = 200_000
  private static let compactionStartBytes = 32 << 20

  private let options: AnalysisOptions
  private(set) var intake: SourceIntake
  private(set) var closed: ClosedTraffic
  private(set) var names = NameTables()
  private var compactAt = compactionStart
  private var compactAtBytes = compactionStartBytes

  package init(options: AnalysisOptions) {
    self.options = options
    intake = SourceIntake(options: options)
    closed = ClosedTraffic(options: options)
  }

  /// The last second that has closed behind the gate, where snapshots are taken.
  package var closedThrough: EpochSecond? { closed.closedThrough }
  /// The first second that was ever closed there.
  package var firstClosed: EpochSecond? { closed.history.first }
  /// An alert has triggered at least once.
  package var hasAlerted: Bool { closed.transitionCount > 0 }
  /// The last second that the source has closed; the gate may hold it back.
  package var sourceClosedThrough: EpochSecond? { intake.closedThrough }

  /// What became of the lines so far, as far as the gate has let them through.
  package var tally: LineTally { closed.tally }
  /// Lines read, those too that the gate still holds back.
  package var linesSeen: Int { intake.linesSeen }
  /// Records in quarantine.
  package var setAside: Int { intake.setAside }
  /// The log is of now: it brought records after it was read to its end, or was of now then.
  package var isLive: Bool { intake.isLive }
  /// The source was read to its end at least once.
  package var wasAtEnd: Bool { intake.wasAtEnd }
  /// The range asked for, where all was read that is there, and of its records none lies in it.
  package var emptyRange: EmptyRange? { intake.emptyRange }
  /// The next second with a hit behind the last one that the gate let through.
  package var nextHit: EpochSecond? { intake.nextHit }

  /// From now on only records in the range take part.
  package mutating func limit(to range: TimeRange) { intake.range = range }

  /// Judges all records of a batch, and closes the seconds that can be closed with them.
  package mutating func add(_ batch: RecordBatch, wall: EpochSecond) {
    intake.add(batch, wall: wall, names: &names)
    compactNamesIfNeeded()
  }

  /// Lets closed seconds up to `goal` through the gate.
  ///
  /// - Parameter stopAtTransition: at the first second at which the alert changes.
  /// - Returns: whether it stopped there.
  package mutating func release(
    until goal: EpochSecond, stopAtTransition: Bool = false, _ events: inout [MonitorEvent]
  ) -> Bool {
    let transitionsBefore = closed.transitionCount
    // Held once for all closings, and not once for each.
    let names = names
    while let second = intake.prepareNextClosing(names), second <= goal {
      if let delta = intake.popLineDelta() { closed.count(delta) }
      if let late = intake.popLateDelta() { closed.count(late, names) }
      intake.popClosing { closed.close($0, $1, names, &events) }
      if stopAtTransition, closed.transitionCount > transitionsBefore { return true }
    }
    // Of a long silence, what lies before the goal.
    if let second = intake.nextClosingSecond, second > goal, closed.closedThrough != nil {
      closed.closeEmptySeconds(through: goal, names, &events)
    }
    return stopAtTransition && closed.transitionCount > transitionsBefore
  }

  /// Takes the records rejected since the last call, the first ones of the source, for show.
  package mutating func drainRejectedLines() -> [RejectedLine] { intake.drainRejectedLines() }

  /// Takes the notices that became true since the last call, as events.
  package mutating func drainNotices(_ events: inout [MonitorEvent]) {
    events += intake.drainNotices().map { .notice($0) }
  }

  /// The source has been read to its end and may go on; `now` is monotonic, in seconds.
  package mutating func caughtUp(now: Double, wall: EpochSecond) {
    intake.caughtUp(now: now, wall: wall, names: names)
  }

  /// Closes everything at the source: its input has ended, or the program is to stop.
  ///
  /// - Parameter isAtEnd: all of the input was read.
  package mutating func finishSource(wall: EpochSecond, isAtEnd: Bool = true) {
    intake.finish(wall: wall, isAtEnd: isAtEnd, names: names)
  }

  /// The last events; nothing may follow.
  package mutating func finish(_ events: inout [MonitorEvent]) {
    closed.count(intake.drainDelta())
    if let late = intake.drainLateDelta() { closed.count(late, names) }
    closed.finish(names, notices: notices(includingPending: false), &events)
  }

  /// The last events, where the gate holds back what was read ahead; nothing may follow.
  package mutating func finishAtGate(_ events: inout [MonitorEvent]) {
    closed.discardOpenHits()
    closed.finish(names, notices: notices(includingPending: false), &events)
  }

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
  /// Every figure as of the last second behind the gate.
  ///
  /// - Parameters:
  ///   - tables: what the tables show.
  ///   - includingPending: counts lines already that were read after that second, for a live view.
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

  /// What the operator should know of the log's times.
  ///
  /// - Parameter includingPending: counts what was read after the last second behind the gate.
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
    // Of hits that came too late after a silence, what is known of the blocks says more.
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
