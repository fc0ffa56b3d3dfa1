import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// Percentiles against the exact ones, however the hits were grouped.
@Suite struct LatencyTests {
  enum Distribution: CaseIterable {
    case oneValue, twoFarApart, manyDistinct, heavyTail, zeros

    func latencies(_ random: inout RandomSource) -> [Int64] {
      switch self {
      case .oneValue: return [Int64](repeating: random.number(1...1_000_000), count: 1000)
      case .twoFarApart:
        let share = random.number(0...1000)
        return (0..<1000).map { $0 < share ? 3 : 3_600_000_000 }
      case .manyDistinct: return (0..<1_000_000).map { Int64($0 * 7) }
      case .heavyTail:
        return (0..<20_000).map { _ in Int64(1000) << random.number(Int64(0)...30) }
      case .zeros: return [0, 0, 0, random.number(0...1)]
      }
    }
  }

  private static let ranked = CountedFacts([DimensionSet(.path)])

  /// The seconds of some latencies, each of a name of its own, divided at random and added up again.
  private func seconds(
    _ latencies: [Int64], _ count: Int, _ random: inout RandomSource
  ) -> [SecondLatencies] {
    var parts = (0..<count).map { _ in SecondLatencies(Self.ranked.all) }
    for (index, latency) in latencies.enumerated() {
      let part = random.number(0...(count - 1))
      let bucket = parts[part].add(latency)
      let name = NameID(value: UInt32(index % 3))
      parts[part].add(bucket, name, .path, Self.ranked)
    }
    while parts.count > 1, random.chance(700) {
      let part = parts.remove(at: random.number(0...(parts.count - 1)))
      parts[random.number(0...(parts.count - 1))].add(part)
    }
    for index in parts.indices { parts[index].consolidate() }
    return parts
  }

  private func tally(_ seconds: [SecondLatencies]) -> LatencyTally {
    var tables = NameTables(Self.ranked.all)
    for name in ["/a", "/b", "/c"] { _ = tables[.path].id(adding: Name(name)) }
    var tally = LatencyTally(Self.ranked.all)
    for second in seconds { tally.add(second, tables) }
    return tally
  }

  private static func exact(_ share: Double, of latencies: [Int64]) -> Double {
    let rank = max(1, Int((share * Double(latencies.count)).rounded(.up)))
    return Double(latencies.sorted()[rank - 1])
  }

  private func isNear(_ value: Double, _ exact: Double) -> Bool {
    abs(value - exact) <= LatencyScale.relativeError * exact * 1.000_001
  }

  @Test(arguments: Distribution.allCases)
  func percentilesAreNearTheExactOnesInAnyGrouping(distribution: Distribution) throws {
    for seed in 0..<(distribution == .manyDistinct ? 1 : 20) as Range<UInt64> {
      var random = RandomSource(seed: seed)
      let latencies = distribution.latencies(&random)
      let whole = try #require(tally(seconds(latencies, 1, &random)).figures)
      let parts = tally(seconds(latencies, random.number(2...9), &random))
      #expect(parts.figures == whole, "seed \(seed)")
      #expect(whole.count == latencies.count && whole.max == latencies.max())
      #expect(isNear(whole.p50, Self.exact(0.5, of: latencies)))
      #expect(isNear(whole.p95, Self.exact(0.95, of: latencies)))
      #expect(isNear(whole.p99, Self.exact(0.99, of: latencies)))
      let names = parts.percentiles95(of: (0..<3).map { NameID(value: $0) }, in: .path)
      for (name, value) in names.enumerated() {
        let own = latencies.enumerated().filter { $0.offset % 3 == name }.map(\.element)
        #expect(isNear(try #require(value), Self.exact(0.95, of: own)))
      }
    }
  }

  @Test func aNameWithoutLatencyHasNoPercentile() {
    var random = RandomSource(seed: 1)
    let tally = tally(seconds([5, 6], 1, &random))
    #expect(tally.percentiles95(of: [NameID(value: 2)], in: .path) == [nil])
    #expect(LatencyTally([]).figures == nil)
  }

  /// The names with the fewest hits lose their latencies once there are too many, whatever the order.
  @Test func tooManyNamesLoseTheirPercentilesRarestFirst() {
    let count = LatencyList.capacity + LatencyList.capacity / 4
    var names = NameTable()
    for index in 0..<count { _ = names.id(adding: Name("\(index)")) }
    func counts(_ ids: some Sequence<Int>) -> [LatencyCount] {
      ids.map { LatencyCount(id: NameID(value: UInt32($0)), hits: $0 < 10 ? 5 : 1, bucket: 7) }
    }
    var list = LatencyList()
    list.add(counts(0..<count / 2), names)
    list.add(counts(count / 2..<count), names)
    list.add(counts(count / 2..<count), names)
    list.add(counts(0..<count), names)
    let ids = (0..<10).map { NameID(value: $0) }
    #expect(list.buckets(of: ids).allSatisfy { $0.hits >= 5 })
    let all = list.buckets(of: (0..<count).map { NameID(value: UInt32($0)) })
    #expect(all.count { $0.hits > 0 } <= LatencyList.capacity / 2)
    #expect(list.footprint < 40 << 20)
  }
}
