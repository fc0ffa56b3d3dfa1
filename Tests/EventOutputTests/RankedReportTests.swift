import AccessLog
import Testing
import TrafficAnalysis

@testable import EventOutput

/// Rankings that were asked for, latencies, and the totals of a run.
@Suite struct RankedReportTests {
  private static let ranked: DimensionSet = [
    DimensionSet(.status), DimensionSet(.agent), DimensionSet(.path),
  ]

  private static func row(_ name: String, _ hits: Int, p95: Double? = nil) -> RankedName {
    var row = RankedName(
      name: Name(name), hits: hits, bytes: 1_234_567, clientErrors: 1, serverErrors: 2)
    row.p95 = p95
    return row
  }

  private static let rankings = PerDimension<[RankedName]>(ranked) { dimension in
    switch dimension {
    case .section: [row("/a", 3, p95: 18_734)]
    case .client: [row("10.0.0.1", 3)]
    case .status: [row("200", 3, p95: 1)]
    case .path: [row("/a/b", 2, p95: 999_600), row("/a/c", 1)]
    case .agent: [row("curl \u{1B}[2J", 3, p95: 0)]
    default: []
    }
  }

  private static let latency = LatencyFigures(
    count: 3, p50: 1234.5, p95: 18_734, p99: 12_345_678, max: 12_345_678)

  private static func report() -> IntervalReport {
    var traffic = Traffic()
    for _ in 0..<3 { traffic.add(bytes: 1, status: .successful, method: .get) }
    return IntervalReport(
      from: EpochSecond(10), to: EpochSecond(20), traffic: traffic, rankings: rankings,
      uniqueClients: DistinctCount(1), latency: latency, partial: false)
  }

  private static let figures = #""bytes":1234567,"client_errors":1,"server_errors":2"#

  private static let sections =
    #""sections":[{"name":"/a","hits":3,\#(figures),"p95":0.0187}]"#

  private static let appended =
    #""unique_clients":1,"latency":{"count":3,"p50":0.00123,"p95":0.0187,"p99":12.3,"#
    + #""max":12.345678},"paths":[{"name":"/a/b","hits":2,\#(figures),"p95":1},"#
    + #"{"name":"/a/c","hits":1,\#(figures)}],"#
    + #""agents":[{"name":"curl \u001b[2J","hits":3,\#(figures),"p95":0}],"#
    + #""codes":[{"name":"200","hits":3,\#(figures),"p95":0.000001}]}"#

  @Test func anIntervalHasLatenciesAndTheRankingsInTheirOrder() throws {
    let line = try #require(ndjson(.interval(Self.report()), ranked: Self.ranked).first)
    #expect(line.contains(Self.sections + #","clients":[{"name":"10.0.0.1","hits":3}],"#))
    #expect(line.hasSuffix(#""partial":false,"# + Self.appended))
  }

  @Test func totalsAreThoseOfAnIntervalAtTheEnd() throws {
    var end = EndReport(tally: LineTally(), first: nil, last: nil)
    #expect(try ndjson(.end(end), ranked: Self.ranked)[0].hasSuffix(#""first":null,"last":null}"#))
    let report = Self.report()
    end.totals = TotalsReport(
      traffic: report.traffic, rankings: Self.rankings, uniqueClients: DistinctCount(1),
      latency: Self.latency)
    let line = try ndjson(.end(end), ranked: Self.ranked)[0]
    #expect(line.contains(#""last":null,"bytes":3,"status":{"1xx":0,"2xx":3,"#))
    #expect(line.contains(#""methods":{"GET":3},"# + Self.sections))
    #expect(line.hasSuffix(#""clients":[{"name":"10.0.0.1","hits":3}],"# + Self.appended))
  }

  @Test func textNamesTheFirstOfEachRanking() throws {
    let line = try text(.interval(Self.report()), ranked: Self.ranked)[0]
    #expect(
      line.hasSuffix(
        #"   /a 3   top client 10.0.0.1 (3)   top path /a/b (2)   top agent curl \x1B[2J (3)"#
          + "   top status 200 (3)   p95 18.7ms"), "\(line)")
  }

  @Test func textEndsWithTheTablesAndTheSummary() throws {
    var end = EndReport(tally: LineTally(), first: nil, last: nil)
    let report = Self.report()
    end.totals = TotalsReport(
      traffic: report.traffic, rankings: Self.rankings, uniqueClients: DistinctCount(1),
      latency: Self.latency)
    let lines = try text(.end(end), ranked: [DimensionSet(.path)])
    #expect(
      lines == [
        "", "   hits   share    size    4xx    5xx     p95  section",
        "      3  100.0%  1.2 MB      1      2  18.7ms  /a",
        "", "   hits   share  client (1 in all)", "      3  100.0%  10.0.0.1",
        "", "   hits  share    size    4xx    5xx    p95  path",
        "      2  66.7%  1.2 MB      1      2     1s  /a/b",
        "      1  33.3%  1.2 MB      1      2      -  /a/c",
        "", "   hits   share  method", "      3  100.0%  GET",
        "", "   hits     p50     p95    p99    max  latency",
        "      3  1.23ms  18.7ms  12.3s  12.3s", "",
        "0 lines: 0 hits (0 late), 0 rejected, 0 ignored",
      ], "\(lines)")
  }
}
