import AccessLog

extension ClosedTraffic {
  /// Shows the alerts of earlier runs.
  mutating func begin(behind reported: ReportedTraffic) {
    transitions = reported.past
    earlier = Set(transitions.map(TransitionIdentity.init))
  }

  /// Takes over the alerts of an earlier run, all seconds of which have closed again. Its transitions take
  /// the place of those that were found meanwhile, which saw only a part of the log.
  mutating func restore(_ reported: ReportedTraffic, _ names: inout NameTables) {
    removeTotals()
    transitions = reported.past
    hasAlerted = false
    triggers = [:]
    earlier = []
    reportedAhead = Set(reported.alerts.map(TransitionIdentity.init))
      .subtracting(transitions.map(TransitionIdentity.init))
    if !reported.isReadAgain {
      // The minute goes on where the earlier run has left it; its part is in the history.
      minute?.removeHits()
      interval.cut()
    }
    let active = Dictionary(grouping: reported.active) { $0.rule.name }
    for index in rules.indices {
      rules[index].restore(
        active[rules[index].name] ?? [], cutThrough: reported.cutThrough, &names)
    }
  }

  /// Forgets lines, which an earlier run has counted, and the totals of all that was read so far.
  mutating func forget(_ lines: LineTally) {
    tally -= lines
    if tally.lines == 0 { (first, last) = (nil, nil) }
    removeTotals()
  }

  /// The totals of this run begin with the seconds that no other has closed.
  private mutating func removeTotals() {
    traffic = Traffic()
    rankings.removeAll()
    latencies.removeAll()
    counted = counted.map { _ in CounterTally() }
  }
}
