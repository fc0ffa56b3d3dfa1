import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// Figures of one second, counted in parts and merged.
@Suite struct MergingTests {
  private static let second = EpochSecond(1_773_476_813)

  private static let ranked = CountedFacts([
    DimensionSet(.path), DimensionSet(.agent), DimensionSet(.source),
  ])

  /// The figures of one part, with a name table of its own.
  private struct Part {
    var names = NameTables(ranked.all)
    var figures = SecondFigures(second: MergingTests.second, ranked.all)

    mutating func add(_ hit: TestHit) {
      func id(_ dimension: Dimension) -> NameID {
        names[dimension].id(adding: hit.names[dimension])
      }
      var late = Hit(
        Record(
          time: MergingTests.second, bytes: hit.bytes,
          names: CommonNames(section: id(.section), client: id(.client), status: id(.status)),
          status: hit.status, method: hit.method))
      late.names = ranked.others.map(id)
      late.latency = hit.latency
      figures.add(late: late, names, ranked)
    }

    /// The part with each name listed once.
    func counted() -> Part {
      var part = self
      part.figures.consolidate(names)
      return part
    }

    mutating func merge(_ other: Part) {
      let renaming = names.absorb(other.names)
      figures.merge(other.figures, renaming: renaming, names)
    }

    var standalone: ClosedSecond { figures.standalone(names) }
  }

  private struct TestHit {
    var names: PerDimension<Name>
    var bytes: Int64
    var status: StatusClass
    var method: Method?
    var latency = FactColumns.noLatency
  }

  private static func hits(_ count: Int, names: Int, _ random: inout RandomSource) -> [TestHit] {
    (0..<count).map { _ in
      let texts = PerDimension(ranked.all) { dimension in
        Name("\(dimension) \(random.number(1...names))")
      }
      return TestHit(
        names: texts, bytes: random.pick([0, 1, 512, Int64.max / 3]),
        status: random.pick(StatusClass.allCases), method: random.pick(Method.allCases + [nil]),
        latency: random.pick([-1, 0, 1, 20_000, 20_001, random.number(0...5_000_000)]))
    }
  }

  private static func parts(_ hits: [TestHit], _ count: Int, _ random: inout RandomSource) -> [Part]
  {
    var parts = [Part](repeating: Part(), count: count)
    for hit in hits { parts[random.number(0...(count - 1))].add(hit) }
    return parts.map { $0.counted() }
  }

  /// Merges the parts in random order and grouping.
  private static func merged(_ parts: [Part], _ random: inout RandomSource) -> Part {
    var parts = parts
    while parts.count > 1 {
      let one = parts.remove(at: random.number(0...(parts.count - 1)))
      parts[random.number(0...(parts.count - 1))].merge(one)
    }
    return parts[0]
  }

  @Test(arguments: [1, 2, 3, 8])
  func mergingIsIndependentOfOrderAndGrouping(count: Int) {
    for seed in 0..<60 as Range<UInt64> {
      var random = RandomSource(seed: seed &* 31 &+ UInt64(count))
      let hits = Self.hits(random.number(0...300), names: random.pick([1, 5, 200]), &random)
      let whole = Self.parts(hits, 1, &random)[0].standalone
      let parts = Self.parts(hits, count, &random)
      for _ in 0..<4 {
        #expect(Self.merged(parts, &random).standalone == whole, "seed \(seed)")
      }
    }
  }

  @Test func mergingAnEmptySecondChangesNothing() {
    var random = RandomSource(seed: 7)
    let part = Self.parts(Self.hits(50, names: 9, &random), 1, &random)[0]
    var left = Part()
    left.merge(part)
    var right = part
    right.merge(Part())
    #expect(left.standalone == part.standalone)
    #expect(right.standalone == part.standalone)
  }

  @Test func totalsSaturateOnOverflow() {
    var part = Part()
    part.figures.traffic.hits = .max - 1
    part.figures.traffic.status[.successful] = .max - 1
    part.figures.traffic.methods[.get] = .max - 1
    part.figures.traffic.bytes = .max - 1
    var sum = part
    sum.merge(part)
    sum.merge(part)
    let traffic = sum.standalone.traffic
    #expect(traffic.hits == .max && traffic.bytes == .max)
    #expect(traffic.status[.successful] == .max && traffic.methods[.get] == .max)
  }

