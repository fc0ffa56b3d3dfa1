import AccessLog
import Foundation
import Testing
import TrafficAnalysis

@testable import History

/// What becomes of a minute that is there already, and of what is too old.
@Suite struct MinuteTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  /// Adds minutes in a run of its own.
  private func run(_ minutes: [(IntervalReport, MinuteReading)]) throws {
    let store = try HistoryStore(folder.history, context(wall: start + 1_000 * 86_400))
    for (report, reading) in minutes { store.add(minute: report, reading) }
    #expect(store.finish(within: 30) == nil)
  }

  private var minutes: [HistoryMinute] {
    get throws { try HistoryReader(folder.history).minutes(in: TimeRange()) }
  }

  private var names: [String] {
    get throws {
      try HistoryReader(folder.history).names(of: .section, in: TimeRange())
        .map { "\($0.name) \($0.hits)" }
    }
  }

  @Test(arguments: [
    (MinuteReading.whole, 3, 5, ["/b 5"]), (.whole, 5, 5, ["/a 5"]), (.again, 5, 3, ["/b 3"]),
    (.rest, 5, 3, ["/a 5"]), (.rest, 3, 5, ["/b 5"]),
  ])
  func aCompleteMinuteIsNeverCountedTwice(
    reading: MinuteReading, first: Int, second: Int, expected: [String]
  ) throws {
    try run([(minute(hits: first, names: [("/a", first)]), .whole)])
    try run([(minute(hits: second, names: [("/b", second)]), reading)])
    #expect(try names == expected)
    #expect(try minutes.map(\.hits) == [Int(expected[0].dropFirst(3))])
  }

  @Test func theRestOfAMinuteIsAddedToWhatAStoppedRunHasRead() throws {
    let parts = [
      minute(hits: 4, names: [("/a", 3), ("/b", 1)], clients: 9, partial: true, latency: 1_000),
      minute(hits: 6, names: [("/b", 6)], clients: 2, partial: true, latency: 2_000),
      minute(hits: 1, names: [("/c", 1)], clients: 1, latency: 9_000),
    ]
    for (index, part) in parts.enumerated() { try run([(part, index == 0 ? .whole : .rest)]) }
    #expect(try names == ["/b 7", "/a 3", "/c 1"])
    let row = try #require(try minutes.first)
    #expect((row.hits, row.bytes, row.uniqueClients) == (11, 1_100, 9))
    #expect(row.status[.successful] == 11)
    #expect(row.latency.map { Int($0.p50.rounded()) } == 2_000)
    // It is complete now.
    try run([(parts[2], .rest)])
    #expect(try minutes.map(\.hits) == [11])
    // Reading the whole minute again makes good what was wrong.
    try run([(minute(hits: 10, names: [("/d", 10)]), .again)])
    #expect(try names == ["/d 10"])
  }

  @Test func fiftyNamesOfADimensionAreKept() throws {
    let many = (0..<60).map { ("/\($0)", 100 - $0) }
    try run([(minute(hits: 9, names: many, partial: true), .whole)])
    #expect(try names.count == 50)
    try run([(minute(hits: 9, names: [("/59", 77), ("/new", 1)], partial: true), .rest)])
    let names = try names
    #expect(names.count == 50 && names.contains("/59 77") && !names.contains("/new 1"))
  }

  @Test func oldMinutesAndNamesAreRemoved() throws {
    let day: Int64 = 1_440
    let newest = 500 * day
    let all: [Int64] = [0, 99 * day, 100 * day, newest - 40 * day - 1, newest - 40 * day, newest]
    try run(all.map { (minute($0, hits: 1, names: [("/a", 1)]), .whole) })
    // The time of this one is wrong, so the others do not get older by it.
    try run([(minute(5_000 * day, hits: 1, names: [("/a", 1)]), .whole)])
    let store = try HistoryStore(folder.history, context(wall: start + 60 * newest))
    #expect(poll { ((try? names.count) ?? 0) == 3 })
    #expect(poll { ((try? minutes.count) ?? 0) == 5 })
    #expect(store.finish(within: 30) == nil)
    let kept = Set(try minutes.map { ($0.time.value - start) / 60 })
    #expect(kept == Set(all.dropFirst(2) + [5_000 * day]))
  }

  /// All of it with LM2000_ALERTS=1000000, and a limit of 100 MiB.
  @Test func theOldestAlertsMakeRoomForNewOnes() throws {
    let environment = ProcessInfo.processInfo.environment["LM2000_ALERTS"]
    let count = environment.flatMap(Int.init) ?? 20_000
    var limits = HistoryLimits()
    if environment == nil { limits.alertBytes = 2 << 20 }
    let store = try HistoryStore(folder.history, context(limits: limits))
    let changes = (0..<8).map {
      NameChange(
        name: Name("/section/\($0)"), before: Rate(hits: $0, seconds: 600),
        now: Rate(hits: 100 + $0, seconds: 120))
    }
    var largestLog = 0
    for number in 0..<count {
      if number % 100 == 0 { largestLog = max(largestLog, size("history.db-wal")) }
      store.waitForRoom()
      store.add(alert: alert(key: Name("/name"), at: start + Int64(number), changes: changes))
    }
    #expect(store.drained())
    largestLog = max(largestLog, size("history.db-wal"))
    #expect(store.finish(within: 60) == nil)
    #expect(largestLog <= 16 << 20, "\(largestLog)")
    let limit = environment == nil ? 3 << 20 : 100 << 20
    #expect(size("history.db") <= limit, "\(size("history.db"))")
    let reader = try HistoryReader(folder.history)
    let kept = try reader.alerts(last: count)
    #expect(kept.last?.second == EpochSecond(start + Int64(count) - 1))
    #expect(kept.count > count / 10, "\(kept.count) are kept")
    #expect(kept.first?.second == EpochSecond(start + Int64(count - kept.count)))
  }

  private func size(_ name: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path(name))
    return attributes?[.size] as? Int ?? 0
  }
}
