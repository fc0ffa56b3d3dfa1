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
    package var isSelected = false
  }

  package var note: String
  /// Columns of the rates: the same for all alerts of a run.
  package var rateWidth: Int
  package var rows: [Row]
  package var offset: Int
  package var total: Int
  package var focused: Bool

  init(_ snapshot: Snapshot, _ state: ViewState, rows visible: Int, focused: Bool) {
    let transitions = snapshot.transitions
    let list = state.lists[.alerts] ?? PaneList()
    offset = list.offset
    total = transitions.count
    self.focused = focused
    let alerts = transitions.count { $0.change == .triggered }
    note = alerts == 1 ? "1 alert" : "\(Wording.grouped(alerts)) alerts"
    rateWidth = max(16, Self.valueWidth(snapshot.threshold) + Self.over(snapshot.threshold).count)
    // The same in every row, so that the columns stand below each other.
    let now = snapshot.closedThrough ?? EpochSecond(0)
    let showsDate = transitions.first.map {
      state.times.date($0.second) != state.times.date(now)
    }
    let first = min(offset, total)
    rows = (first..<min(total, first + max(visible, 0))).map { place in
      var row = Self.row(
        transitions.count - 1 - place, snapshot, state, showsDate: showsDate ?? false)
      row.isSelected = place == list.selected
      return row
    }
  }

  private static func over(_ threshold: Threshold) -> String { " over " + text(threshold) }

  /// A value stands just above the threshold, mostly.
  private static func valueWidth(_ threshold: Threshold) -> Int {
    max(8, text(threshold).count + "0.00/s".count)
  }

  private static func text(_ threshold: Threshold) -> String {
    let exact = threshold.text
    return exact.count > 9 && threshold.value > 1 ? ShortNumber.text(threshold.value) : exact
  }

  private static func value(_ mean: Rate, _ threshold: Threshold) -> String {
    let exact = mean.fixedText + "/s"
    return exact.count <= valueWidth(threshold) ? exact : Wording.rate(mean.value)
  }

  private static func row(
    _ index: Int, _ snapshot: Snapshot, _ state: ViewState, showsDate: Bool
  ) -> Row {
    let transition = snapshot.transitions[index]
    var time = state.times.clock(transition.second)
    if showsDate { time = state.times.date(transition.second) + " " + time }
    let rate = value(transition.mean, snapshot.threshold)
    if case .recovered(let since) = transition.change {
      let lasted = Wording.clockDuration(transition.second.seconds(since: since))
      return Row(
        kind: .recovered, time: time, what: "recovered", rate: rate, duration: "after \(lasted)")
    }
    let over = rate + over(snapshot.threshold)
    if index == snapshot.transitions.count - 1, let now = snapshot.closedThrough {
      let active = Wording.clockDuration(now.seconds(since: transition.second))
      return Row(
        kind: .active, time: time, what: "High traffic", rate: over,
        duration: "active for \(active)")
    }
    let end = snapshot.transitions[min(index + 1, snapshot.transitions.count - 1)].second
    return Row(
      kind: .triggered, time: time, what: "High traffic", rate: over,
      duration: "lasted \(Wording.clockDuration(end.seconds(since: transition.second)))")
  }
}
