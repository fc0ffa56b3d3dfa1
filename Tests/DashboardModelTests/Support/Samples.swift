import AccessLog
import TrafficAnalysis

@testable import DashboardModel

extension RunStatus {
  /// The status of a log that is followed, or in another phase.
  static func sample(
    _ phase: SourceState.Phase = .following, isLive: Bool = true, path: Name = Name("access.log")
  ) -> RunStatus {
    RunStatus(source: SourceState(path: path, format: "combined", phase: phase), isLive: isLive)
  }
}

extension SecondSeries {
  /// Seconds with the given hits, from a second on.
  init(_ hits: [Int], from first: Int64) {
    self.init()
    for (index, hits) in hits.enumerated() {
      append(SecondTotals(hits: hits), at: EpochSecond(first + Int64(index)))
    }
  }

  /// Ten hits in each second of a range.
  init(_ seconds: ClosedRange<Int64>) {
    self.init()
    append(SecondTotals(hits: 10), at: EpochSecond(seconds.lowerBound))
    append(SecondTotals(hits: 10), at: EpochSecond(seconds.upperBound))
  }
}

extension Snapshot {
  /// A snapshot of a history.
  init(_ history: SecondSeries) {
    self.init()
    self.history = history
    closedThrough = history.last
    last = history.last
    tally.hits = 1
    tally.lines = 1
  }

  /// Adds an alert; it has not ended if `end` is `nil`, and has no hits before or after.
  mutating func addAlert(
    from start: Int64, to end: Int64? = nil, peak: Int = 15, changes: [NameChange] = []
  ) {
    let rule = highTraffic.definition
    let value = RuleValue.ratio(Rate(hits: 1206, seconds: rule.window))
    var trigger = AlertTransition(
      rule: rule, change: .triggered, second: EpochSecond(start), hits: 1206, value: value)
    trigger.changes[.section] = changes
    transitions.append(trigger)
    guard let end else {
      highTraffic.activeSince = EpochSecond(start)
      highTraffic.peak = .ratio(Rate(hits: peak, seconds: 1))
      return
    }
    var recovery = AlertTransition(
      rule: rule, change: .recovered(since: EpochSecond(start)), second: EpochSecond(end),
      hits: 1198, value: .ratio(Rate(hits: 1198, seconds: rule.window)))
    recovery.peak = .ratio(Rate(hits: peak, seconds: 1))
    transitions.append(recovery)
  }
}

extension PaneContext {
  /// The context of the list of sources, put in order.
  static func sources(
    _ states: [SourceState], _ snapshot: Snapshot, _ state: ViewState = ViewState(),
    rows: Int = 10, columns: Int = 150, _ change: (inout RunStatus) -> Void = { _ in }
  ) -> PaneContext {
    var status = RunStatus(
      source: SourceState(joining: states, named: Name("all")), isLive: true)
    status.sources = states
    change(&status)
    var state = state
    state.arrangeSources(snapshot, status)
    var context = PaneContext(.sources, snapshot, state, rows: rows, columns: columns)
    (context.sources, context.clocks) = (states, status.clocks)
    context.isReplay = status.replay != nil
    return context
  }

  /// The context of a pane with some room.
  init(
    _ pane: Pane, _ snapshot: Snapshot, _ state: ViewState = ViewState(), rows: Int = 10,
    columns: Int = 80, isLive: Bool = true
  ) {
    self.init(
      pane: pane, snapshot: snapshot, state: state, room: PaneRoom(rows: rows, columns: columns),
      isLive: isLive)
  }
}
