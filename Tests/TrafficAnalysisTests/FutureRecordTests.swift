import AccessLog
import Testing
import TrafficKit

@testable import TrafficAnalysis

/// How records rejected for being too far in the future are reported.
@Suite struct FutureRecordTests {
  private static let wall = EpochSecond(1_773_476_813)

  private var analyzer = TrafficAnalyzer(options: AnalysisOptions())

  /// Adds records the given number of seconds ahead of the wall clock, each after a rejected line.
  ///
  /// - Returns: the notices posted for them.
  private mutating func add(_ leads: [Int64]) -> [Notice] {
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

  private func shownNotices(live: Bool = true) -> [Notice] {
    analyzer.snapshot(TableRequest(window: .all, rows: 1), includingPending: live).notices.filter(
      \.invalidatesFigures)
  }

  private func notice(firstLine line: Int) -> Notice {
    var first = RejectedLine(number: line, rejection: .future)
    first.time = Self.wall.advanced(by: 7200)
    return .futureTimes(first: first)
  }

  @Test mutating func eachRunOfFutureRecordsIsReportedOnce() {
    let now = [Int64](repeating: 0, count: 50)
    let ahead = [Int64](repeating: 7200, count: 40)
    #expect(add(now + ahead.prefix(32) + now).isEmpty)
    #expect(shownNotices().isEmpty)
    // Each record is on an even line; 132 came before.
    #expect(add(now + ahead) == [notice(firstLine: 2 * (132 + 50 + 1))])
    #expect(shownNotices() == [notice(firstLine: 366)])
    #expect(add(ahead).isEmpty)
    #expect(add(now).isEmpty)
    #expect(shownNotices().isEmpty)
    #expect(add(ahead).count == 1)
  }

  @Test mutating func aThirdOfTheRecordsIsNotARun() {
    #expect(add((0..<900).map { $0 % 3 == 2 ? 7200 : 0 }).isEmpty)
    #expect(shownNotices().isEmpty)
    #expect(
      analyzer.snapshot(TableRequest(window: .all, rows: 1), includingPending: true).tally.rejected[
        .future]
        == 300)
  }

  /// Behind the replay gate the notice appears together with the lines it concerns.
  @Test mutating func aReplayShowsTheNoticeWithTheLinesItConcerns() {
    _ = add([Int64](repeating: -10, count: 150) + [Int64](repeating: 7200, count: 40))
    #expect(shownNotices(live: false).isEmpty)
    _ = add([-1, -1])
    var events: [MonitorEvent] = []
    _ = analyzer.release(until: EpochSecond(.max), &events)
    #expect(shownNotices(live: false) == [notice(firstLine: 302)])
  }

  @Test mutating func theFirstTenFutureRecordsAreListedWithLineAndTime() {
    _ = add([0] + [Int64](repeating: 7200, count: 15))
    let lines = analyzer.drainRejectedLines(of: 0)
    #expect(lines.map(\.number) == Array(stride(from: 4, through: 22, by: 2)))
    #expect(lines.allSatisfy { $0.rejection == .future })
    #expect(lines.first?.time == Self.wall.advanced(by: 7200))
    _ = add([7200])
    #expect(analyzer.drainRejectedLines(of: 0).isEmpty)
  }

  /// Records that were quarantined and then rejected.
  @Test mutating func recordsRejectedFromQuarantineAreListedToo() {
    let leads: [Int64] = [-5000] + [-100, -99] + [Int64](repeating: -5000, count: 10)
    _ = add(leads)
    #expect(analyzer.drainRejectedLines(of: 0).isEmpty)
    analyzer.finishSource(wall: Self.wall)
    #expect(analyzer.drainRejectedLines(of: 0).map(\.number) == [4, 6])
  }
}
