import AccessLog
import Testing

@testable import TrafficAnalysis

/// Seconds that are open at the same time.
@Suite struct BusySecondsTests {
  /// A hit in a second, with the same names as any other.
  private static func hit(at second: Int64, _ names: inout NameTables) -> Hit {
    let ids = CommonNames(
      section: names.modify(.section) { $0.id(adding: Name("/a")) },
      client: names.modify(.client) { $0.id(adding: Name("10.0.0.1")) },
      status: names.modify(.status) { $0.id(adding: Name("200")) })
    return Hit(
      Record(
        time: EpochSecond(second), bytes: 1, names: ids, status: .successful, method: .get))
  }

  /// The counts of the one that ends are combined, because its hits alternated with others.
  @Test func aSecondThatEndsLeavesTheCountsOfTheOthersAlone() {
    var names = NameTables()
    var busy = BusySeconds(CountedFacts())
    let first = busy.beginSecond(EpochSecond(1))
    let second = busy.beginSecond(EpochSecond(2))
    let early = Self.hit(at: 1, &names)
    let late = Self.hit(at: 2, &names)
    busy.add(early, at: first, names)
    busy.add(late, at: second, names)
    busy.markMixed(at: first)
    busy.add(early, at: first, names)
    // From here on all hits are of the second one.
    busy.markMixed(at: second)
    busy.add(late, at: second, names)
    _ = busy.endSecond(at: second, names)
    let third = busy.beginSecond(EpochSecond(3))
    let last = Self.hit(at: 3, &names)
    busy.add(last, at: third, names)
    _ = busy.endSecond(at: first, names)
    busy.add(last, at: third, names)
    let figures = busy.endSecond(at: third, names)
    #expect(figures.names[.client].counts.map(\.hits) == [2])
    #expect(figures.names[.section].counts.count == 1)
  }
}
