import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// Rules that are judged on the counts of names have the alerts of those judged on hits.
@Suite struct RulesOnReportsTests {
  private typealias Comparison = ReportComparison

  /// A rule as it is asked, with whether reports can answer it.
  private static func rule(
    _ metric: RuleMetric, over limit: String, by subject: RuleDefinition.Subject? = nil,
    where condition: Condition? = nil
  ) -> RuleDefinition {
    var rule = RuleDefinition(
      name: "rule", metric: metric, limit: Threshold(limit) ?? Threshold(whole: 1), window: 60)
    rule.subject = subject
    rule.condition = condition
    return rule
  }

  private static let errors = Condition(.status, "5xx")
  private static let allErrors = Condition(.status, "4xx", "5xx")
  private static let api = Condition(.section, "/a", "/b")

  /// Rules that reports can answer.
  static let answered: [RuleDefinition] = [
    rule(.rate, over: "3"),
    rule(.rate, over: "2", where: api),
    rule(.rate, over: "0.5", where: Condition(.section, .isNone, ["/a", "/b", "/c"])),
    rule(.rate, over: "1", by: .dimension(.section)),
    rule(.rate, over: "1", by: .dimension(.section), where: api),
    rule(.rate, over: "1", by: .method),
    rule(.rate, over: "0.2", by: .dimension(.path)),
    rule(.rate, over: "0.3", where: Condition(.path, "/a/1", "/b/2")),
    rule(.rate, over: "0.5", where: errors),
    rule(.rate, over: "0.3", by: .dimension(.section), where: errors),
    rule(.rate, over: "0.5", where: Condition(.status, "404", "200")),
    rule(.bandwidth, over: "50000", where: api),
    rule(.bandwidth, over: "40000", by: .dimension(.section)),
    rule(.bandwidth, over: "10000", where: errors),
    rule(.growth, over: "1.1", by: .dimension(.section)),
    rule(.share(errors), over: "20"),
    rule(.share(errors), over: "22", by: .dimension(.section)),
    rule(.share(allErrors), over: "42", where: api),
    rule(.share(allErrors), over: "50", by: .dimension(.path)),
    rule(.share(api), over: "50"),
    rule(.share(api), over: "50", where: errors),
    rule(.share(Condition(.section, "/a")), over: "50", where: api),
    rule(.share(Condition(.status, "404")), over: "20"),
    rule(.share(errors), over: "50", where: allErrors),
    rule(.percentile(95), over: "2.7"),
    rule(.percentile(50), over: "1", where: api),
    rule(.percentile(90), over: "2", by: .dimension(.section)),
    rule(.percentile(99), over: "2", by: .dimension(.path)),
    rule(.percentile(50), over: "1", where: Condition(.status, "404", "500")),
    rule(.clients, over: "50"),
    rule(.clients, over: "2", where: Condition(.client, "10.0.0.1", "10.0.0.2", "10.0.0.3")),
    rule(.clients, over: "20", where: errors),
  ]

