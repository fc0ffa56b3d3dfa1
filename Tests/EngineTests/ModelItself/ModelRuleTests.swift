import Testing

@testable import ReferenceModel

/// What the model makes of rules, by small logs of which the alerts were found by hand. Lateness is 0.
@Suite struct ModelRuleTests {
  /// A line: a second, its path, status and bytes.
  private struct Line {
    var time: Int
    var path = "/"
    var status = 200
    var client = "a"

    var text: String { "\"\(client)\",-,-,\(time),\"GET \(path) HTTP/1.0\",\(status),10\n" }
  }

  /// The alerts of a rule: `+3 7` triggered at 3 with the value 7, `-5 1` recovered, and the key.
  private func alerts(
    _ lines: [Line], _ metric: ModelRule.Metric, _ limit: String,
    _ change: (inout ModelRule) -> Void = { _ in }
  ) throws -> [String] {
    var rule = ModelRule(
      name: "rule", metric: metric, limit: try #require(ModelNumber(decimal: limit)))
    rule.window = 3
    change(&rule)
    var random = RandomSource(seed: 1)
    rule.text = rule.spelled(&random)
    var options = ModelOptions()
    options.lateness = 0
    options.maxJump = 100_000
    options.hasHighTrafficRule = false
    options.rules = [rule]
    let output = try Figures(
      ReferenceModel.run(lines.flatMap { Array($0.text.utf8) }, options: options))
    return output.named("alert").map { alert in
      let sign = alert["state"] as? String == "triggered" ? "+" : "-"
      let key = (alert["key"] as? String).map { " " + $0 } ?? ""
      return "\(sign)\(alert["time"] ?? "") \(alert["value"] ?? "")\(key)"
    }
  }

  private func lines(_ times: [Int]) -> [Line] { times.map { Line(time: $0) } }

  @Test func theWorkedExampleTriggersWithOneMoreHit() throws {
    #expect(try alerts(lines([0, 1, 2, 3, 3, 3, 3, 7]), .rate, "2").isEmpty)
    #expect(
      try alerts(lines([0, 1, 2, 3, 3, 3, 3, 3, 7]), .rate, "2") == ["+3 2.33", "-4 2"])
  }

  @Test func theConditionMustHoldAtEveryCloseOfTheTime() throws {
    // Windows of one second with two hits at 10...13 and 20...22.
    let log = lines([5] + [10, 11, 12, 13, 20, 21, 22].flatMap { [$0, $0] } + [30])
    for (hold, expected) in [
      (Int64(0), ["+10 2", "-14 0", "+20 2", "-23 0"]), (2, ["+12 2", "-14 0", "+22 2", "-23 0"]),
      (3, ["+13 2", "-14 0"]), (4, []),
    ] {
      let alerts = try alerts(log, .rate, "1") { rule in
        rule.window = 1
        rule.hold = hold
      }
      #expect(alerts == expected)
    }
  }

  @Test func aRuleRecoversAtTheValueThatClearsIt() throws {
    let log = lines([1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 9])
    let alerts = try alerts(log, .rate, "3") { rule in
      rule.window = 1
      rule.clear = ModelNumber(1)
    }
    #expect(alerts == ["+2 4", "-5 1"])
  }

