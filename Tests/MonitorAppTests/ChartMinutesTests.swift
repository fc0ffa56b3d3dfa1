import AccessLog
import Foundation
import History
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// The minutes of the chart: those of the history, and the run's own.
@MainActor
@Suite struct ChartMinutesTests {
  private nonisolated static let start: Int64 = 1_549_573_920
  private let folder =
    FileManager.default.temporaryDirectory.path() + "/lm2000-" + UUID().uuidString
  private var path: String { folder + "/h.db" }

  private func report(_ number: Int64, hits: Int, partial: Bool = false) -> IntervalReport {
    var traffic = Traffic()
    for _ in 0..<hits { traffic.add(bytes: 1, status: .serverError, method: .get) }
    let from = EpochSecond(Self.start + 60 * number)
    return IntervalReport(
      from: from, to: from.advanced(by: 60), traffic: traffic,
      rankings: PerDimension(repeating: []), uniqueClients: DistinctCount(1), partial: partial)
  }

  private func store() throws -> HistoryStore {
    try HistoryStore(
      path,
      HistoryContext(monotonic: Clocks.monotonic, wall: { EpochSecond(Self.start + 9_000) }))
  }

  /// A history with some minutes, of which the last was stopped within.
  private func fill() throws {
    try #require(mkdir(folder, 0o700) == 0)
    let store = try store()
    for number in Int64(0)..<10 { store.add(minute: report(number, hits: 5)) }
    store.add(minute: report(10, hits: 5, partial: true))
    #expect(store.finish(within: 30) == nil)
  }

  private func loaded(_ minutes: ChartMinutes) throws -> MinuteSeries {
    for _ in 0..<3_000 where minutes.series == nil { usleep(10_000) }
    return try #require(minutes.series)
  }

  private func hits(_ series: MinuteSeries, _ number: Int64) -> Int {
    series[Self.start / 60 + number].hits
  }

  @Test func whatTheHistoryHeldAtTheStartIsKnown() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try fill()
    let minutes = ChartMinutes(path, wall: EpochSecond(Self.start + 900)) { _ in .whole }
    let series = try loaded(minutes)
    #expect(
      series.earlier == EpochSecond(Self.start)...EpochSecond(Self.start + 10 * 60 + 59))
    #expect(hits(series, 3) == 5 && series[Self.start / 60].serverErrors == 5)
    #expect(hits(series, 11) == 0)
  }

  @Test(arguments: [
    (MinuteReading.whole, Int64(9), 3, 5), (.whole, 9, 8, 8), (.again, 9, 3, 3), (.rest, 9, 3, 5),
    (.rest, 10, 3, 8), (.rest, 11, 3, 3), (.whole, 10, 8, 8),
  ])
  func theRunsOwnMinutesAreAddedAsInTheHistory(
    reading: MinuteReading, number: Int64, count: Int, expected: Int
  ) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try fill()
    // Before and after the history has been read.
    for waits in [false, true] {
      let minutes = ChartMinutes(path, wall: EpochSecond(Self.start + 900)) { _ in reading }
      if waits { _ = try loaded(minutes) }
      minutes.add([.minute(report(number, hits: count))])
      #expect(hits(try loaded(minutes), number) == expected)
    }
    // The history says the same.
    let store = try store()
    store.add(minute: report(number, hits: count), reading)
    #expect(store.finish(within: 30) == nil)
    let kept = try HistoryReader(path).minutes(in: TimeRange())
      .first { $0.time == EpochSecond(Self.start + 60 * number) }
    #expect(kept?.hits == expected)
  }

  @Test func aMinuteInTheFutureDoesNotHideTheOthers() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try fill()
    let store = try store()
    store.add(minute: report(60 * 24 * 500, hits: 1))
    #expect(store.finish(within: 30) == nil)
    let minutes = ChartMinutes(path, wall: EpochSecond(Self.start + 900)) { _ in .whole }
    #expect(hits(try loaded(minutes), 3) == 5)
  }

  @Test func withoutAFileNothingIsKnown() throws {
    let minutes = ChartMinutes(path, wall: EpochSecond(Self.start)) { _ in .whole }
    #expect(minutes.series == MinuteSeries())
  }

  /// A history is of all traffic and of the present.
  @Test func spansOfDaysAreNotOfferedWhereOtherTrafficIsShown() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try #require(mkdir(folder, 0o700) == 0)
    let store = try store()
    let run = HistoryRun(store, follows: true)
    let changes: [(inout Options) -> Void] = [
      { _ in }, { $0.replay = true }, { $0.since = .before(seconds: 60) },
      { $0.until = .before(seconds: 60) },
      { $0.analysis.filter = Condition(text: "status=5xx", .any([])) },
    ]
    let offered = changes.map { change in
      var options = Options()
      change(&options)
      return run.chartMinutes(options, InputSet([])) != nil
    }
    #expect(offered == [true, false, false, false, false])
    #expect(store.finish(within: 30) == nil)
  }
}
