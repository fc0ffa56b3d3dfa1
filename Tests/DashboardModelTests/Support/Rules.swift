import AccessLog
import TrafficAnalysis

@testable import DashboardModel

extension RuleDefinition {
  /// A rule over a minute.
  static func sample(
    _ name: String, _ metric: RuleMetric = .rate, over limit: Int = 5,
    by subject: Dimension? = nil
  ) -> RuleDefinition {
    var rule = RuleDefinition(
      name: name, metric: metric, limit: Threshold(whole: limit), window: 60)
    rule.subject = subject.map { .dimension($0) }
    return rule
  }
}

extension RuleMetric {
  /// The share of the hits that satisfy a condition, which has a text only.
  static func share(_ text: String) -> RuleMetric { .share(Condition(text: text, .all([]))) }
}

extension RuleValue {
  /// A value of two decimals.
  static func hundredths(_ number: Int) -> RuleValue { .ratio(Rate(hits: number, seconds: 100)) }
}

extension Snapshot {
  /// Adds an alert of a rule, which is added too unless it is known; it has not ended if `end` is
  /// `nil`.
  mutating func addAlert(
    of rule: RuleDefinition, key: String? = nil, from start: Int64, to end: Int64? = nil,
    value: RuleValue = .hundredths(600), peak: RuleValue = .hundredths(900)
  ) {
    if !rules.contains(where: { $0.definition == rule }) {
      rules.append(RuleState(definition: rule, value: value))
    }
    let since = EpochSecond(start)
    let name = key.map { Name($0) }
    transitions.append(
      AlertTransition(
        rule: rule, key: name, change: .triggered, second: since, hits: 60, value: value))
    guard let end else {
      guard let index = rules.firstIndex(where: { $0.definition == rule }) else { return }
      rules[index].activeSince = rules[index].activeSince.map { min($0, since) } ?? since
      rules[index].activeCount += 1
      rules[index].peak = peak
      if let name { rules[index].peaks[name] = peak }
      return
    }
    var recovery = AlertTransition(
      rule: rule, key: name, change: .recovered(since: since), second: EpochSecond(end), hits: 3,
      value: .hundredths(400))
    recovery.peak = peak
    transitions.append(recovery)
  }
}