  @Test func withTooFewHitsARuleKeepsItsState() throws {
    let log =
      [1, 1, 2, 2].map { Line(time: $0, status: 500) } + [3, 3].map { Line(time: $0) }
      + [Line(time: 9)]
    let share = ModelRule.Metric.share(try ModelFilter(parsing: "status=5xx"))
    #expect(
      try alerts(log, share, "50") { $0.window = 1 } == ["+1 100", "-3 0"])
    #expect(
      try alerts(log, share, "50") { rule in
        rule.window = 1
        rule.minimum = 3
      }.isEmpty)
    // Of three seconds, the hits are enough only from 2 on, and no longer at 5.
    #expect(
      try alerts(log, share, "50") { rule in
        rule.clear = ModelNumber(10)
        rule.minimum = 3
      } == ["+2 100"])
  }

  @Test func aRuleForValuesBelowALimitWaitsForAWindow() throws {
    let log = lines([10, 20, 20, 20, 20, 25])
    #expect(try alerts(log, .rate, "1") { $0.isAbove = false } == ["+13 0", "-20 1.33", "+23 0"])
  }

  @Test func everyNameIsJudgedByItself() throws {
    let log =
      [1, 1, 1, 2].map { Line(time: $0, path: "/a") }
      + [2, 2, 2].map { Line(time: $0, path: "/b") }
      + [Line(time: 20)]
    // The mean of three seconds: a has 3, 4, 4, 1, 0 hits, b 0, 3, 3, 3, 0.
    #expect(
      try alerts(log, .rate, "0.9") { $0.key = .section }
        == ["+1 1 /a", "+2 1 /b", "-4 0.33 /a", "-5 0 /b"])
  }

  @Test func aNameThatHasLeftRecoversAfterAnotherWindow() throws {
    let share = ModelRule.Metric.share(try ModelFilter(parsing: "status=5xx"))
    let log =
      [1, 2].map { Line(time: $0, path: "/a", status: 500) }
      + (1...20).map { Line(time: $0, path: "/b") }
    // The first close without a hit of it is at 5.
    #expect(try alerts(log, share, "50") { $0.key = .section } == ["+1 100 /a", "-8 0 /a"])
    // It comes back before the window is over.
    let again = (log + [Line(time: 7, path: "/a", status: 500)]).sorted { $0.time < $1.time }
    #expect(try alerts(again, share, "50") { $0.key = .section } == ["+1 100 /a", "-13 0 /a"])
    #expect(
      try alerts(log, .rate, "0.5") { rule in
        rule.key = .section
        rule.minimum = 2
        rule.condition = ModelFilter(
          .comparison(ModelComparison(.section, .equal, [.text(Array("/a".utf8))])),
          text: "section=/a")
      } == ["+2 0.67 /a", "-8 0 /a"])
  }

  @Test func growthNeedsTenMinutesAndAMean() throws {
    // One hit every ten seconds from 1000 on, and three in one second.
    let steady = (0..<100).map { 1000 + 10 * $0 }
    let early = lines((steady + [1602, 1602, 1602]).sorted())
    // Known are the seconds from 1000 to 1599 at the first close with a value, 1602, 60 of them with a
    // hit: 4 hits in three seconds, against a tenth in one; from 1605 on they are out of the window.
    #expect(try alerts(early, .growth, "5") == ["+1602 13.33", "-1605 0"])
    let earlier = lines((steady + [1598, 1598, 1598]).sorted())
    #expect(try alerts(earlier, .growth, "5").isEmpty)
  }

  @Test func linesBelongToTheSecondThatClosesNext() throws {
    // A hundred lines are enough for the first time to be believed.
    let start = [Int](repeating: 1, count: 100)
    // The late line is read after 4 closed, and belongs to 5, like that of 6.
    let log = lines(start + [2, 3, 4, 5, 2, 6, 7, 9])
    #expect(try alerts(log, .late, "40") { $0.window = 1 } == ["+5 50", "-6 0"])
    #expect(try alerts(log, .late, "26") { $0.window = 3 }.isEmpty)
    #expect(try alerts(log, .late, "24") { $0.window = 3 } == ["+5 25", "-8 0"])
    // The line of 9 is one of 3, the first second that it closes; the last ones are of 9,
    // and where no line is read none is late.
    let gap = lines(start + [2, 3, 9, 2, 2, 10])
    #expect(try alerts(gap, .late, "60") { $0.window = 1 } == ["+9 66.67", "-10 0"])
    // Without a time that is believed, all lines are those of the first second.
    let wrong = lines([5, 6]) + [Line(time: 6, status: 20)] + lines([7])
    #expect(try alerts(wrong, .rejected, "20") { $0.window = 1 } == ["+5 25", "-6 0"])
  }

  @Test func aFilterDecidesWhatCounts() throws {
    var options = ModelOptions()
    options.lateness = 0
    options.filter = try ModelFilter(parsing: "section=/a")
    let log = [
      Line(time: 1, path: "/a"), Line(time: 5, path: "/b"), Line(time: 2, path: "/b"),
      Line(time: 2, path: "/a"), Line(time: 9, path: "/b"),
    ]
    let output = ReferenceModel.run(log.flatMap { Array($0.text.utf8) }, options: options)
    #expect(
      output.hasSuffix(
        #""lines":5,"hits":2,"late":1,"rejected":{"total":0,"shape":0,"time":0,"status":0,"bytes":0,"#
          + #""oversize":0,"future":0},"ignored":3,"first":1,"last":2,"filtered":3}"# + "\n"))
  }
}
