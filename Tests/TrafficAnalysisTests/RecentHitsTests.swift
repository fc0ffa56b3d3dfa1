import AccessLog
import Testing
import TrafficKit

@testable import TrafficAnalysis

/// What is kept to say which names grew, and what an alert carries.
@Suite struct RecentHitsTests {
  /// A second in which each name of a range has a hit.
  private func add(
    _ sections: Range<Int>, at second: Int64, to hits: inout RecentHits, _ tables: inout NameTables
  ) {
    var figures = SecondFigures(second: EpochSecond(second))
    for number in sections {
      let id = tables[.section].id(adding: Name("/\(number)"))
      figures.names[.section].counts.append(NameCount(id: id, status: .successful, bytes: 1))
    }
    var closed = ClosedSeconds()
    closed.append(figures)
    closed.withSecond(at: 0) { hits.add($0, tables) }
  }

  /// With more names than are kept, only the last seconds are compared.
  @Test func beyondTheCapTheRateBeforeIsThatOfTheSecondsThatAreLeft() throws {
    var (hits, tables) = (RecentHits(window: 10), NameTables())
    for second in 0..<200 as Range<Int64> {
      add(Int(second) * 1000..<Int(second + 1) * 1000, at: second, to: &hits, &tables)
    }
    for second in 200..<210 as Range<Int64> { add(0..<1, at: second, to: &hits, &tables) }
    let last = hits.droppedThrough
    let dropped = try #require(last).value
    #expect((1..<199).contains(dropped))
    let changes = hits.changes(at: EpochSecond(209), window: 10, tables)[.section]
    #expect(
      changes == [
        NameChange(
          name: Name("/0"), before: Rate(hits: 0, seconds: 199 - dropped),
          now: Rate(hits: 10, seconds: 10))
      ])
    // Nothing of the time before a window of 150 s is left.
    let none = hits.changes(at: EpochSecond(209), window: 150, tables)[.section]
    #expect(none.isEmpty)
  }

  @Test(arguments: [63, 64, 65, 300, 1000])
  func manySecondsAreSummedFromTheirChunks(seconds: Int64) {
    var (hits, tables) = (RecentHits(window: 100), NameTables())
    for second in 0..<seconds { add(0..<2, at: second, to: &hits, &tables) }
    add(0..<1, at: seconds - 1, to: &hits, &tables)
    let changes = hits.changes(at: EpochSecond(seconds - 1), window: 100, tables)[.section]
    let now = Int(min(100, seconds))
    let before = Int(min(600, max(0, seconds - 100)))
    #expect(changes.first?.now == Rate(hits: now + 1, seconds: 100))
    #expect(changes.first?.before == Rate(hits: before, seconds: 600))
  }

  /// At most eight names, those with the greatest growth.
  @Test func theEightNamesThatGrewMostAreKept() {
    var (hits, tables) = (RecentHits(window: 10), NameTables())
    for second in 0..<10 as Range<Int64> {
      add(Int(second)..<20, at: second, to: &hits, &tables)
    }
    let changes = hits.changes(at: EpochSecond(9), window: 10, tables)[.section]
    let expected = ["/10", "/11", "/12", "/13", "/14", "/15", "/16", "/17"]
    #expect(changes.map(\.name.description) == expected)
  }

  @Test func renumberingChangesNothing() {
    var (hits, tables) = (RecentHits(window: 10), NameTables())
    for number in 0..<50 { _ = tables[.section].id(adding: Name("unused \(number)")) }
    for second in 0..<200 as Range<Int64> {
      add(Int(second) % 7..<9, at: second, to: &hits, &tables)
    }
    let before = hits.changes(at: EpochSecond(199), window: 10, tables)[.section]
    var marks = tables.emptyMarks
    hits.markNames(&marks)
    hits.renumber(tables.compact(keeping: marks))
    #expect(!before.isEmpty)
    #expect(tables[.section].count == 9)
    #expect(hits.changes(at: EpochSecond(199), window: 10, tables)[.section] == before)
    for second in 200..<2000 as Range<Int64> { add(0..<3, at: second, to: &hits, &tables) }
    #expect(hits.changes(at: EpochSecond(1999), window: 10, tables)[.section].isEmpty)
  }

  /// Windows as long as a command line allows.
  @Test(arguments: [Int64.max, Int64.max - 599, 1 << 40])
  func theLongestWindowsDoNotOverflow(window: Int64) {
    var (hits, tables) = (RecentHits(window: window), NameTables())
    for second in [Int64(-62_135_596_800), 0, 253_402_300_799] {
      add(0..<2, at: second, to: &hits, &tables)
    }
    let changes = hits.changes(at: EpochSecond(253_402_300_799), window: window, tables)[.section]
    #expect(changes.first?.now == Rate(hits: 3, seconds: window))
  }

  private func transitions(_ counts: [Int], isForDisplay: Bool = true) -> [AlertTransition] {
    var options = AnalysisOptions()
    options.alertWindow = 2
    options.threshold = Threshold(whole: 2)
    options.lateness = 0
    options.isForDisplay = isForDisplay
    var analyzer = TrafficAnalyzer(options: options)
    let batch = RecordBatch()
    for (second, count) in counts.enumerated() {
      batch.addHits(at: [Int64](repeating: Int64(second), count: count), named: "/\(second % 3)")
    }
    var events: [MonitorEvent] = []
    analyzer.add(batch, wall: EpochSecond(4_000_000_000))
    analyzer.finishSource(wall: EpochSecond(4_000_000_000))
    _ = analyzer.release(until: EpochSecond(.max), &events)
    return events.compactMap { if case .alert(let transition) = $0 { transition } else { nil } }
  }

  @Test func aRecoveryCarriesTheGreatestValueOfTheAlert() {
    let found = transitions([1, 4, 9, 3, 1, 0, 6, 0, 0, 1])
    #expect(found.map(\.change.isTrigger) == [true, false, true, false])
    #expect(found.map(\.peak) == [5, 13, 6, 6].map { .ratio(Rate(hits: $0, seconds: 2)) })
  }

  @Test func reportsAndTheDashboardGiveTheSameChanges() {
    let counts = (0..<1500).map { $0 * 7919 % 6 }
    let found = transitions(counts)
    #expect(found.count > 10)
    #expect(found == transitions(counts, isForDisplay: false))
  }
}

extension AlertTransition.Change {
  fileprivate var isTrigger: Bool { self == .triggered }
}
