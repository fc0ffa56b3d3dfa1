import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// A filter on reports has the figures of one on lines, as far as the counts of names tell.
@Suite struct FilteredReportsTests {
  private typealias Comparison = ReportComparison

  static let filters: [(Condition, Dimension)] = [
    (Condition(.section, "/a", "/c"), .section),
    (Condition(.section, .isNone, ["/a", "/c"]), .section),
    (Condition(.client, "10.0.0.7", "10.0.0.8"), .client),
    (Condition(.path, "/a/1", "/a/2", "/d/9"), .path),
    (Condition(.status, "5xx"), .status),
    (Condition(.status, "404", "200"), .status),
    (Condition(.section, "/nothing"), .section),
  ]

  /// What is known of an event under a filter.
  private static func known(_ event: MonitorEvent, _ dimension: Dimension) -> MonitorEvent {
    switch event {
    case .interval(let report): return .interval(known(report, dimension))
    case .minute(let report): return .minute(known(report, dimension))
    case .alert(var alert):
      alert.changes = PerDimension(repeating: [])
      return .alert(alert)
    case .end(var end):
      if let totals = end.totals {
        end.totals = TotalsReport(
          traffic: known(totals.traffic, dimension),
          rankings: known(totals.rankings, dimension),
          uniqueClients: known(totals.uniqueClients, dimension),
          latency: known(totals.latency, dimension))
      }
      return .end(end)
    default: return event
    }
  }

  private static func known(_ report: IntervalReport, _ dimension: Dimension) -> IntervalReport {
    var report = report
    report.traffic = known(report.traffic, dimension)
    report.rankings = known(report.rankings, dimension)
    report.uniqueClients = known(report.uniqueClients, dimension)
    report.latency = known(report.latency, dimension)
    return report
  }

  private static func known(_ traffic: Traffic, _ dimension: Dimension) -> Traffic {
    var traffic = traffic
    traffic.methods = MethodCounts()
    guard dimension != .status else { return traffic }
    for status in [StatusClass.informational, .successful, .redirection] {
      traffic.status[.other] += traffic.status[status]
      traffic.status[status] = 0
    }
    return traffic
  }

  private static func known(
    _ rankings: PerDimension<[RankedName]>, _ dimension: Dimension
  ) -> PerDimension<[RankedName]> {
    PerDimension(withOthers: rankings.hasOthers) { ranked in
      guard ranked == dimension else { return [] }
      return rankings[ranked].map { row in
        var row = row
        row.p95 = row.p95.map(bucket)
        return row
      }
    }
  }

  private static func known(_ clients: DistinctCount, _ dimension: Dimension) -> DistinctCount {
    dimension == .client ? clients : DistinctCount(0)
  }

  private static func known(
    _ latency: LatencyFigures?, _ dimension: Dimension
  ) -> LatencyFigures? {
    guard dimension != .client, var latency else { return nil }
    // Only its bucket is known.
    latency.max = 0
    latency.p50 = bucket(latency.p50)
    latency.p95 = bucket(latency.p95)
    latency.p99 = bucket(latency.p99)
    return latency
  }

  private static func bucket(_ latency: Double) -> Double {
    Double(LatencyScale.bucket(of: Int64(latency)))
  }

  @Test(arguments: filters)
  func hitsThatSatisfyItCountAndOthersAreIgnored(filter: Condition, dimension: Dimension) {
    for seed in 0..<3 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      var options = Comparison.options()
      options.filter = filter
      options.threshold = Threshold(whole: 1)
      // The time of a late hit is not known.
      let logs = Comparison.logs(2, TestLog.Clocks(late: 0), &random)
      let (expected, whole) = Comparison.read(logs, options, &random)
      let reports = Comparison.reports(logs, options, &random)
      let (events, snapshot) = Comparison.add(reports, options, &random)
      Comparison.expect(
        events.map { Self.known($0, dimension) }, expected.map { Self.known($0, dimension) },
        seed: seed)
      #expect(snapshot.tally == whole.tally, "seed \(seed)")
    }
  }

  @Test func aViewLeavesRulesAndEventsAsTheyAre() {
    var random = RandomSource(seed: 1)
    var options = Comparison.options()
    let logs = Comparison.logs(2, TestLog.Clocks(late: 20), &random)
    let reports = Comparison.reports(logs, options, &random)
    let (expected, _) = Comparison.add(reports, options, &random)
    options.filter = Condition(.section, "/a")
    let (_, filtered) = Comparison.add(reports, options, &random)
    options.filterIsView = true
    let (events, view) = Comparison.add(reports, options, &random)
    Comparison.expect(events, expected, seed: 1)
    #expect(view.tally == filtered.tally)
    #expect(view.lifetime == filtered.lifetime)
    #expect(view.tally.late > 0 && view.tally.filteredLate > 0)
    #expect(view.tally.hits + view.tally.filtered == expected.end?.tally.hits)
  }

  /// Names that a sender does not send may have had all hits; who is to send them is said once.
  @Test(arguments: [[], DimensionSet(.path)])
  func aDimensionThatASenderLacksIsNoticedOnce(sent: DimensionSet) {
    var random = RandomSource(seed: 2)
    var options = Comparison.options()
    let logs = Comparison.logs(2, TestLog.Clocks(), lines: 50, &random)
    options.ranked = sent
    let reports = Comparison.reports(logs, options, &random)
    options.ranked = DimensionSet(.host)
    var analyzer = TrafficAnalyzer(options: options, sources: Comparison.names(2))
    var events: [MonitorEvent] = []
    for report in reports[0] { analyzer.add(report, of: 0, wall: Comparison.wall) }
    for report in reports[1] { analyzer.add(report, of: 1, wall: Comparison.wall) }
    analyzer.drainNotices(&events)
    let missing = events.filter {
      if case .notice(.about(_, .missingNames)) = $0 { true } else { false }
    }
    #expect(missing == [.notice(.about(Name("server0"), .missingNames(.host)))])
  }
}

extension [MonitorEvent] {
  fileprivate var end: EndReport? {
    if case .end(let end)? = last { end } else { nil }
  }
}
