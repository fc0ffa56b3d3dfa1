import AccessLog
import Conditions
import Testing

/// What the text of a rule is parsed to, and the texts that are none.
@Suite struct RuleGrammarTests {
  private func rule(_ text: String) throws -> RuleDefinition {
    try RuleDefinition(parsing: text)
  }

  @Test func hasDefaults() throws {
    let rate = try rule("high-traffic: rate > 10")
    #expect(
      rate == .highTraffic(threshold: Threshold(whole: 10), window: 120))
    #expect(try rule("a: share(status=5xx) > 5").leastHits == 1)
    #expect(try rule("a: p95 > 5").leastHits == 1)
    #expect(try rule("a: clients > 5").leastHits == 0)
  }

  @Test func readsEveryClauseInAnyOrder() throws {
    let clauses = [
      "over 5m", "for 90s", "clear 2.5%", "min 20", "where section=/api or path~*x*", "by client",
      "notify mail, pager",
    ]
    for shift in clauses.indices {
      let order = clauses[shift...] + clauses[..<shift]
      let rule = try rule(
        " API errors : share( status=5xx )>5%" + order.map { " " + $0 }.joined())
      #expect(rule.name == "API errors")
      #expect(rule.metric.text == "share(status=5xx)")
      #expect(rule.comparison == .above)
      #expect(rule.limit.text == "5")
      #expect(rule.window == 300)
      #expect(rule.delay == 90)
      #expect(rule.clear?.text == "2.5")
      #expect(rule.leastHits == 20)
      #expect(rule.condition?.text == "section=/api or path~*x*")
      #expect(rule.subject == .dimension(.client))
      #expect(rule.actions == ["mail", "pager"])
    }
  }

  @Test(arguments: [
    ("rate > 1.5k", RuleMetric.rate, "1500"), ("p50 > 250ms", .percentile(50), "0.25"),
    ("p90 < 1s", .percentile(90), "1"), ("p99 > 2", .percentile(99), "2"),
    ("bandwidth > 10M", .bandwidth, "10000000"), ("clients > 2k", .clients, "2000"),
    ("late > 1%", .late, "1"), ("rejected>0", .rejected, "0"), ("future > .5", .future, "0.5"),
    ("growth > 2.5", .growth, "2.5"), ("rate < 1", .rate, "1"),
  ])
  func readsMetricsAndLimits(text: String, metric: RuleMetric, limit: String) throws {
    let rule = try rule("a: " + text)
    #expect(rule.metric == metric)
    #expect(rule.limit.text == limit)
    #expect(rule.comparison == (text.contains("<") ? .below : .above))
  }

  @Test(arguments: ["method", "section", "path", "host", "user", "referrer", "agent", "status"])
  func judgesByDimension(name: String) throws {
    #expect(try rule("a: rate > 1 by \(name)").subject?.text == name)
  }

  @Test(arguments: [
    ("90s", 90), ("90", 90), ("2m", 120), ("1h", 3600), ("1", 1),
  ])
  func readsDurations(text: String, seconds: Int64) throws {
    #expect(try rule("a: rate > 1 over \(text)").window == seconds)
  }

  @Test(arguments: [
    ("", 0, "expected a name and ':'"),
    ("rate > 10", 9, "expected a name and ':'"),
    (": rate > 1", 0, "expected a name"),
    ("a\u{7}b: rate > 1", 1, "control"),
    ("a:", 2, "expected a metric"),
    ("a: rates > 1", 3, "unknown metric 'rates'"),
    ("a: share > 1", 9, "'(' and a condition"),
    ("a: share(foo=1) > 1", 9, "unknown field"),
    ("a: share(user=a > 1", 16, "expected a field"),
    ("a: share(user=a", 8, "not closed"),
    ("a: rate", 7, "expected '>' or '<'"),
    ("a: rate >= 1", 9, "alone"),
    ("a: rate = 1", 8, "expected '>' or '<'"),
    ("a: rate >", 9, "hits per second"),
    ("a: rate > x", 10, "hits per second"),
    ("a: rate > 5%", 11, "k, M, G"),
    ("a: rate > -5", 10, "hits per second"),
    ("a: growth > 2k", 13, "no unit"),
    ("a: late > 5ms", 11, "%"),
    ("a: p95 > 5k", 10, "ms, s"),
    ("a: share(status=5xx) > 100", 23, "never be exceeded"),
    ("a: share(status=5xx) > 100.5%", 23, "never be exceeded"),
    ("a: late > 100", 10, "never be exceeded"),
    ("a: rate < 0", 10, "never alert"),
    ("a: late < 100.1", 10, "never recover"),
    ("a: share(status=5zz) > 1", 17, "expected a status such as 404 or 5xx"),
    ("a: rate > 5 clear 6", 18, "at most"),
    ("a: rate < 5 clear 4.9", 18, "at least"),
    ("a: late < 5 clear 101", 18, "never gets there"),
    ("a: rate > 5 over 0", 17, "1 s to 1 h"),
    ("a: rate > 5 over 61m", 17, "1 s to 1 h"),
    ("a: rate > 5 over 1d", 18, "a duration"),
    ("a: rate > 5 over 1.5m", 18, "a duration"),
    ("a: rate > 5 over 99999999999999999999", 17, "too large"),
    ("a: rate > 5 for 9999999999999999h", 16, "too large"),
    ("a: rate > 5 for 8761h", 16, "365 days"),
    ("a: rate > 5 over", 16, "a duration"),
    ("a: rate > 5 over over", 17, "reserved"),
    ("a: rate > 5 min -1", 16, "a number of hits"),
    ("a: rate > 5 min 1.5", 17, "a number of hits"),
    ("a: rate > 5 where", 17, "expected a field"),
    ("a: rate > 5 where user=a over 5 over 6", 32, "given twice"),
    ("a: rate > 5 by bot", 15, "unknown dimension"),
    ("a: rate > 5 notify", 18, "name of an action"),
    ("a: rate > 5 notify x,", 21, "name of an action"),
    ("a: rate > 5 foo", 12, "expected one of over for"),
    ("a: late > 5 where user=a", 12, "all lines"),
    ("a: rejected > 5 by client", 16, "all lines"),
    ("a: rate > 5 where (user=a over 5", 18, "expected"),
  ])
  func pointsAtTheFirstWrongCharacter(text: String, offset: Int, message: String) {
    let error = #expect(throws: GrammarError.self) { try rule(text) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    if text.hasSuffix("(user=a over 5") {
      // The clause stands where the condition goes on.
      #expect(error?.offset == 26)
    } else {
      #expect(error?.offset == offset, "\(text)")
    }
  }

  @Test func whatIsPossibleJustSoIsAccepted() throws {
    #expect(try rule("a: late < 100").limit.text == "100")
    #expect(try rule("a: rate > 5 for 8760h").delay == 365 * 86_400)
  }

  @Test func findsWhereAnActionIsNamed() {
    let text = #"foo: rate > 5 notify bar , "foo" where path=/foo"#
    #expect(RuleDefinition.offset(ofAction: "foo", in: text) == 27)
    #expect(RuleDefinition.offset(ofAction: "bar", in: text) == 21)
    #expect(RuleDefinition.offset(ofAction: "path", in: text) == nil)
  }

  @Test func namesHaveAHundredBytes() throws {
    let name = String(repeating: "n", count: 100)
    #expect(try rule("\(name): rate > 1").name == name)
    let error = #expect(throws: GrammarError.self) { try rule("\(name)n: rate > 1") }
    #expect(error?.offset == 100)
  }

  @Test func findsTheSecondRuleOfAName() throws {
    let rules = try ["a", "b", "a", "b"].map { try rule("\($0): rate > 1") }
    #expect(RuleDefinition.firstRepeatedName(in: rules) == 2)
    #expect(RuleDefinition.firstRepeatedName(in: Array(rules.prefix(2))) == nil)
  }
}
