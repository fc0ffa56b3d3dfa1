import AccessLog
import ReferenceModel
import Testing
import TrafficKit

@testable import TrafficAnalysis

/// The order of ranked names, and the guarantees that remain when there are too many.
@Suite struct NameRankingTests {
  private func count(_ id: NameID, hits: UInt32) -> NameCount {
    var count = NameCount(id: id, status: .successful, bytes: 1)
    count.hits = hits
    return count
  }

  /// Hits at the given seconds on sections named by `/` and a number.
  private func batch(_ hits: [(second: Int64, section: Int)]) -> RecordBatch {
    let batch = RecordBatch()
    for hit in hits { batch.addHits(at: [hit.second], named: "/\(hit.section)") }
    return batch
  }

  @Test func namesAreRankedByHitsThenBytewise() {
    var names = NameTable()
    var ranking = NameRanking()
    let hits: [(String, UInt32)] = [
      ("/b", 2), ("/a", 2), ("/ab", 2), ("/B", 2), ("/é", 2), ("", 2), ("/z", 9), ("/y", 1),
    ]
    for (name, hits) in hits {
      ranking.add([count(names.id(adding: Name(name)), hits: hits)], bound: 0, names: names)
    }
    let all = ranking.top(99, names: names).map(\.name.description)
    #expect(all == ["/z", "", "/B", "/a", "/ab", "/b", "/é", "/y"])
    #expect(ranking.top(1, names: names).map(\.name.description) == ["/z"])
    #expect(ranking.top(0, names: names).isEmpty)
    #expect(ranking.totals.allSatisfy { $0.error == 0 })
  }

  /// Few names and many, of lengths about those at which a name is compared in another way, of bytes
  /// that padding and marks consist of.
  @Test func theOrderIsThatOfTheBytesWhateverTheNames() {
    var random = RandomSource(seed: 5)
    for round in 0..<600 {
      var names = NameTable()
      var ranking = NameRanking()
      let bytes: [UInt8] = random.pick([
        [0x61, 0x62], [0, 0x61], [0, 0xFF], [0x0F, 0x10, 0xFE, 0xFF],
      ])
      var hits: [Name: UInt32] = [:]
      for _ in 0..<random.number(1...random.pick([4, 16, 40])) {
        let length = random.pick([0, 1, 7, 8, 9, 14, 15, 16, 17, 30])
        // Most names differ late or not at all.
        let first = random.chance(20) ? random.pick(bytes) : bytes[0]
        var name = [UInt8](repeating: first, count: length)
        if length > 0 { name[length - 1] = random.pick(bytes) }
        if length > 9 { name[8] = random.pick(bytes) }
        hits[Name(name)] = UInt32(random.number(1...3))
      }
      for (name, hits) in hits {
        ranking.add([count(names.id(adding: name), hits: hits)], bound: 0, names: names)
      }
      let expected = hits.keys.sorted {
        hits[$0] != hits[$1]
          ? hits[$0]! > hits[$1]! : $0.bytes.lexicographicallyPrecedes($1.bytes)
      }
      for limit in [1, 10, 64, 99] {
        let found = ranking.top(limit, names: names).map(\.name)
        #expect(found == Array(expected.prefix(limit)), "round \(round)")
      }
    }
  }

  /// A name may be new and occur twice in the same counts.
  @Test func countsOfTheSameNameAddUp() {
    var names = NameTable()
    var ranking = NameRanking()
    let ids = ["/a", "/b"].map { names.id(adding: Name($0)) }
    let hits: [(name: Int, hits: UInt32)] = [(0, 2), (1, 3), (0, 4), (1, 1)]
    let counts = hits.map { count(ids[$0.name], hits: $0.hits) }
    for _ in 0..<2 { ranking.add(counts, bound: 0, names: names) }
    #expect(ranking.totals.map(\.id) == ids)
    #expect(ranking.totals.map(\.hits) == [12, 8])
    #expect(ranking.totals.map(\.bytes) == [4, 4])
  }

  /// Every count lies between the true count and that plus its error.
  @Test func aboveCapacityEveryCountIsWithinItsError() {
    var names = NameTable()
    var ranking = NameRanking()
    var truth: [Int: Int] = [:]
    let width = NameRanking.capacity / 2
    for second in 0..<8 {
      var counts: [NameCount] = []
      for index in 0..<width {
        let number = index < 100 ? index : second * width + index
        let hits = index < 100 ? 5 + index : 1 + index % 3
        truth[number, default: 0] += hits
        counts.append(count(names.id(adding: Name("/\(number)")), hits: UInt32(hits)))
      }
      ranking.add(counts, bound: 0, names: names)
    }
    #expect(ranking.bound > 0)
    #expect(ranking.totals.count <= 2 * NameRanking.capacity)
    let isBounded = ranking.totals.allSatisfy { total in
      let name = names[total.id].description
      let hits = Int(name.dropFirst()).flatMap { truth[$0] } ?? 0
      return hits <= total.hits && total.hits - total.error <= hits
    }
    #expect(isBounded)
    let first = ranking.top(100, names: names).map(\.name.description)
    #expect(first == (0..<100).reversed().map { "/\($0)" })
  }

