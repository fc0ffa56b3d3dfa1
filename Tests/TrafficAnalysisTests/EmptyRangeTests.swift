import AccessLog
import Testing
import TrafficAnalysis
import TrafficKit

/// A requested time range that contains no record.
@Suite struct EmptyRangeTests {
  private static let range = TimeRange(since: EpochSecond(1000), until: EpochSecond(2000))

  private static func empty(_ first: Int64, _ last: Int64) -> Notice {
    .emptyRange(EmptyRange(range: range, log: EpochSecond(first)...EpochSecond(last)))
  }

  private func analyzer(following: Bool) -> TrafficAnalyzer {
    var options = AnalysisOptions()
    options.range = Self.range
    options.following = following
    return TrafficAnalyzer(options: options)
  }

  private func add(_ seconds: [Int64], to analyzer: inout TrafficAnalyzer) {
    let batch = RecordBatch()
    batch.addHits(at: seconds)
    analyzer.add(batch, wall: EpochSecond(4000))
  }

  private func postedNotices(_ analyzer: inout TrafficAnalyzer) -> [Notice] {
    var events: [MonitorEvent] = []
    analyzer.drainNotices(&events)
    return events.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
  }

  private func shownNotices(_ analyzer: TrafficAnalyzer) -> [Notice] {
    analyzer.emptyRange.map { [.emptyRange($0)] } ?? []
  }

  @Test(
    arguments: [
      ([], nil), ([5], empty(5, 5)), ([500, 900, 999, 700], empty(500, 999)),
      ([2000, 3000], empty(2000, 3000)), ([999, 2000], empty(999, 2000)),
      ([5, 1000, 3000], nil), ([1999], nil),
    ] as [([Int64], Notice?)])
  func isReportedAtTheEndWithTheTimesInTheLog(seconds: [Int64], notice: Notice?) {
    var analyzer = analyzer(following: false)
    add(seconds, to: &analyzer)
    #expect(postedNotices(&analyzer) == [])
    #expect(shownNotices(analyzer) == [])
    analyzer.finishSource(wall: EpochSecond(4000))
    #expect(postedNotices(&analyzer) == (notice.map { [$0] } ?? []))
    #expect(shownNotices(analyzer) == (notice.map { [$0] } ?? []))
  }

  /// The notice is posted once, but shown for as long as it holds.
  @Test func isReportedOnceWhileTheLogIsFollowed() {
    var analyzer = analyzer(following: true)
    add([10, 20], to: &analyzer)
    analyzer.caughtUp(now: 1, wall: EpochSecond(4000))
    #expect(postedNotices(&analyzer) == [Self.empty(10, 20)])
    add([30], to: &analyzer)
    analyzer.caughtUp(now: 2, wall: EpochSecond(4000))
    #expect(postedNotices(&analyzer) == [])
    #expect(shownNotices(analyzer) == [Self.empty(10, 30)])
    // A record in quarantine clears the notice before its time is decided.
    add([1500], to: &analyzer)
    #expect(shownNotices(analyzer) == [])
    analyzer.caughtUp(now: 3, wall: EpochSecond(4000))
    analyzer.finishSource(wall: EpochSecond(4000))
    #expect(postedNotices(&analyzer) == [])
    #expect(shownNotices(analyzer) == [])
  }

  @Test func isNotReportedForALogThatWasNotReadToItsEnd() {
    var analyzer = analyzer(following: false)
    add([10], to: &analyzer)
    analyzer.finishSource(wall: EpochSecond(4000), isAtEnd: false)
    #expect(postedNotices(&analyzer) == [])
  }
}
