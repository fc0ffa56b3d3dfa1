import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The pane with the rules: one row each.
struct RuleListTests {
  private func list(
    _ rules: [RuleState], columns: Int = 118, rows: Int = 10,
    _ change: (inout Snapshot) -> Void = { _ in }
  ) -> RuleListModel {
    var snapshot = Snapshot(SecondSeries(1...1000))
    snapshot.rules += rules
    change(&snapshot)
    return RuleListModel(PaneContext(.rules, snapshot, rows: rows, columns: columns))
  }

  private func state(
    _ rule: RuleDefinition, _ value: RuleValue?, _ change: (inout RuleState) -> Void = { _ in }
  ) -> RuleState {
    var state = RuleState(definition: rule, value: value)
    change(&state)
    return state
  }

  @Test func theDefaultRuleIsTheFirstRow() {
    let list = list([state(.sample("busy"), .hundredths(150))])
    #expect(list.rows.map(\.name.text) == ["high traffic", "busy"])
    #expect(list.rows.map(\.watched.text) == ["rate 2 min", "rate 1 min"])
    #expect(list.rows.map(\.limit) == ["> 10/s", "> 5/s"])
    #expect(list.rows.map(\.state.text) == ["ok", "ok"])
    #expect(list.rows[1].value == Words("1.50/s"))
    #expect(list.frame.title == "rules" && list.frame.digit == 7 && list.frame.note == "2 rules")
  }

  @Test func aRuleThatNeverAlertsHasNoRow() {
    let list = list([]) { $0.highTraffic.isSilent = true }
    #expect(list.rows.isEmpty)
  }

  @Test func anActiveRuleSaysForHowLong() {
    let rule = state(.sample("errors", .share("status=5xx")), .hundredths(710)) {
      $0.activeSince = EpochSecond(972)
    }
    let list = list([rule])
    #expect(list.rows[1].state == Words("ALERT 0:28", .alert) && list.rows[1].isActive)
    #expect(list.rows[1].value == Words("7.10 %", .alert) && list.rows[1].limit == "> 5 %")
    #expect(list.rows[1].watched == "share(status=5xx) 1 min")
    #expect(list.frame.note == "1 of 2 alerting")
  }

  @Test func aValueBeyondTheLimitWithoutAnAlertIsAWarning() {
    #expect(list([state(.sample("a"), .hundredths(501))]).rows[1].value.emphasis == .warning)
    #expect(list([state(.sample("a"), .hundredths(500))]).rows[1].value.emphasis == .plain)
    var below = RuleDefinition.sample("a")
    below.comparison = .below
    #expect(list([state(below, .hundredths(499))]).rows[1].value.emphasis == .warning)
    #expect(list([state(below, .hundredths(500))]).rows[1].value.emphasis == .plain)
  }

  @Test func aRuleWithoutAValueIsNotJudged() {
    let row = list([state(.sample("slow", .percentile(95)), nil)]).rows[1]
    #expect(row.state == Words("not judged", .muted))
    #expect(row.value.text.isEmpty && row.gauge == nil)
    // It keeps its alert.
    let active = state(.sample("slow", .percentile(95)), nil) { $0.activeSince = EpochSecond(999) }
    #expect(list([active]).rows[1].state.text == "ALERT 0:01")
  }

  /// A rule that alerts below its limit waits for a whole window.
  @Test(arguments: [(Int64(60), "not judged"), (61, "ok")])
  func aLowerLimitIsJudgedAfterAWindow(seconds: Int64, word: String) {
    var rule = RuleDefinition.sample("idle", over: 1)
    rule.comparison = .below
    let list = list([state(rule, .hundredths(1727))]) {
      $0.history = SecondSeries(1...seconds)
      $0.closedThrough = EpochSecond(seconds)
    }
    #expect(list.rows[1].state.text == word && list.rows[1].limit == "< 1/s")
  }

  // MARK: - Names

  @Test func theWorstNameStandsWithTheNumberOfTheOthers() {
    let rule = state(.sample("errors", .share("status=5xx"), by: .section), .hundredths(910)) {
      $0.activeSince = EpochSecond(900)
      $0.key = Name("/api")
      $0.peaks = [
        Name("/api"): .hundredths(920), Name("/a"): .hundredths(600), Name("/b"): .hundredths(700),
      ]
      $0.leftOut = 1204
    }
    let row = list([rule]).rows[1]
    #expect(row.worst?.name == "/api" && row.worst?.emphasis == .alert)
    #expect(row.others == ["+2 more", "1,204 left out"])
    #expect(row.watched == "share(status=5xx) by section 1 min")
    #expect(list([rule]).frame.note == "1 of 2 alerting, 1,204 names left out")
  }

