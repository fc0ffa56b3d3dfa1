import AccessLog
import SafeText
import TrafficAnalysis

/// The history of alerts, newest first, the active one on top. Only the rows that can be seen are
/// put into words.
package struct AlertHistoryModel: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    package enum Kind: Equatable, Sendable { case active, triggered, recovered }

    package var kind: Kind
    package var time: String
    package var what: String
    package var rate: String
    package var duration: String
    package var isSelected: Bool
  }

  package var note: String
  package var rows: [Row]
  package var offset: Int
  package var total: Int
  package var focused: Bool

  init(_ snapshot: Snapshot, _ state: inout ViewState, rows visible: Int, focused: Bool) {
    let transitions = snapshot.transitions
    state.follow(
      .alerts, in: Self.keys(snapshot), count: transitions.count, visible: visible)
    offset = state.lists[.alerts]?.offset ?? 0
    total = transitions.count
    self.focused = focused
    let alerts = transitions.count { $0.change == .triggered }
    note = alerts == 1 ? "1 alert" : "\(Wording.grouped(alerts)) alerts"
    // The same in every row, so that the columns stand below each other.
    let now = snapshot.closedThrough ?? EpochSecond(0)
    let showsDate = transitions.first.map {
      state.times.date($0.second) != state.times.date(now)
    }
    let first = offset
    rows = (first..<min(total, first + max(visible, 0))).map { place in
      Self.row(
        transitions.count - 1 - place, snapshot, state, showsDate: showsDate ?? false)
    }
  }

  /// Every row, newest first.
  package static func keys(_ snapshot: Snapshot) -> [RowKey] {
    snapshot.transitions.reversed().map {
      .alert($0.second, triggered: $0.change == .triggered)
    }
  }

  private static func row(
    _ index: Int, _ snapshot: Snapshot, _ state: ViewState, showsDate: Bool
  ) -> Row {
    let transition = snapshot.transitions[index]
    var time = state.times.clock(transition.second)
    if showsDate { time = state.times.date(transition.second) + " " + time }
    let rate = transition.mean.fixedText + "/s"
    let isSelected = state.isSelected(
      .alert(transition.second, triggered: transition.change == .triggered), in: .alerts)
    if case .recovered(let since) = transition.change {
      let lasted = Wording.clockDuration(transition.second.seconds(since: since))
      return Row(
        kind: .recovered, time: time, what: "recovered", rate: rate, duration: "after \(lasted)",
        isSelected: isSelected)
    }
    let over = rate + " over " + snapshot.threshold.text
    if index == snapshot.transitions.count - 1, let now = snapshot.closedThrough {
      let active = Wording.clockDuration(now.seconds(since: transition.second))
      return Row(
        kind: .active, time: time, what: "High traffic", rate: over,
        duration: "active for \(active)", isSelected: isSelected)
    }
    let end = snapshot.transitions[min(index + 1, snapshot.transitions.count - 1)].second
    return Row(
      kind: .triggered, time: time, what: "High traffic", rate: over,
      duration: "lasted \(Wording.clockDuration(end.seconds(since: transition.second)))",
      isSelected: isSelected)
  }
}
