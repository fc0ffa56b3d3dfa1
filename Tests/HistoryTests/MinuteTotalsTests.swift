import AccessLog
import Testing
import TrafficAnalysis

@testable import History

/// The minutes as a chart reads them.
@Suite struct MinuteTotalsTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func totals(_ reader: HistoryReader, in range: TimeRange = TimeRange()) throws -> [String]
  {
    var rows: [String] = []
    try reader.totals(in: range) { row in
      rows.append("\(row.time.value - start) \(row.totals.hits)\(row.isOpen ? " open" : "")")
    }
    return rows
  }

  @Test func eachMinuteSaysWhetherARunWasStoppedWithinIt() throws {
    let store = try HistoryStore(folder.history, context())
    for number in Int64(0)..<3 { store.add(minute: minute(number, hits: Int(number) + 4)) }
    store.add(minute: minute(5, hits: 2, partial: true))
    #expect(store.finish(within: 30) == nil)
    let reader = try HistoryReader(folder.history)
    #expect(try totals(reader) == ["0 4", "60 5", "120 6", "300 2 open"])
    let range = TimeRange(since: EpochSecond(start + 60), until: EpochSecond(start + 300))
    #expect(try totals(reader, in: range) == ["60 5", "120 6"])
  }

  @Test func aFrozenReaderDoesNotSeeWhatIsAddedLater() throws {
    let store = try HistoryStore(folder.history, context())
    store.add(minute: minute(hits: 4))
    #expect(store.drained())
    let reader = try HistoryReader(folder.history)
    try reader.freeze()
    store.add(minute: minute(1, hits: 9))
    #expect(store.drained())
    #expect(try totals(reader) == ["0 4"])
    #expect(try totals(try HistoryReader(folder.history)) == ["0 4", "60 9"])
    #expect(store.finish(within: 30) == nil)
  }
}
