import AccessLog
import Messages
import SafeText
import TrafficAnalysis

/// The texts of a rule. What comes from the command line is made safe where it is drawn.
struct RuleText {
  private static let longestName = 24
  private static let highTraffic = "high traffic"

  private let rule: RuleDefinition

  init(_ rule: RuleDefinition) {
    self.rule = rule
  }

  /// The name of the rule.
  var name: String {
    rule.name == RuleDefinition.highTrafficName ? Self.highTraffic : rule.name
  }

  /// The name, cut off where it would take the room of other texts.
  var shortName: String {
    let whole = SafeString(name)
    return whole.width <= Self.longestName
      ? whole.text : whole.prefix(Self.longestName - 2).text + ".."
  }

  /// The name of the rule with the affected name: `errors (/api)`.
  func subject(_ key: Name?) -> SafeString {
    guard let key else { return SafeString(name) }
    return SafeString(name) + " (" + SafeString(key.bytes, limit: 256) + ")"
  }

  /// What is computed: `share(status=5xx)`, `p95 where section=/api by client`.
  var metric: String {
    rule.metric.text + (rule.condition.map { " where " + $0.text } ?? "")
      + (rule.subject.map { " by " + $0.text } ?? "")
  }

  /// What is computed, over which window: `share(status=5xx) 1 min`.
  var watched: String { metric + " " + Wording.exactDuration(rule.window) }

  /// When it alerts: `> 5 %`.
  var limit: String {
    "\(rule.comparison.rawValue) \(rule.limitText)" + (rule.metric == .rate ? "/s" : "")
  }

  /// The clauses that few rules have: `for 30 s, clear 3, min 100, notify ops`.
  var terms: String {
    let terms = [
      rule.delay > 0 ? "for \(Wording.exactDuration(rule.delay))" : nil,
      rule.clear.map { "clear \($0.text)" },
      rule.leastHits > 1 ? "min \(Wording.grouped(rule.leastHits))" : nil,
      rule.actions.map { "notify " + $0.joined(separator: ", ") },
    ]
    return terms.compactMap { $0 }.joined(separator: ", ")
  }

  /// All of the rule: `share(status=5xx) by section > 5 % over 1 min, min 100`.
  var definition: String {
    "\(metric) \(limit) over \(Wording.exactDuration(rule.window))"
      + (terms.isEmpty ? "" : ", " + terms)
  }

  /// A value with its unit, in at most `valueWidth` columns: `10.05/s`, `22.4k/s`.
  func value(_ value: RuleValue) -> String {
    let exact = value.text(of: rule.metric)
    guard exact.utf8.count > valueWidth else { return exact }
    switch rule.metric {
    case .rate: return Wording.rate(value.value)
    case .clients: return ShortNumber.text(value.value)
    case .growth: return ShortNumber.text(value.value) + "x"
    default: return exact
    }
  }

  /// The widest value, in columns.
  var valueWidth: Int {
    switch rule.metric {
    case .rate: "9999.00/s".utf8.count
    case .share, .late, .rejected, .future: "100.00 %".utf8.count
    case .percentile: "12.34ms".utf8.count
    case .bandwidth: "999.9 MB/s".utf8.count
    case .clients: "9,999,999".utf8.count
    case .growth: "9999.00x".utf8.count
    }
  }

  /// A value beside the limit: `10.05/s over 10`.
  func comparison(_ value: RuleValue) -> String {
    "\(self.value(value)) \(rule.relationText) \(rule.limitText)"
  }

  /// The width of the widest comparison, in columns.
  var comparisonWidth: Int { valueWidth + rule.relationText.count + rule.limitText.count + 2 }
}

extension RuleState {
  /// Whether it limits the hits per second of all traffic, so that its limit has a place in the chart.
  var limitsTotalRate: Bool {
    definition.metric == .rate && definition.condition == nil && definition.subject == nil
      && !isSilent
  }

  /// The number of active alerts.
  var alertCount: Int { activeSince == nil ? 0 : max(1, activeCount) }
}

extension Snapshot {
  /// The rules that can alert, in the order of the command line after the high-traffic rule.
  var listedRules: [RuleState] { rules.filter { !$0.isSilent } }
}

extension ViewState {
  /// The rule of the alert that is open, or the one that is selected in the pane of rules; `nil` if
  /// neither is, or if there is no other rule.
  func selectedRule(in snapshot: Snapshot) -> RuleState? {
    let rules = snapshot.listedRules
    guard snapshot.rules.count > 1 else { return nil }
    if let openAlert { return rules.first { $0.definition.name == openAlert.rule } }
    return lists[.rules]?.selected.flatMap { rules.indices.contains($0) ? rules[$0] : nil }
  }
}
