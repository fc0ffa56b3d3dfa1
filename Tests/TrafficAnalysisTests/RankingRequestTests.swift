import AccessLog
import Testing

@testable import TrafficAnalysis

/// Any rows of a ranking, compared with a full sort.
@Suite struct RankingRequestTests {
  private func add(
    _ text: String, hits: Int, to ranking: inout NameRanking, _ names: inout NameTable
  ) {
    var count = NameCount(id: names.id(adding: Name(text)), status: .successful, bytes: 1)
    count.hits = UInt32(hits)
    [count].withUnsafeBufferPointer { ranking.add($0, bound: 0, names: names) }
  }

  @Test(arguments: [0, 1, 5, 40, 1000], [1, 3, 1_000_000])
  func requestedRowsMatchASortedList(count: Int, differentHits: Int) {
    var random = SystemRandomNumberGenerator()
    var (ranking, names) = (NameRanking(), NameTable())
    var hits: [String: Int] = [:]
    for index in 0..<count {
      let name = "/\(index * 7919 % 1009)"
      hits[name] = Int.random(in: 1...differentHits, using: &random)
    }
    for (name, number) in hits { add(name, hits: number, to: &ranking, &names) }
    let sorted = hits.keys.sorted {
      hits[$0] != hits[$1] ? hits[$0]! > hits[$1]! : Name($0) < Name($1)
    }
    for _ in 0..<40 {
      let pinned = Array(hits.keys.shuffled().prefix(Int.random(in: 0...5))) + ["/gone"]
      let isPinned = Bool.random()
      let list = isPinned ? pinned + sorted.filter { !pinned.contains($0) } : sorted
      let low = Int.random(in: 0...count + 3)
      let request = RankingRequest(
        .section, pinned: isPinned ? pinned.map { Name($0) } : [],
        places: low..<low + Int.random(in: 0...30))
      var found = RankedList(ranking, request, names) { ranking.totals[$0].hits }
      let places = request.places(of: list.count)
      #expect(found.count == list.count)
      #expect(places.count == min(request.places.count, list.count))
      let entries = found.entries(at: places)
      #expect(entries.map(\.name.description) == Array(list[places]))
      #expect(entries.map { $0.total?.hits ?? 0 } == list[places].map { hits[$0] ?? 0 })
    }
  }

  /// Orders on which a naive choice of pivots takes quadratic time.
  private static let orders: [[Int]] = {
    let rising = Array(0..<5000)
    let falling = Array(rising.reversed())
    let zigzag: [Int] = rising.map { $0.isMultiple(of: 2) ? $0 : 5000 - $0 }
    let scattered: [Int] = rising.map { $0 * 7919 % 5000 }
    return [rising, falling, zigzag, scattered, rising + falling]
  }()

  @Test(arguments: orders)
  func partialSortMatchesAFullSort(values: [Int]) {
    let sorted = values.sorted()
    for places in [0..<10, 4990..<5000, 2500..<2501, 0..<5000, 17..<17, 100..<4000] {
      var some = values
      var comparisons = 0
      some.partialSort(places) {
        comparisons += 1
        return $0 < $1
      }
      #expect(some[places] == sorted[places])
      #expect(comparisons < 400_000)
    }
  }
}
