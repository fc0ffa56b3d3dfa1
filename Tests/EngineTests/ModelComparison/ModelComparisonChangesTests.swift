import ReferenceModel
import Testing

/// What grew when an alert triggered, for the model and the product alike.
@Suite struct ModelComparisonChangesTests {
  /// Hits at a second: a section, and how many.
  private struct Hits {
    var second: Int
    var section: String
    var count = 1
    var client = "10.0.0.1"
    var status = "200"

    var lines: [String] {
      [String](
        repeating: "\(client),-,-,\(second),GET \(section) HTTP/1.0,\(status),1", count: count)
    }
  }

  /// The changes of each trigger, of the given dimension only.
  private func changes(
    _ runner: Runner, _ hits: [Hits], window: Int64 = 10, threshold: String = "1",
    lateness: Int64 = 0, dimension: String = "section"
  ) throws -> [[String]] {
    let figures = try runner.figures(hits.flatMap(\.lines)) {
      $0.window = window
      $0.threshold = threshold
      $0.lateness = lateness
      $0.maxJump = 100_000
    }
    #expect(
      figures.named("alert").filter { $0["state"] as? String == "recovered" }
        .allSatisfy { $0["changes"] == nil })
    return figures.changes.map { all in
      all.filter { $0.hasPrefix(dimension + " ") }.map { String($0.dropFirst(dimension.count + 1)) }
    }
  }

  @Test(arguments: Runner.allCases)
  func equalGrowthIsOrderedByNameAndThreeNamesAreReported(runner: Runner) throws {
    let names = ["/c", "/a", "/d", "/b"]
    let hits = names.map { Hits(second: 1000, section: $0, count: 3) }
    #expect(try changes(runner, hits) == [["/a 0 0.3", "/b 0 0.3", "/c 0 0.3"]])
  }

  @Test(arguments: Runner.allCases)
  func theGreatestGrowthComesFirst(runner: Runner) throws {
    let hits = [
      Hits(second: 900, section: "/a", count: 60), Hits(second: 1000, section: "/a", count: 5),
      Hits(second: 1000, section: "/b", count: 4), Hits(second: 1000, section: "/c", count: 6),
    ]
    // 60 hits within 10 s are an alert as well, before which there was nothing.
    #expect(
      try changes(runner, hits) == [["/a 0 6"], ["/c 0 0.6", "/a 0.1 0.5", "/b 0 0.4"]])
  }

  @Test(arguments: Runner.allCases)
  func namesThatFellOrStayedAreMissing(runner: Runner) throws {
    var hits = (1000..<1600).map { Hits(second: $0, section: "/steady") }
    hits += [Hits(second: 1599, section: "/before", count: 3)]
    hits += (1600..<1610).map { Hits(second: $0, section: "/steady") }
    hits += [Hits(second: 1609, section: "/new", count: 4)]
    hits.sort { $0.second < $1.second }
    #expect(try changes(runner, hits, threshold: "1.3") == [["/new 0 0.4"]])
  }

  /// 600 hits in 600 s are the same rate as 10 in 10 s; one hit fewer before, and it has grown.
  @Test(arguments: Runner.allCases, [(600, [[]]), (599, [["/a 1 1"]]), (601, [[]])])
  func growthIsExact(runner: Runner, example: (before: Int, expected: [[String]])) throws {
    let before = (0..<example.before).map { Hits(second: 1000 + $0 * 599 / 600, section: "/a") }
    let now = (1600..<1610).map { Hits(second: $0, section: "/a") }
    // The last second has the hit that triggers, from a section that also had all hits before.
    let others = [Hits(second: 1609, section: "/z", count: 11)]
    let found = try changes(runner, before + now + others, threshold: "2")
    #expect(found.map { $0.filter { !$0.hasPrefix("/z") } } == example.expected)
  }

  /// Six hundred seconds before the window, and not one more.
  @Test(arguments: Runner.allCases, [(990, "0"), (991, "0.1"), (1590, "0.1"), (1591, "0")])
  func theTenMinutesBeforeTheWindowCount(
    runner: Runner, example: (second: Int, before: String)
  ) throws {
    let now = [Hits(second: 1600, section: "/a", count: 61)]
    let before = [Hits(second: example.second, section: "/a", count: 60)]
    let rate = example.second == 1591 ? "12.1" : "6.1"
    let found = try changes(runner, before + now, threshold: "6.05")
    #expect(found.last == ["/a \(example.before) \(rate)"])
  }

  @Test(arguments: Runner.allCases)
  func lateHitsCountOnNeitherSide(runner: Runner) throws {
    let hits = [
      Hits(second: 1000, section: "/a"), Hits(second: 1500, section: "/b"),
      Hits(second: 1100, section: "/a", count: 90), Hits(second: 1500, section: "/b", count: 11),
      Hits(second: 1600, section: "/a"), Hits(second: 1599, section: "/b", count: 50),
      Hits(second: 1600, section: "/a", count: 11), Hits(second: 1700, section: "/c"),
    ]
    let found = try changes(runner, hits)
    #expect(found == [["/b 0 1.2"], ["/a 0 1.2"]])
  }

  @Test(arguments: Runner.allCases)
  func aWindowOfOneSecondAndAlertsInARow(runner: Runner) throws {
    let hits = [
      Hits(second: 1000, section: "/a", count: 3), Hits(second: 1002, section: "/a", count: 3),
      Hits(second: 1002, section: "/b"), Hits(second: 1004, section: "/b", count: 2),
    ]
    let found = try changes(runner, hits, window: 1)
    // 3 / 600 is rounded away from zero.
    #expect(found == [["/a 0 3"], ["/a 0.01 3", "/b 0 1"], ["/b 0 2"]])
  }

  @Test(arguments: Runner.allCases)
  func clientsAndStatusCodesAreComparedToo(runner: Runner) throws {
    var hits = [Hits(second: 1000, section: "/a", count: 6)]
    hits += [
      Hits(second: 1001, section: "/a", count: 3, client: "10.0.0.2", status: "500"),
      Hits(second: 1001, section: "/a", count: 2, status: "-"),
    ]
    let found = try ["client", "status"].map {
      try changes(runner, hits, dimension: $0).joined().map { $0 }
    }
    #expect(
      found == [["10.0.0.1 0 0.8", "10.0.0.2 0 0.3"], ["200 0 0.6", "500 0 0.3", "- 0 0.2"]])
  }
}
