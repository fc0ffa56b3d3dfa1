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
      alerts: snapshot.alertsInOrder.map { AlertKey(snapshot.transitions[$0]) },
      visible: visible)
  }
}

/// The history of alerts, a row each, the active ones first, the newest on top. Texts are made only for the visible rows.
package struct AlertListModel: PaneListModel {
  /// A row: an alert from its beginning to its end.
  package struct Row: Equatable, Sendable {
    /// The alert has not ended.
    package var isActive: Bool
    /// When it began, what it is, its worst value, how long it lasted.
    package var cells: [Words]
    /// What became of its notifications, the worst first.
    package var delivery: Words?
    /// What grew most: a name, and by how much.
    package var cause: (name: SafeString, growth: String)?
    /// The row is selected.
    package var isSelected = false

    package static func == (left: Row, right: Row) -> Bool {
      left.isActive == right.isActive && left.cells == right.cells
        && left.delivery == right.delivery
        && left.cause?.name == right.cause?.name && left.cause?.growth == right.cause?.growth
        && left.isSelected == right.isSelected
    }
  }

  package var frame: PaneFrame
  /// The widths of the cells.
  package var widths: [Int]
  /// Alerts differ in their rules, so that what an alert is matters more than its value.
  package var hasSeveralRules: Bool
  /// Notifications are sent, so that there is a column for what became of them.
  package var hasDeliveries: Bool
  /// The visible rows.
  package var rows: [Row]

  init(_ context: PaneContext) {
    let (snapshot, state, list) = (context.snapshot, context.state, context.list)
    let triggers = snapshot.alertsInOrder
    let now = snapshot.closedThrough
    let earliest = triggers.min().map { snapshot.transitions[$0].second }
    let showsDate =
      earliest.map { first in
        // Before the first second, alerts are those of earlier runs.
        now.map { state.times.date(first) != state.times.date($0) } ?? true
      } ?? false
    let first = min(list.offset, triggers.count)
    rows = (first..<min(triggers.count, first + context.room.rows)).map { index in
      let episode = AlertEpisode(triggers[index], in: snapshot)
      var row = Row(episode, state.times, now: now, showsDate: showsDate)
      row.isSelected = index == list.selected
      row.delivery = context.deliveries?[AlertKey(episode.trigger)]?.summary
      return row
    }
    hasSeveralRules = snapshot.rules.count > 1
    hasDeliveries = context.deliveries != nil
    widths = Self.widths(snapshot.rules, showsDate: showsDate)
    frame = PaneFrame(
      context, title: "alerts",
      note: Self.note(triggers.count, context.deliveries),
      rows: rows.count, of: triggers.count)
  }

  /// The widths depend on the rules only, so that nothing moves when an alert comes.
  private static func widths(_ rules: [RuleState], showsDate: Bool) -> [Int] {
    var (subject, value) = (0, 0)
    for rule in rules.map(\.definition) {
      let text = RuleText(rule)
      let key = rule.subject == nil ? 0 : usualKey
      subject = max(subject, SafeString(text.name).width + key)
      value = max(value, text.comparisonWidth)
    }
    return [
      showsDate ? 19 : 8, min(longestSubject, subject), value, "lasted 99d 23:59".count,
    ]
  }

  /// The most columns for the name of a rule with the affected name.
  private static let longestSubject = 28
  /// The columns of most affected names, with what is around them.
  private static let usualKey = 14

  /// How many alerts there are, and how many of their notifications were given up.
  private static func note(_ count: Int, _ deliveries: [AlertKey: [Delivery]]?) -> String {
    guard count > 0 else { return "" }
    let failed = (deliveries ?? [:]).values.reduce(0) { sum, deliveries in
      sum + deliveries.count { $0.outcome == .failed }
    }
    let alerts = Wording.count(count, "alert")
    return failed > 0 ? alerts + ", " + Wording.count(failed, "notification") + " failed" : alerts
  }
}

extension AlertListModel.Row {
  fileprivate init(
    _ episode: AlertEpisode, _ times: TimeDisplay, now: EpochSecond?, showsDate: Bool
  ) {
    let trigger = episode.trigger
    let text = RuleText(trigger.rule)
    isActive = episode.isActive
    var time = times.clock(trigger.second)
    if showsDate { time = times.date(trigger.second) + " " + time }
    let duration = Wording.clockDuration(episode.duration(now: now))
    let end = episode.isUnseen ? "end not seen" : "lasted \(duration)"
    let emphasis: Emphasis = isActive ? .alert : .plain
    cells = [
      Words(time, emphasis),
      Words(text.subject(trigger.key).text, isActive ? .alert : .muted),
      Words(text.comparison(episode.peak), emphasis),
      Words(isActive ? "for \(duration)" : end, isActive ? .alert : .muted),
    ]
    cause = episode.cause.map {
      (SafeString($0.name.bytes, limit: 256), "+" + Wording.change($0.growth))
    }
  }
}
