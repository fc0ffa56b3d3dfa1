import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The pane with the history of alerts.
struct AlertListContent: PaneContent {
  let keys = [
    KeyHint("j k", "select"), KeyHint("Enter", "details"), KeyHint("a A", "next, previous"),
    KeyHint("z", "zoom"),
  ]

  func model(_ context: PaneContext) -> AlertListModel { AlertListModel(context) }

  func rowCount(in snapshot: Snapshot) -> Int { snapshot.triggers.count }

  func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int) {
    list.settle(
      alerts: snapshot.triggers.reversed().map { AlertKey(snapshot.transitions[$0]) },
      visible: visible)
  }
}

/// The history of alerts, a row each, newest first. Texts are made only for the visible rows.
package struct AlertListModel: PaneListModel {
  /// A row: an alert from its beginning to its end.
  package struct Row: Equatable, Sendable {
    /// The alert has not ended.
    package var isActive: Bool
    /// When it began, what it is, its greatest value, how long it lasted.
    package var cells: [Words]
    /// What grew most: a name, and by how much.
    package var cause: (name: SafeString, growth: String)?
    /// The row is selected.
    package var isSelected = false

    package static func == (left: Row, right: Row) -> Bool {
      left.isActive == right.isActive && left.cells == right.cells
        && left.cause?.name == right.cause?.name && left.cause?.growth == right.cause?.growth
        && left.isSelected == right.isSelected
    }
  }

  package var frame: PaneFrame
  /// The widths of the cells.
  package var widths: [Int]
  /// The visible rows.
  package var rows: [Row]

  init(_ context: PaneContext) {
    let (snapshot, state, list) = (context.snapshot, context.state, context.list)
    let triggers = snapshot.triggers
    let now = snapshot.closedThrough
    let showsDate = triggers.first.map { first in
      now.map { state.times.date(snapshot.transitions[first].second) != state.times.date($0) }
        ?? false
    }
    let first = min(list.offset, triggers.count)
    rows = (first..<min(triggers.count, first + context.room.rows)).map { index in
      let episode = AlertEpisode(triggers[triggers.count - 1 - index], in: snapshot)
      var row = Row(episode, state.times, now: now, showsDate: showsDate ?? false)
      row.isSelected = index == list.selected
      return row
    }
    widths = Self.widths(snapshot.rules, showsDate: showsDate ?? false)
    frame = PaneFrame(
      context, title: "alerts",
      note: triggers.isEmpty ? "" : Wording.count(triggers.count, "alert"),
      rows: rows.count, of: triggers.count)
  }

  /// The widths depend on the rules only, so that nothing moves when an alert comes.
  private static func widths(_ rules: [RuleState], showsDate: Bool) -> [Int] {
    let value = rules.reduce(0) { width, rule in
      max(width, "9999.00/s over ".count + AlertText.limit(rule.definition).count)
    }
    return [showsDate ? 19 : 8, 12, value, "lasted 99d 23:59".count]
  }
}

extension AlertListModel.Row {
  fileprivate init(
    _ episode: AlertEpisode, _ times: TimeDisplay, now: EpochSecond?, showsDate: Bool
  ) {
    let trigger = episode.trigger
    isActive = episode.recovery == nil
    var time = times.clock(trigger.second)
    if showsDate { time = times.date(trigger.second) + " " + time }
    let duration = Wording.clockDuration(episode.duration(now: now))
    let emphasis: Emphasis = isActive ? .alert : .plain
    cells = [
      Words(time, emphasis),
      Words(trigger.subject.text.lowercased(), isActive ? .alert : .muted),
      Words(AlertText.value(episode.peak, of: trigger.rule), emphasis),
      Words(isActive ? "for \(duration)" : "lasted \(duration)", isActive ? .alert : .muted),
    ]
    cause = episode.cause.map {
      (SafeString($0.name.bytes, limit: 256), "+" + Wording.change($0.growth))
    }
  }
}

/// The texts of alerts.
enum AlertText {
  /// `10.05/s over 10`
  static func value(_ value: RuleValue, of rule: RuleDefinition) -> String {
    let exact = value.text(of: rule.metric)
    let short =
      exact.count > 9 && rule.metric == .rate ? Wording.rate(value.value) : exact
    return "\(short) \(rule.relationText) \(limit(rule))"
  }

  static func limit(_ rule: RuleDefinition) -> String { rule.limitText }
}
