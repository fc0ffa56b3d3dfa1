import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The pane with the history of alerts.
struct AlertHistoryContent: PaneContent {
  let title = "Alert history"
  let shortTitle = "alerts"

  func model(_ context: PaneContext) -> AlertHistoryModel { AlertHistoryModel(context) }

  func rowCount(in snapshot: Snapshot) -> Int { snapshot.transitions.count }

  func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int) {
    list.settle(
      alerts: snapshot.transitions.lazy.map(AlertKey.init).reversed(), visible: visible)
  }
}

/// The history of alerts, newest first. Texts are made only for the visible rows.
package struct AlertHistoryModel: PaneListModel {
  /// A row: the start or the end of an alert.
  package struct Row: Equatable, Sendable {
    /// What happened; `active` is the start of an alert that has not ended.
    package enum Kind: Equatable, Sendable { case active, triggered, recovered }

    /// What happened.
    package var kind: Kind
    /// A cell for each column, left-aligned.
    package var cells: [ListCell]
    /// The row is selected.
    package var isSelected = false

    fileprivate init(
      _ kind: Kind, time: String, what: String, rate: String, duration: String
    ) {
      self.kind = kind
      cells = [
        ListCell(time, .plain), ListCell(what, kind.emphasis), ListCell(rate, .plain),
        ListCell(duration, kind == .active ? .alert : .muted),
      ]
    }
  }

  /// The texts in the border.
  package var frame: PaneFrame
  /// The columns, from left to right.
  package var columns: [ListColumn]
  /// The visible rows.
  package var rows: [Row]

  init(_ context: PaneContext) {
    let (snapshot, state, list) = (context.snapshot, context.state, context.list)
    let transitions = snapshot.transitions
    let alerts = transitions.count { $0.change == .triggered }
    columns = Self.columns(snapshot.rules)
    // All rows have the same form, so that columns are aligned.
    let now = snapshot.closedThrough ?? EpochSecond(0)
    let showsDate = transitions.first.map {
      state.times.date($0.second) != state.times.date(now)
    }
    let (count, visible) = (transitions.count, context.room.listRows ?? 0)
    let first = min(list.offset, count)
    rows = (first..<min(count, first + max(visible, 0))).map { index in
      var row = Self.row(
        count - 1 - index, snapshot, state, showsDate: showsDate ?? false)
      row.isSelected = index == list.selected
      return row
    }
    frame = PaneFrame(
      context, note: alerts == 1 ? "1 alert" : "\(Wording.grouped(alerts)) alerts",
      rows: rows.count, of: count)
  }

  /// The columns, which depend only on the rules. The last one takes the rest of the row.
  private static func columns(_ rules: [RuleState]) -> [ListColumn] {
    let rateWidth = rules.reduce(16) { width, rule in
      let limit = rule.definition.limit
      return max(width, valueWidth(limit) + limitText(limit).count)
    }
    return [
      ListColumn("time", width: 8), ListColumn("what", width: 12),
      ListColumn("rate", width: rateWidth),
      ListColumn("duration", width: 0),
    ]
  }

  private static func limitText(_ threshold: Threshold) -> String { " over " + text(threshold) }

  /// The usual width of a value, which is just above the threshold in most cases.
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
    let rate = value(transition.value, transition.rule.limit)
    if case .recovered(let since) = transition.change {
      let lasted = Wording.clockDuration(transition.second.seconds(since: since))
      return Row(
        .recovered, time: time, what: "recovered", rate: rate, duration: "after \(lasted)")
    }
    let rateAndLimit = rate + limitText(transition.rule.limit)
    let what = transition.subject.text
    if let end = snapshot.transitions[(index + 1)...].first(where: transition.isOfSameAlert) {
      let lasted = Wording.clockDuration(end.second.seconds(since: transition.second))
      return Row(
        .triggered, time: time, what: what, rate: rateAndLimit, duration: "lasted \(lasted)")
    }
    let now = snapshot.closedThrough ?? transition.second
    let active = Wording.clockDuration(now.seconds(since: transition.second))
    return Row(
      .active, time: time, what: what, rate: rateAndLimit, duration: "active for \(active)")
  }
}

extension AlertTransition {
  fileprivate func isOfSameAlert(_ other: AlertTransition) -> Bool {
    rule.name == other.rule.name && key == other.key
  }
}

extension AlertHistoryModel.Row.Kind {
  /// How its texts are emphasized.
  package var emphasis: Emphasis {
    switch self {
    case .active: .alert
    case .triggered: .warning
    case .recovered: .good
    }
  }
}
