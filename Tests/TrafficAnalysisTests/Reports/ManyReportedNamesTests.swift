import AccessLog
import Testing

@testable import TrafficAnalysis

/// Reports with more names than are kept.
@Suite struct ManyReportedNamesTests {
  private static let wall = EpochSecond(4_000_000_000)
  private static let start: Int64 = 1_795_453_200

  /// A second with one hit each of some clients, and `count` of a frequent one.
  private func report(_ second: Int64, clients: Range<Int>, frequent count: Int) -> SecondReport {
    var report = LiveReports.report(at: Self.start + second, hits: clients.count + count)
    func client(_ name: String, _ hits: Int) -> CountedName {
      CountedName(name: Name(name), hits: hits, clientErrors: 0, serverErrors: 0, bytes: 0)
    }
    report.closed.names[.client].names =
      ([client("frequent", count)] + clients.map { client("c\($0)", 1) }).sorted {
        $0.name < $1.name
      }
    return report
  }

  /// The tables are compacted on the way: a filter and a rule by name still know their names, totals are
  /// exact, and counts lie within the bound.
  @Test func totalsAreExactAndCountsAreWithinTheBound() throws {
    var options = AnalysisOptions()
    options.reportsTotals = true
    options.filter = Condition(.client, .isNone, ["c1", "c2", "c70000"])
    var rule = RuleDefinition(
      name: "frequent", metric: .rate, limit: Threshold(whole: 50), window: 10)
    rule.subject = .dimension(.client)
    options.rules = [rule]
    var analyzer = TrafficAnalyzer(
      options: options, sources: ReportComparison.names(2), nameTests: TestCondition.init)
    var events: [MonitorEvent] = []
    let each = 35_000
    for second in 0..<4 {
      for sender in 0..<2 {
        let first = (second * 2 + sender) * each
        analyzer.add(
          report(Int64(second), clients: first..<(first + each), frequent: 300), of: sender,
          wall: Self.wall)
      }
      _ = analyzer.release(until: EpochSecond(.max), &events)
    }
    #expect(analyzer.names[.client].count < 8 * each, "the tables were compacted")
    for sender in 0..<2 { analyzer.finishSource(sender, wall: Self.wall) }
    _ = analyzer.release(until: EpochSecond(.max), &events)
    analyzer.finish(&events)
    guard case .end(let end)? = events.last else {
      Issue.record("no end")
      return
    }
    let filtered = 3
    #expect(end.tally.hits == 8 * (each + 300) - filtered)
    #expect(end.tally.filtered == filtered)
    let totals = try #require(end.totals)
    #expect(totals.traffic.hits == end.tally.hits)
    let top = try #require(totals.rankings[.client].first)
    #expect(top.name == Name("frequent"))
    #expect(top.hits >= 8 * 300 && top.hits - top.error <= 8 * 300)
    let unique = totals.uniqueClients
    #expect(abs(unique.count - (8 * each - filtered + 1)) <= 8 * each / 50)
    let alerts = events.compactMap { event in
      if case .alert(let alert) = event, alert.rule == rule { alert.key } else { nil }
    }
    #expect(alerts == [Name("frequent")])
  }
}
