import AccessLog
import Testing
import TrafficKit

@testable import TrafficAnalysis

/// What is said of records that are rejected because their time is too far ahead.
@Suite struct FutureRecordTests {
  private static let wall = EpochSecond(1_773_476_813)

  private var analyzer = TrafficAnalyzer(options: AnalysisOptions())

  /// Takes records so many seconds ahead of the wall clock, each after a line that is none.
  ///
  /// - Returns: the notices that became true.
  private mutating func take(_ leads: [Int64]) -> [Notice] {
    let batch = RecordBatch()
    for lead in leads {
      batch.add(line: .shape)
      batch.addHits(at: [Self.wall.advanced(by: lead).value])
    }
    var events: [MonitorEvent] = []
    analyzer.add(batch, wall: Self.wall)
    analyzer.drainNotices(&events)
    return events.compactMap { event in
      guard case .notice(let notice) = event else { return nil }
      return notice
    }
  }

  private func shown(live: Bool = true) -> [Notice] {
    analyzer.snapshot(TableRequest(window: .all, rows: 1), includingPending: live).notices.filter(
      \.isBlinding)
  }

  private func run(from line: Int) -> Notice {
    var first = RejectedLine(number: line, rejection: .future)
    first.time = Self.wall.advanced(by: 7200)
    return .futureTimes(first: first)
  }

  @Test mutating func mostOf64RecordsAreSaidOnceForEachRun() {
    let now = [Int64](repeating: 0, count: 50)
    let ahead = [Int64](repeating: 7200, count: 40)
    #expect(take(now + ahead.prefix(32) + now).isEmpty)
    #expect(shown().isEmpty)
    // Each record is on an even line; 132 came before.
    #expect(take(now + ahead) == [run(from: 2 * (132 + 50 + 1))])
    #expect(shown() == [run(from: 366)])
    #expect(take(ahead).isEmpty)
    #expect(take(now).isEmpty)
    #expect(shown().isEmpty)
    #expect(take(ahead).count == 1)
  }

  @Test mutating func oneOfThreeIsNoRun() {
    #expect(take((0..<900).map { $0 % 3 == 2 ? 7200 : 0 }).isEmpty)
    #expect(shown().isEmpty)
    #expect(
      analyzer.snapshot(TableRequest(window: .all, rows: 1), includingPending: true).tally.rejected[
        .future]
        == 300)
  }

  /// Behind the gate the notice comes with the lines that it is said of.
  @Test mutating func aReplayShowsItOnceTheLinesAreShown() {
    _ = take([Int64](repeating: -10, count: 150) + [Int64](repeating: 7200, count: 40))
    #expect(shown(live: false).isEmpty)
    _ = take([-1, -1])
    var events: [MonitorEvent] = []
    _ = analyzer.release(until: EpochSecond(.max), &events)
    #expect(shown(live: false) == [run(from: 302)])
  }

  @Test mutating func theFirstTenAreListedWithLineAndTime() {
    _ = take([0] + [Int64](repeating: 7200, count: 15))
    let lines = analyzer.drainRejectedLines()
    #expect(lines.map(\.number) == Array(stride(from: 4, through: 22, by: 2)))
    #expect(lines.allSatisfy { $0.rejection == .future })
    #expect(lines.first?.time == Self.wall.advanced(by: 7200))
    _ = take([7200])
    #expect(analyzer.drainRejectedLines().isEmpty)
  }

  /// Records that waited in quarantine, and lost.
  @Test mutating func thoseThatWereSetAsideAreListedToo() {
    let leads: [Int64] = [-5000] + [-100, -99] + [Int64](repeating: -5000, count: 10)
    _ = take(leads)
    #expect(analyzer.drainRejectedLines().isEmpty)
    analyzer.finishSource(wall: Self.wall)
    #expect(analyzer.drainRejectedLines().map(\.number) == [4, 6])
  }
}
