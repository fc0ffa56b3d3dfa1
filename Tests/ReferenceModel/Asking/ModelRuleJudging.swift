/// The alerts of a rule, in their order.
func alerts(of rule: ModelRule, _ traffic: ModelTraffic) -> [ModelRuleAlert] {
  var judging = ModelRuleJudging(rule: rule, first: traffic.first)
  let values = ModelRuleValues(rule, traffic)
  return values.secondsToJudge.flatMap { second in
    judging.judge(values.subjects(at: second, alerting: judging.alertingNames), at: second)
  }
}

/// A change of a rule's state.
struct ModelRuleAlert {
  var second: Int64
  /// `nil` in a rule that is judged for all names together.
  var name: [UInt8]?
  var value: ModelNumber
  var hits: Int
  /// When it triggered, if it recovered.
  var since: Int64?
}

/// A rule at work.
struct ModelRuleJudging {
  private struct State {
    var alertingSince: Int64?
    /// The first of the seconds without an exception at which the condition held.
    var holdsSince: Int64?
    /// The first of the seconds without an exception at which there was no hit.
    var goneSince: Int64?
  }

  let rule: ModelRule
  /// The first second that is evaluated.
  let first: Int64
  private var states: [[UInt8]?: State] = [:]

  init(rule: ModelRule, first: Int64) {
    (self.rule, self.first) = (rule, first)
  }

  var alertingNames: Set<[UInt8]> {
    Set(states.filter { $0.value.alertingSince != nil }.compactMap { $0.key })
  }

  /// - Parameter subjects: everything that is judged at this second, by name.
  mutating func judge(
    _ subjects: [ModelRuleValues.Subject], at second: Int64
  ) -> [ModelRuleAlert] {
    let alerts = subjects.compactMap { judge($0, at: second) }
    // What is not judged does not satisfy the condition.
    let names = Set(subjects.map(\.name))
    states = states.filter { names.contains($0.key) }
    return alerts
  }

  private mutating func judge(
    _ subject: ModelRuleValues.Subject, at second: Int64
  ) -> ModelRuleAlert? {
    var state = states[subject.name] ?? State()
    defer { states[subject.name] = state }
    state.goneSince = subject.hits > 0 ? nil : state.goneSince ?? second

    // A rule for values below a limit has to see a whole window first.
    let isTime = rule.isAbove || second >= first + rule.window
    guard isTime, subject.hits >= rule.hitsNeeded, let value = subject.value else {
      state.holdsSince = nil
      guard let since = state.alertingSince, subject.name != nil, let gone = state.goneSince,
        second >= gone + rule.window
      else { return nil }
      state.alertingSince = nil
      return ModelRuleAlert(
        second: second, name: subject.name, value: ModelNumber(0), hits: 0, since: since)
    }
    state.holdsSince = rule.isExceeded(by: value) ? state.holdsSince ?? second : nil
    if let since = state.alertingSince {
      if !rule.isCleared(by: value) { return nil }
      state.alertingSince = nil
      return ModelRuleAlert(
        second: second, name: subject.name, value: value, hits: subject.hits, since: since)
    }
    guard let start = state.holdsSince, second - start >= rule.hold else { return nil }
    state.alertingSince = second
    return ModelRuleAlert(
      second: second, name: subject.name, value: value, hits: subject.hits)
  }
}
