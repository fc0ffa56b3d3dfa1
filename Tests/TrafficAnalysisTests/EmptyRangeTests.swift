import AccessLog
import Testing
import TrafficAnalysis
import TrafficKit

/// A range of time that was asked for and in which no record lies.
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

  private func take(_ seconds: [Int64], into analyzer: inout TrafficAnalyzer) {
    let batch = RecordBatch()
    batch.addHits(at: seconds)
    analyzer.add(batch, wall: EpochSecond(4000))
  }

  private func told(_ analyzer: inout TrafficAnalyzer) -> [Notice] {
    var events: [MonitorEvent] = []
    analyzer.drainNotices(&events)
    return events.compactMap { if case .notice(let notice) = $0 { notice } else { nil } }
  }

  private func shown(_ analyzer: TrafficAnalyzer) -> [Notice] {
    analyzer.emptyRange.map { [.emptyRange($0)] } ?? []
  }

  @Test(
    arguments: [
      ([], nil), ([5], empty(5, 5)), ([500, 900, 999, 700], empty(500, 999)),
      ([2000, 3000], empty(2000, 3000)), ([999, 2000], empty(999, 2000)),
      ([5, 1000, 3000], nil), ([1999], nil),
    ] as [([Int64], Notice?)])
  func isToldAtTheEndWithTheTimesOfTheLog(seconds: [Int64], notice: Notice?) {
    var analyzer = analyzer(following: false)
    take(seconds, into: &analyzer)
    #expect(told(&analyzer) == [])
    #expect(shown(analyzer) == [])
    analyzer.finishSource(wall: EpochSecond(4000))
    #expect(told(&analyzer) == (notice.map { [$0] } ?? []))
    #expect(shown(analyzer) == (notice.map { [$0] } ?? []))
  }

  /// It is no news that is told again; but it is shown for as long as it is true.
  @Test func isToldOnceWhileTheLogIsFollowed() {
    var analyzer = analyzer(following: true)
    take([10, 20], into: &analyzer)
    analyzer.caughtUp(now: 1, wall: EpochSecond(4000))
    #expect(told(&analyzer) == [Self.empty(10, 20)])
    take([30], into: &analyzer)
    analyzer.caughtUp(now: 2, wall: EpochSecond(4000))
    #expect(told(&analyzer) == [])
    #expect(shown(analyzer) == [Self.empty(10, 30)])
    // A record that leaps is one already, wherever it will be.
    take([1500], into: &analyzer)
    #expect(shown(analyzer) == [])
    analyzer.caughtUp(now: 3, wall: EpochSecond(4000))
    analyzer.finishSource(wall: EpochSecond(4000))
    #expect(told(&analyzer) == [])
    #expect(shown(analyzer) == [])
  }

  @Test func isNotToldOfALogThatWasNotReadToItsEnd() {
    var analyzer = analyzer(following: false)
    take([10], into: &analyzer)
    analyzer.finishSource(wall: EpochSecond(4000), isAtEnd: false)
    #expect(told(&analyzer) == [])
  }
}