  @Test(arguments: answered)
  func theyHaveTheAlertsOfOneRunOverAllLogs(rule: RuleDefinition) {
    var options = Comparison.options()
    options.rules = [rule]
    #expect(options.reportLimits(TestCondition.init).isEmpty)
    var alerts = 0
    for seed in 1..<2 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let lines = rule.metric == .growth ? 4000 : 600
      let logs = Comparison.logs(2, TestLog.Clocks(), lines: lines, &random)
      let (expected, _) = Comparison.read(logs, options, &random)
      let (events, _) = Comparison.add(
        Comparison.reports(logs, options, &random), options, &random)
      Comparison.expect(events, expected, seed: seed)
      alerts += Self.alerts(of: rule, in: expected).count
    }
    #expect(alerts > 0, "nothing was compared")
  }

  private static func alerts(
    of rule: RuleDefinition, in events: [MonitorEvent]
  ) -> [AlertTransition] {
    events.compactMap { event in
      guard case .alert(let alert) = event, alert.rule == rule else { return nil }
      return alert
    }
  }

  /// A line counts at the second that closes after it. At the start, when lines or seconds are in quarantine,
  /// that is another one for reports, so what follows is compared.
  @Test(arguments: [(RuleMetric.late, "0.8"), (.rejected, "1")])
  func rulesAboutLinesHaveTheAlertsOfOneRun(metric: RuleMetric, limit: String) {
    var options = Comparison.options()
    let rule = Self.rule(metric, over: limit)
    options.rules = [rule]
    func facts(_ events: [MonitorEvent]) -> [String] {
      Self.alerts(of: rule, in: events).filter { $0.second.value > Comparison.start + 200 }
        .map { "\($0.second) \($0.change == .triggered) \($0.hits) \($0.value)" }
    }
    for seed in 0..<2 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let logs = Comparison.logs(2, TestLog.Clocks(), lines: 2000, &random)
      let (expected, _) = Comparison.read(logs, options, &random)
      let reports = Comparison.reports(logs, options, &random)
      let (events, _) = Comparison.add(reports, options, &random)
      #expect(facts(events) == facts(expected), "seed \(seed)")
      #expect(!facts(expected).isEmpty)
    }
  }

  /// Every rule that reports cannot answer, and why.
  static let refused: [(RuleDefinition, ReportLimit.Reason)] = [
    (rule(.rate, over: "1", where: several), .severalTerms(several)),
    (rule(.rate, over: "1", where: Condition(.method, "GET")), .unranked(.method)),
    (rule(.rate, over: "1", where: Condition(.query, "a")), .unranked(.query)),
    (rule(.rate, over: "1", where: Condition(.host, "a")), .notRanked(.host)),
    (rule(.rate, over: "1", by: .dimension(.client), where: api), .together("client", "section")),
    (
      rule(.rate, over: "1", by: .dimension(.section), where: Condition(.status, "404")),
      .together("section", "status")
    ),
    (
      rule(.bandwidth, over: "1", by: .dimension(.section), where: errors),
      .together("section", "status")
    ),
    (rule(.bandwidth, over: "1", by: .method), .methods),
    (rule(.share(errors), over: "1", by: .method), .methods),
    (
      rule(.share(Condition(.path, "/a/1")), over: "1", by: .dimension(.section)),
      .together("section", "path")
    ),
    (rule(.share(api), over: "1", where: Condition(.client, "a")), .together("client", "section")),
    (rule(.percentile(95), over: "1", by: .dimension(.client)), .latenciesOfClients),
    (
      rule(.percentile(95), over: "1", by: .dimension(.section), where: errors),
      .together("section", "status")
    ),
    (rule(.percentile(95), over: "1", where: Condition(.client, "a")), .latenciesOfClients),
    (rule(.clients, over: "1", by: .dimension(.section)), .together("client", "section")),
    (rule(.clients, over: "1", where: api), .together("client", "section")),
  ]

  private static let several = Condition(
    text: "section=/a status=500", .all([api.expression, errors.expression]))

  @Test func whatReportsCannotAnswerIsRefusedWithTheReason() {
    for (rule, reason) in Self.refused {
      var options = Comparison.options()
      options.rules = [rule]
      #expect(
        options.reportLimits(TestCondition.init) == [ReportLimit(.rule("rule"), reason)],
        "\(rule.metric) \(rule.condition?.text ?? "")")
    }
  }

  @Test func linesCannotBePrinted() {
    var options = Comparison.options()
    options.keepsLines = true
    #expect(options.reportLimits(TestCondition.init) == [ReportLimit(.lines, .noLines)])
  }

  @Test func aNegatedTermIsOneTerm() {
    var options = Comparison.options()
    options.filter = Condition(text: "not section=/a", .not(Self.api.expression))
    #expect(options.reportLimits(TestCondition.init).isEmpty)
    options.filter = Self.several
    #expect(
      options.reportLimits(TestCondition.init)
        == [ReportLimit(.filter, .severalTerms(Self.several))])
  }

  /// With a filter in force, rules are about the hits that satisfy it.
  @Test func aFilterCountsAsATermOfEveryRule() {
    var options = Comparison.options()
    options.filter = Self.api
    options.rules = [Self.rule(.rate, over: "1", by: .dimension(.client))]
    #expect(
      options.reportLimits(TestCondition.init)
        == [ReportLimit(.rule("rule"), .together("client", "section"))])
    // A view changes nothing for rules.
    options.filterIsView = true
    #expect(options.reportLimits(TestCondition.init).isEmpty)
  }
}
