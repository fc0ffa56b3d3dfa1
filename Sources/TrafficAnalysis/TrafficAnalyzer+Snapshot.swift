import AccessLog

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
      snapshot.rateNow.hits =
        closed.history.total(from: second.advanced(by: -9), through: second).hits
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
      table.coveredSeconds = closed.recent.coverage(from: now, window: seconds)
    }
    table.rankings = request.rankings.map {
      rankings[$0.dimension].rows($0, names[$0.dimension])
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
    if let advice = lateness.advice(hits: hits), blocks == nil || !advice.isCausedBySilence {
      notices.append(advice)
    }
    if let lead, lead > options.maxJump {
      notices.append(.aheadOfWallClock(seconds: lead))
    }
    if let blocks { notices.append(.writtenInBlocks(blocks)) }
    return notices
  }
}