  /// A ranked name can be dropped from a second that has too many names, so its count is not exact
  /// afterwards.
  @Test func namesDroppedFromASecondRaiseTheErrorOfEveryName() throws {
    var names = NameTables()
    var ranking = NameRanking()
    let known = names[.section].id(adding: Name("/known"))
    ranking.add([count(known, hits: 5)], bound: 0, names: names[.section])
    var second = SecondFigures(second: EpochSecond(1))
    second.names[.section].counts = (0...NameRanking.capacity).map {
      count(names[.section].id(adding: Name("/\($0)")), hits: 2)
    }
    second.names[.section].counts.append(count(known, hits: 1))
    second.consolidate(names)
    #expect(second.names[.section].bound == 2)
    ranking.add(
      second.names[.section].counts, bound: second.names[.section].bound, names: names[.section])
    let total = try #require(ranking.totals.first { $0.id == known })
    #expect(total.hits >= 6)
    #expect(total.hits - total.error <= 6)
  }

  /// Distinct names are counted exactly up to the limit, and as one set beyond it, also where names
  /// were dropped and come again.
  @Test func theNumberOfDistinctNamesIncludesDroppedOnes() {
    var names = NameTable()
    var ranking = NameRanking()
    var expected = DistinctNames()
    for second in 0..<12 {
      // Half of them come again in the next second.
      let numbers = second * 16_384..<second * 16_384 + 32_768
      let counts = numbers.map { count(names.id(adding: Name("/\($0)")), hits: 1) }
      expected.insert(counts.map { names.stableHash(of: $0.id) })
      ranking.add(counts, bound: 0, names: names)
      #expect(ranking.distinctCount == expected.count, "after second \(second)")
    }
    #expect(ranking.bound > 0 && ranking.distinctCount.error != nil)
    ranking.removeAll()
    #expect(ranking.distinctCount == DistinctCount(0))
  }

  /// Names that are dropped because of their length are still counted exactly, whether a second drops
  /// them or the ranking.
  @Test(arguments: [1, 200, 600])
  func fewLongNamesAreCountedExactly(perSecond: Int) {
    var names = NameTables()
    var rankings = PerDimension<NameRanking>()
    let padding = String(repeating: "p", count: 60_000)
    for start in stride(from: 0, to: 600, by: perSecond) {
      var second = SecondFigures(second: EpochSecond(Int64(start)))
      second.names[.client].counts = (start..<start + perSecond).map {
        count(names[.client].id(adding: Name("\($0)\(padding)")), hits: 1)
      }
      second.names[.client].bytes = perSecond * padding.utf8.count
      second.consolidate(names)
      #expect((second.names[.client].distinct != nil) == (perSecond > 1))
      rankings.add(late: second, names)
    }
    #expect(rankings[.client].bound > 0 && rankings[.client].totals.count < 600)
    #expect(rankings.uniqueClients == DistinctCount(600))
  }

  /// The events for hits that are added in batches of the given size.
  private func events(_ hits: [(second: Int64, section: Int)], batchSize: Int) -> [MonitorEvent] {
    var options = AnalysisOptions()
    options.statsInterval = 1
    options.lateness = 0
    var analyzer = TrafficAnalyzer(options: options)
    var events: [MonitorEvent] = []
    for start in stride(from: 0, to: hits.count, by: batchSize) {
      analyzer.add(
        batch(Array(hits[start..<min(start + batchSize, hits.count)])),
        wall: EpochSecond(4_000_000_000))
      _ = analyzer.release(until: EpochSecond(.max), &events)
    }
    analyzer.finishSource(wall: EpochSecond(4_000_000_000))
    _ = analyzer.release(until: EpochSecond(.max), &events)
    analyzer.finish(&events)
    return events
  }

  /// Above 200,000 names the tables are compacted, here within a second that has more names than are
  /// kept and repeats them. Later hits must still find their counts, whatever the batch size.
  @Test func resultsAboveTheNameLimitDoNotDependOnReadSizes() {
    let before = (0..<150_000).map { (second: Int64(0), section: $0) }
    let once = (0..<100_000).map { (second: Int64(1), section: 150_000 + $0 * 7 % 100_000) }
    let hits = before + once + once[60_000...] + once[..<60_000] + [(second: 2, section: 1)]
    let reported = events(hits, batchSize: 10_000)
    #expect(reported == events(hits, batchSize: 33_333))
    guard case .end(let report) = reported.last else {
      Issue.record("no end event")
      return
    }
    #expect(report.tally.hits == hits.count)
  }
}

extension NameRanking {
  fileprivate mutating func add(_ counts: [NameCount], bound: Int, names: NameTable) {
    counts.withUnsafeBufferPointer { add($0, bound: bound, names: names) }
  }
}
