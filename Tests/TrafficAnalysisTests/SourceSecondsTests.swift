import AccessLog
import Testing

@testable import TrafficAnalysis

/// The last seconds of every source, within a limit of memory.
@Suite struct SourceSecondsTests {
  private static let capacity = 64 << 10

  /// Adds seconds of three sources: one with as many names as its number, one with few hits, which are
  /// not counted, and one that brings nothing in every third second.
  private static func add(
    _ seconds: ClosedRange<Int64>, to kept: inout SourceSeconds, _ names: inout NameTables
  ) {
    for second in seconds {
      for source in 0..<3 as Range<Int32> where source != 2 || second % 3 != 0 {
        var figures = SecondFigures(second: EpochSecond(second))
        var records: [Record] = []
        for number in 0..<(source == 1 ? 2 : 12) {
          let section = names[.section].id(adding: Name("/\(second % 50)/\(number)"))
          let other = names[.client].id(adding: Name("client"))
          let status = names[.status].id(adding: Name("200"))
          records.append(
            Record(
              time: EpochSecond(second), bytes: 1,
              names: CommonNames(section: section, client: other, status: status),
              status: .successful, method: nil))
        }
        guard source != 1 else {
          records.withUnsafeBufferPointer {
            kept.append(SecondView(EpochSecond(second), rawHits: $0), of: source, names)
          }
          continue
        }
        for record in records { figures.add(late: Hit(record), names, CountedFacts()) }
        var closed = ClosedSeconds()
        closed.append(figures)
        closed.withSecond(at: 0) { kept.append($0, of: source, names) }
      }
    }
  }

  private static func seconds(
    _ kept: SourceSeconds, of source: Int32, _ names: NameTables
  ) -> [Int64] {
    var seconds: [Int64] = []
    kept.forEach(of: source) { second in
      seconds.append(second.second.value)
      var closed = ClosedSeconds()
      closed.append(second, names)
      #expect(second.hits == (source == 1 ? 2 : 12))
      closed.forEachCount(at: 0, .section) { count in
        let name = names[.section][count.id].description
        #expect(name.hasPrefix("/\(second.second.value % 50)/"))
      }
    }
    return seconds
  }

  @Test(arguments: [10, 40, 400] as [Int64])
  func theSecondsOfEverySourceAreCompleteFromTheSameOneOn(last: Int64) throws {
    var names = NameTables()
    var kept = SourceSeconds(capacity: Self.capacity)
    Self.add(1...last, to: &kept, &names)
    let first = kept.firstComplete?.value ?? 1
    #expect((kept.firstComplete == nil) == (last == 10))
    #expect(first <= last)
    for source in 0..<3 as Range<Int32> {
      let expected = (first...last).filter { source != 2 || $0 % 3 != 0 }
      #expect(Self.seconds(kept, of: source, names) == expected)
    }
    #expect(Self.seconds(kept, of: 3, names).isEmpty)
    #expect(kept.footprint <= Self.capacity + Self.capacity / 64 + 4096)
  }

  @Test func namesMayGetOtherNumbers() throws {
    var names = NameTables()
    for number in 0..<1000 { _ = names[.section].id(adding: Name("unused \(number)")) }
    var kept = SourceSeconds(capacity: Self.capacity)
    Self.add(1...20, to: &kept, &names)
    var marks = names.emptyMarks
    kept.markNames(&marks)
    kept.renumber(names.compact(keeping: marks))
    #expect(names[.section].count <= 20 * 12)
    for source in 0..<2 as Range<Int32> {
      #expect(!Self.seconds(kept, of: source, names).isEmpty)
    }
  }

  @Test func lateHitsGoWithTheSecondsDuringWhichTheyCame() {
    var names = NameTables()
    var kept = SourceSeconds(capacity: Self.capacity)
    func late(_ second: Int64) -> SecondFigures {
      var figures = SecondFigures(second: EpochSecond(second))
      figures.traffic.hits = Int(second)
      return figures
    }
    for second in 1...400 as ClosedRange<Int64> {
      kept.append(late: late(second), of: 0)
      Self.add(second...second, to: &kept, &names)
    }
    var hits: [Int] = []
    kept.forEachLate(of: 0) { hits.append($0.traffic.hits) }
    let first = kept.firstComplete.map { Int($0.value) } ?? 1
    #expect(hits.last == 400 && hits == Array((hits.first ?? 0)...400))
    #expect(abs((hits.first ?? 0) - first) <= 1)
  }
}
