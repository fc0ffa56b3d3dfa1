import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// The tables of random logs, compared with figures that are counted again for each of them.
@Suite struct TableTests {
  private static let windows: [TableWindow] = [
    .last(seconds: 1), .last(seconds: 10), .last(seconds: 60), .last(seconds: 3600), .all,
  ]
  private static let spans: [Int64] = [1, 60, 500, 9000, 88_000, 200_000]

  private func request(_ random: inout RandomSource) -> RankingRequest {
    let low = random.number(0...6)
    var request = RankingRequest(
      random.pick(Dimension.common), places: low..<low + random.number(0...12))
    if random.chance(300) { request.pinned = ["/api", "10.0.0.1", "404", "/no"].map { Name($0) } }
    request.order = RankingOrder(
      random.pick(RankingFigure.allCases), isReversed: random.chance(500))
    request.trend = TrendRequest(
      width: random.pick([1, 7, 60, 1000]), count: random.pick([0, 1, 5, 30]))
    request.wantsTimes = random.chance(500)
    return request
  }

  @Test(arguments: 0..<8 as Range<UInt64>, spans)
  func everyFigureIsThatOfACountFromTheHits(seed: UInt64, span: Int64) throws {
    var random = RandomSource(seed: seed &* 1000 &+ UInt64(span))
    let naive = NaiveTables(&random, span: span)
    for _ in 0..<6 {
      var tables = TableRequest(window: random.pick(Self.windows))
      tables.comparison = random.pick(TableComparison.allCases)
      tables.rankings = (0..<3).map { _ in request(&random) }
      let snapshot = naive.analyzer.snapshot(tables, includingPending: false)
      #expect(snapshot.uniqueClients == naive.uniqueClients(.all))
      let table = snapshot.table
      #expect(table.traffic.hits == naive.shown(tables.window).count)
      #expect(table.hitsBefore == naive.hitsBefore(tables.window, tables.comparison))
      #expect(table.uniqueClients == naive.uniqueClients(tables.window))
      for (found, request) in zip(table.rankings, tables.rankings) {
        let list = naive.list(request, tables.window, tables.comparison)
        let places = request.places(of: list.count)
        #expect(found.rows == Array(list[places]), "\(request) \(tables.window)")
        #expect(found.count == list.count && found.first == places.lowerBound)
        #expect(found.mostHits == list.map(\.hits).max() ?? 0)
      }
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>, spans)
  func aMomentIsReadFromItsSeconds(seed: UInt64, span: Int64) throws {
    var random = RandomSource(seed: seed &* 1000 &+ UInt64(span))
    let naive = NaiveTables(&random, span: span)
    for _ in 0..<10 {
      let start = naive.now - random.number(-5...random.pick([20, span + 20]))
      let seconds = start...start + random.number(0...random.pick([0, 30]))
      var request = TableRequest(window: .all)
      request.moment = EpochSecond(seconds.lowerBound)...EpochSecond(seconds.upperBound)
      let snapshot = naive.analyzer.snapshot(request, includingPending: false)
      let moment = try #require(snapshot.table.moment)
      let kept = max(naive.firstClosed, naive.now - 86_399)...naive.now
      guard kept.overlaps(seconds) else {
        #expect(moment == MomentFigures(seconds: try #require(request.moment)))
        continue
      }
      let known = seconds.clamped(to: kept)
      #expect(moment.totals?.hits == naive.inTime(known).count)
      #expect(moment.knownSeconds == Int64(known.count))
      let window = known.upperBound - 19...known.upperBound
      let isWindowKept =
        window.lowerBound >= kept.lowerBound || kept.lowerBound == naive.firstClosed
      #expect(
        moment.mean == (isWindowKept ? Rate(hits: naive.inTime(window).count, seconds: 20) : nil))
      for dimension in Dimension.common {
        #expect(moment.top[dimension] == naive.top(dimension, seconds))
      }
    }
  }

  @Test func theMeanOfTheLastSecondIsThatOfTheRule() {
    var random = RandomSource(seed: 5)
    for _ in 0..<8 {
      let naive = NaiveTables(&random, span: random.pick([5, 100]))
      var request = TableRequest(window: .all)
      request.moment = EpochSecond(naive.now)...EpochSecond(naive.now)
      let snapshot = naive.analyzer.snapshot(request, includingPending: false)
      #expect(snapshot.table.moment?.mean == snapshot.highTraffic.rate)
    }
  }

  // MARK: - Search

  @Test(arguments: 0..<8 as Range<UInt64>)
  func aSearchFindsTheNextNameOfTheListThatContainsTheText(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let naive = NaiveTables(&random, span: 100)
    for _ in 0..<30 {
      let request = request(&random)
      let window = random.pick(Self.windows)
      let list = naive.list(request, window, .windowBefore).map { $0.name.description.lowercased() }
      let text = random.pick(["", "/", "API", "b", "0.1", "4", "É", "none", "/apix"])
      let matches = list.indices.filter { isIn(list[$0], text) }
      let place = random.number(-1...list.count)
      let forward = random.chance(500)
      let expected =
        forward
        ? matches.first { $0 > place } ?? matches.first
        : matches.last { $0 < place } ?? matches.last
      let found = naive.analyzer.place(
        matching: Array(text.utf8), in: request, window: window, comparison: .windowBefore,
        from: place, forward: forward)
      #expect(found == expected, "\(text) from \(place) of \(list)")
    }
  }

  /// Only the case of ASCII letters is ignored.
  private func isIn(_ name: String, _ text: String) -> Bool {
    let text = text == "É" ? text : text.lowercased()
    return text.isEmpty || name.contains(text)
  }

  // MARK: - Reuse

  @Test func tablesAreReusedUntilASecondClosesOrTheRequestChanges() {
    var random = RandomSource(seed: 3)
    let naive = NaiveTables(&random, span: 300)
    let request = TableRequest(window: .last(seconds: 60), rows: 5)
    var snapshot = naive.analyzer.snapshot(request, includingPending: false)
    let rows = snapshot.table.rankings
    #expect(!rows[0].rows.isEmpty)
    // Tables that were tampered with are seen to be the same.
    snapshot.table.rankings = []
    let again = naive.analyzer.snapshot(request, includingPending: false, previous: snapshot)
    #expect(again.table.rankings.isEmpty)
    let other = TableRequest(window: .last(seconds: 61), rows: 5)
    let changed = naive.analyzer.snapshot(other, includingPending: false, previous: snapshot)
    #expect(!changed.table.rankings.isEmpty)
    var longer = naive.analyzer
    let batch = RecordBatch()
    batch.addHits(at: [naive.now - 100])
    longer.add(batch, wall: EpochSecond(4_000_000_000))
    var events: [MonitorEvent] = []
    longer.finish(&events)
    let late = longer.snapshot(request, includingPending: false, previous: snapshot)
    #expect(late.table.rankings == rows)
  }
}

extension NaiveTables {
  /// The name with the most hits of some seconds, if the names of all of them are kept.
  func top(_ dimension: Dimension, _ seconds: ClosedRange<Int64>) -> RankedName? {
    guard isKept(from: seconds.lowerBound) else { return nil }
    let names = inTime(seconds).compactMap { $0.names[dimension] }
    return Dictionary(grouping: names) { $0 }.mapValues(\.count)
      .map { RankedName(name: Name($0.key), hits: $0.value, bytes: Int64($0.value)) }
      .min { $0.hits != $1.hits ? $0.hits > $1.hits : $0.name < $1.name }
  }
}
