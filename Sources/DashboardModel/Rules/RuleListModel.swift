import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The pane with the rules.
struct RuleListContent: PaneContent {
  let keys = [
    KeyHint("j k", "show in the chart"), KeyHint("Enter", "latest alert"), KeyHint("z", "zoom"),
  ]

  func model(_ context: PaneContext) -> RuleListModel { RuleListModel(context) }

  func rowCount(in snapshot: Snapshot) -> Int { snapshot.listedRules.count }

  func settle(_ list: inout PaneList, in snapshot: Snapshot, visible: Int) {
    list.settle(count: rowCount(in: snapshot), visible: visible)
  }
}

/// The rules, a row each in the order of the command line: whether they alert, and how far their
/// values are from the limits.
package struct RuleListModel: PaneListModel {
  /// A rule.
  package struct Row: Equatable, Sendable {
    /// `ok`, `ALERT 0:28`, `not judged`.
    package var state: Words
    package var name: SafeString
    /// What is computed, over which window.
    package var watched: SafeString
    /// `nil` if there is no value.
    package var gauge: Gauge?
    /// Empty if there is no value.
    package var value: Words
    package var limit: String
    /// The worst name, of a rule that judges each by itself.
    package var worst: (name: SafeString, emphasis: Emphasis)?
    /// How many more names alert, and how many are not judged, as long as there is room.
    package var others: [String]
    /// The clauses that few rules have.
    package var terms: SafeString
    package var isSelected = false

    /// An alert is active.
    package var isActive: Bool { state.emphasis == .alert }

    package static func == (left: Row, right: Row) -> Bool {
      left.state == right.state && left.name == right.name && left.watched == right.watched
        && left.gauge == right.gauge && left.value == right.value && left.limit == right.limit
        && left.worst?.name == right.worst?.name
        && left.worst?.emphasis == right.worst?.emphasis && left.others == right.others
        && left.terms == right.terms && left.isSelected == right.isSelected
    }
  }

  package var frame: PaneFrame
  package var layout: RuleLayout
  /// The visible rows.
  package var rows: [Row]

  init(_ context: PaneContext) {
    let rules = context.snapshot.listedRules
    layout = RuleLayout(columns: context.room.columns, rules.map(\.definition))
    let first = min(context.list.offset, rules.count)
    rows = (first..<min(rules.count, first + context.room.rows)).map { index in
      var row = Row(rules[index], context.snapshot)
      row.isSelected = index == context.list.selected
      return row
    }
    frame = PaneFrame(
      context, title: "rules", note: Self.note(rules), rows: rows.count, of: rules.count)
    if let selected = context.list.selected, rules.indices.contains(selected) {
      frame.readout = [Words(RuleText(rules[selected].definition).definition, .muted)]
    }
  }

  /// How many rules alert, and how many names are too many to be judged.
  private static func note(_ rules: [RuleState]) -> String {
    let active = rules.count { $0.activeSince != nil }
    let leftOut = rules.reduce(0) { $0 + $1.leftOut }
    return
      (active > 0 ? "\(active) of \(rules.count) alerting" : Wording.count(rules.count, "rule"))
      + (leftOut > 0 ? ", " + Wording.count(leftOut, "name") + " left out" : "")
  }
}

extension RuleListModel.Row {
  init(_ rule: RuleState, _ snapshot: Snapshot) {
    let text = RuleText(rule.definition)
    let now = snapshot.closedThrough
    let isJudged = rule.isJudged(in: snapshot)
    if let since = rule.activeSince {
      state = Words("ALERT " + Wording.clockDuration((now ?? since).seconds(since: since)), .alert)
    } else {
      state = isJudged ? Words("ok", .good) : Words("not judged", .muted)
    }
    name = SafeString(text.name)
    watched = SafeString(text.watched)
    limit = text.limit
    terms = SafeString(text.terms)
    let gauge = Gauge(rule)
    self.gauge = gauge
    var emphasis: Emphasis = isJudged ? .plain : .muted
    if rule.activeSince != nil {
      emphasis = .alert
    } else if isJudged, gauge?.isBeyond == true {
      // Beyond the limit, but not for long enough.
      emphasis = .warning
    }
    value = Words(rule.value.map(text.value) ?? "", emphasis)
    let nameEmphasis: Emphasis = rule.activeSince == nil ? .muted : .alert
    worst = rule.worstName.map { (SafeString($0.bytes, limit: 256), nameEmphasis) }
    let more = max(0, rule.peaks.count - 1)
    others = [
      more > 0 ? "+\(Wording.grouped(more)) more" : nil,
      rule.leftOut > 0 ? "\(Wording.grouped(rule.leftOut)) left out" : nil,
    ].compactMap { $0 }
  }
}

extension RuleState {
  /// The name with the worst value; while names alert, one of them.
  fileprivate var worstName: Name? {
    if let key, peaks.isEmpty || peaks[key] != nil { return key }
    let isAbove = definition.comparison == .above
    return peaks.min {
      let (left, right) = ($0.value.value, $1.value.value)
      return left == right ? $0.key < $1.key : isAbove ? left > right : left < right
    }?.key ?? key
  }

  /// Whether there is a value that can raise the alert. A rule that alerts below its limit waits for a
  /// whole window.
  fileprivate func isJudged(in snapshot: Snapshot) -> Bool {
    guard value != nil else { return false }
    guard definition.comparison == .below, let kept = snapshot.history.kept else { return true }
    return kept.upperBound.seconds(since: kept.lowerBound) >= definition.window
  }
}
