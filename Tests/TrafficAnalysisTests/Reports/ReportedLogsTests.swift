import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// Reports of several senders have the figures of one run over all of their logs.
@Suite struct ReportedLogsTests {
  private typealias Comparison = ReportComparison

  private func compare(
    _ logs: [TestLog], _ options: AnalysisOptions, seed: UInt64, _ random: inout RandomSource
  ) {
    let (expected, whole) = Comparison.read(logs, options, &random)
    let reports = Comparison.reports(logs, options, &random)
    let (events, snapshot) = Comparison.add(reports, options, &random)
    Comparison.expect(events, expected, seed: seed)
    #expect(snapshot.tally == whole.tally, "seed \(seed)")
    #expect((snapshot.lifetime == whole.lifetime) == true, "lifetime, seed \(seed)")
    // The series may begin with other seconds that have no hits.
    #expect(Comparison.hits(snapshot.history) == Comparison.hits(whole.history), "seed \(seed)")
    #expect((snapshot.table == whole.table) == true, "table, seed \(seed)")
    #expect(snapshot.uniqueClients == whole.uniqueClients, "seed \(seed)")
    #expect(snapshot.transitions == whole.transitions, "seed \(seed)")
  }

  private func compare(
    _ count: Int, _ options: AnalysisOptions, _ clocks: TestLog.Clocks = TestLog.Clocks(),
    seeds: Range<UInt64> = 0..<3, apart: Int64 = 40
  ) {
    for seed in seeds {
      var random = RandomSource(seed: seed &* 31 &+ UInt64(count))
      let logs = Comparison.logs(count, clocks, apart: apart, &random)
      compare(logs, options, seed: seed, &random)
    }
  }

  @Test(arguments: [1, 2, 5])
  func theyHaveTheFiguresOfOneRunOverAllLogs(count: Int) { compare(count, Comparison.options()) }

  @Test(arguments: [1, 3])
  func linesFromWrongClocksAreRejectedByTheSender(count: Int) {
    compare(count, Comparison.options(), TestLog.Clocks(rogue: 20))
  }

  @Test(arguments: [1, 3])
  func timeMayLeap(count: Int) {
    compare(count, Comparison.options(), TestLog.Clocks(leaps: 30), apart: 4000)
  }

  @Test(arguments: [0, 5, 100] as [Int64])
  func sendersMayBeLateByAnyTime(lateness: Int64) {
    var options = Comparison.options()
    options.lateness = lateness
    compare(2, options, TestLog.Clocks(jitter: 20, late: 100))
  }

  @Test(arguments: [(30, nil), (nil, 200), (40, 150), (-90, 10_000)] as [(Int64?, Int64?)])
  func onlySecondsInTheRangeCount(since: Int64?, until: Int64?) {
    var options = Comparison.options()
    options.range = TimeRange(
      since: since.map { EpochSecond(Comparison.start + $0) },
      until: until.map { EpochSecond(Comparison.start + $0) })
    // Of late hits, a report says only when the first of them was.
    compare(3, options, TestLog.Clocks(late: 0))
  }
}
