import AccessLog
import Messages
import Testing
import TrafficAnalysis

@Suite struct AlertTextTests {
  private static let trigger = EpochSecond(1_549_573_956)

  private func message(
    _ rule: RuleDefinition, key: Name? = nil, _ change: AlertTransition.Change, hits: Int
  ) -> String {
    let lasted: Int64 = change == .triggered ? 0 : 87
    return AlertTransition(
      rule: rule, key: key, change: change, second: Self.trigger.advanced(by: lasted), hits: hits,
      value: .ratio(Rate(hits: hits, seconds: rule.window))
    ).message { "second \($0.value)" }.text
  }

  @Test func highTrafficHasItsOwnWording() {
    let rule = RuleDefinition.highTraffic(threshold: Threshold(whole: 10), window: 120)
    #expect(
      message(rule, .triggered, hits: 1206)
        == "High traffic generated an alert - hits = 10.05, triggered at second 1549573956")
    #expect(
      message(rule, .recovered(since: Self.trigger), hits: 1198)
        == "Traffic recovered - hits = 9.98, recovered at second 1549574043, lasted 1m 27s")
  }

  @Test func aRuleOfThatNameWithAnotherMeaningHasTheOrdinaryWording() {
    var rule = RuleDefinition.highTraffic(threshold: Threshold(whole: 10), window: 120)
    rule.comparison = .below
    #expect(message(rule, .triggered, hits: 60).hasPrefix("high-traffic: rate 0.50 < 10"))
    rule.comparison = .above
    rule.condition = Condition(
      text: "section=/a", .term(FilterTerm(.section, .isAny, [.text(Array("/a".utf8))])))
    #expect(message(rule, .triggered, hits: 1320).hasPrefix("high-traffic: rate 11.00 > 10"))
  }

  @Test func anyOtherRuleIsNamedWithItsMetricAndKey() {
    let rule = RuleDefinition(
      name: "errors", metric: .rate, limit: Threshold(whole: 2), window: 60)
    #expect(
      message(rule, .triggered, hits: 150)
        == "errors: rate 2.50 > 2, triggered at second 1549573956")
    #expect(
      message(rule, key: Name("/a\u{1B}pi"), .recovered(since: Self.trigger), hits: 120)
        == "errors (/a\\x1Bpi): rate 2.00, recovered at second 1549574043, lasted 1m 27s")
  }
}