  /// With more names than are kept, totals are exact and counts are within the bound.
  @Test(arguments: [2, 3, 8])
  func totalsStayExactAndTheBoundHoldsAboveTheCap(count: Int) {
    var random = RandomSource(seed: UInt64(count))
    var truth: [Name: Int] = [:]
    var parts = [Part](repeating: Part(), count: count)
    let names = NameRanking.capacity * 3 / 2
    for index in 0..<names * 2 {
      // Some are frequent, most are rare; every part sees many.
      let number = index % 7 == 0 ? index % 50 : index % names
      let name = Name("/\(number)")
      truth[name, default: 0] += 1
      parts[random.number(0...(count - 1))].add(
        TestHit(
          names: PerDimension(Self.ranked.all) { $0 == .section ? name : Name("-") }, bytes: 1,
          status: .successful, method: .get))
    }
    let sum = Self.merged(parts.map { $0.counted() }, &random).standalone
    #expect(sum.traffic.hits == names * 2 && sum.traffic.bytes == Int64(names * 2))
    let kept = sum.names[.section]
    #expect(kept.names.count <= NameRanking.capacity && kept.bound > 0)
    for counted in kept.names {
      let hits = truth.removeValue(forKey: counted.name) ?? 0
      if counted.hits > hits || hits > counted.hits + kept.bound {
        Issue.record("\(counted.name): \(counted.hits) of \(hits), bound \(kept.bound)")
      }
    }
    #expect(truth.values.allSatisfy { $0 <= kept.bound }, "of names that are not listed")
    #expect(sum.names[.client].names.map(\.hits) == [names * 2])
    #expect(sum.names[.client].bound == 0)
    #expect(sum.names[.client].distinct == nil)
  }

  /// However a second with more names than are kept is merged, all its names are counted.
  @Test(arguments: [1, 2, 5])
  func theNumberOfDistinctNamesDoesNotDependOnTheMerging(count: Int) throws {
    var random = RandomSource(seed: UInt64(count))
    let names = NameRanking.capacity * 3 / 2
    var parts = [Part](repeating: Part(), count: count)
    var expected = DistinctNames()
    for index in 0..<names {
      let name = Name("10.0.\(index)")
      expected.insert([name.withBytes { StableHash.hash($0) }])
      let hit = TestHit(
        names: PerDimension(Self.ranked.all) { $0 == .client ? name : Name("-") }, bytes: 1,
        status: .successful, method: .get)
      parts[random.number(0...(count - 1))].add(hit)
      // Some names are in several parts.
      if index % 5 == 0 { parts[random.number(0...(count - 1))].add(hit) }
    }
    let sum = Self.merged(parts.map { $0.counted() }, &random)
    let sent = sum.standalone
    #expect(sent.names[.client].distinct == expected)
    #expect(sent.names[.section].distinct == nil)
    var tables = NameTables(Self.ranked.all)
    let received = SecondFigures(try ClosedSecond(decoding: sent.encoded), &tables)
    #expect(received.names[.client].distinct == expected)
    var rankings = PerDimension<NameRanking>(Self.ranked.all)
    rankings.add(late: received, tables)
    #expect(rankings.uniqueClients == expected.count)
    #expect(rankings[.section].distinctCount == DistinctCount(1))
  }

  @Test func aDecodedSecondKeepsItsNamesInOtherTables() throws {
    for seed in 0..<200 as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let hits = Self.hits(random.number(0...60), names: 20, &random)
      let sent = Self.parts(hits, 1, &random)[0].standalone
      var tables = Self.parts(Self.hits(9, names: 30, &random), 1, &random)[0].names
      let received = SecondFigures(try ClosedSecond(decoding: sent.encoded), &tables)
      #expect(received.standalone(tables) == sent, "seed \(seed)")
    }
  }

  /// The worst that a sender can tell: nothing that adds it up may trap.
  @Test func theWorstSecondThatIsAcceptedTrapsNothing() throws {
    var worst = ClosedSecond(second: Self.second)
    worst.traffic.hits = 1 << 32
    worst.traffic.bytes = .max
    worst.traffic.status[.serverError] = 1 << 32
    worst.names[.section].bound = 1 << 32
    let long = Name([UInt8](repeating: 0x61, count: NameRanking.byteCapacity + 1))
    worst.names[.client].names = [
      CountedName(name: long, hits: 1 << 32, clientErrors: 1 << 31, serverErrors: 0, bytes: .max)
    ]
    let accepted = try ClosedSecond(decoding: worst.encoded)
    var tables = NameTables()
    var figures = SecondFigures(accepted, &tables)
    #expect(figures.names[.client].counts.isEmpty, "a name over the byte cap is dropped")
    #expect(figures.names[.client].bound >= 1 << 32 - 1)
    let others = tables
    let sameNumbers = tables.absorb(others)
    for _ in 0..<40 {
      let other = figures
      figures.merge(other, renaming: sameNumbers, tables)
    }
    #expect(figures.traffic.bytes == .max)
    var rankings = PerDimension<NameRanking>()
    for _ in 0..<40 { rankings.add(late: figures, tables) }
    #expect(rankings[.section].bound > 0)
  }
}