  /// The worst name may not alert, because it is not judged or not for long enough.
  @Test func theNameOfAnAlertIsOneThatAlerts() {
    let rule = state(.sample("big", .bandwidth, by: .section), .hundredths(99_000)) {
      $0.activeSince = EpochSecond(900)
      $0.key = Name("/new")
      $0.peaks = [Name("/b"): .hundredths(700), Name("/a"): .hundredths(700)]
    }
    #expect(list([rule]).rows[1].worst?.name == "/a")
    let quiet = state(.sample("big", .bandwidth, by: .section), .hundredths(10)) {
      $0.key = Name("/new\u{1B}[2J")
    }
    let row = list([quiet]).rows[1]
    #expect(row.worst?.name == "/new\u{1B}[2J" && row.worst?.emphasis == .muted)
    #expect(row.others.isEmpty)
  }

  // MARK: - Figures

  @Test(arguments: [
    (RuleMetric.rate, RuleValue.hundredths(123_456_789), "1.2M/s"),
    (.clients, .ratio(Rate(hits: 12_345_678, seconds: 1)), "12.3M"),
    (.growth, .hundredths(1_234_567), "12.3kx"), (.percentile(99), .latency(512_000), "512ms"),
    (.bandwidth, .hundredths(123_456), "1.2 kB/s"),
    (.bandwidth, .ratio(Rate(hits: .max, seconds: 1)), "9.2 EB/s"),
    (.rejected, .hundredths(10_000), "100.00 %"),
  ])
  func valuesHaveTheirUnit(metric: RuleMetric, value: RuleValue, text: String) {
    let list = list([state(.sample("a", metric), value)])
    #expect(list.rows[1].value.text == text)
    let place = list.layout.places.first { $0.column == .value }
    #expect(place.map { text.utf8.count <= $0.width } == true)
  }

  @Test(arguments: [
    (0, 5, 0.0, 0.5), (250, 5, 0.25, 0.5), (500, 5, 0.5, 0.5), (99_999, 5, 1, 0.5), (1, 0, 1, 0),
    (0, 0, 0, 0),
  ])
  func theLimitIsInTheMiddleOfTheGauge(value: Int, over: Int, part: Double, limit: Double) throws {
    let row = list([state(.sample("a", over: over), .hundredths(value))]).rows[1]
    let gauge = try #require(row.gauge)
    #expect(gauge.value == part && gauge.limit == limit)
  }

  @Test func clausesThatFewRulesHaveComeLast() {
    var rule = RuleDefinition.sample("a")
    (rule.delay, rule.clear, rule.leastHits) = (30, Threshold(whole: 3), 1000)
    rule.actions = ["ops", "mail"]
    rule.condition = Condition(text: "section=/api", .all([]))
    let list = list([state(rule, .hundredths(0))], columns: 198)
    #expect(list.rows[1].terms == "for 30 s, clear 3, min 1,000, notify ops, mail")
    #expect(list.rows[1].watched == "rate where section=/api 1 min")
    #expect(list.layout.columns.contains(.terms))
    #expect(!self.list([state(.sample("a"), nil)]).layout.columns.contains(.terms))
  }

  // MARK: - Layout

  /// At every width the columns fit, and state and name are the last to go.
  @Test(arguments: 0...220)
  func theColumnsFit(width: Int) {
    var long = RuleDefinition.sample(
      String(repeating: "long", count: 30), .share(String(repeating: "path=/x ", count: 900)),
      by: .section)
    long.actions = [String(repeating: "ops", count: 99)]
    for rules in [[], [RuleDefinition.sample("a")], [.sample("a"), long]] {
      let layout = RuleLayout(columns: width, rules)
      var end = 0
      for place in layout.places {
        #expect(place.start > end || end == 0)
        end = place.start + place.width
      }
      #expect(end < max(width, 2))
      #expect(width < 24 || rules.isEmpty || layout.columns.starts(with: [.state, .name]))
      #expect(width < 36 || rules.isEmpty || layout.columns.contains(.value))
    }
  }

  @Test func onlyVisibleRulesAreRows() {
    let rules = (0..<30).map { state(.sample("rule \($0)"), .hundredths(1)) }
    let list = list(rules, rows: 4)
    #expect(list.rows.count == 4 && list.frame.footnote == "1-4 of 31")
  }
}
