import AccessLog

extension NameRanking {
  /// The rows that were asked for. A pinned name without a hit is a row of zeros.
  ///
  /// - Complexity: O(names) on average, whichever rows those are.
  func rows(_ request: RankingRequest, _ names: NameTable) -> RankedRows {
    let pinned = request.pinned.map { position(of: $0, names) }
    var isPinned = [Bool](repeating: false, count: totals.count)
    for case let place? in pinned { isPinned[place] = true }
    let others = totals.indices.filter { !isPinned[$0] }
    var result = RankedRows()
    result.count = pinned.count + others.count
    result.mostHits = totals.reduce(0) { max($0, $1.hits) }
    let places = request.places(of: result.count)
    result.first = places.lowerBound
    result.rows = places.clamped(to: 0..<pinned.count).map { index in
      RankedName(pinned[index].map { totals[$0] } ?? .none, request.pinned[index])
    }
    let behind = places.clamped(to: pinned.count..<result.count)
    let ranks = behind.lowerBound - pinned.count..<behind.upperBound - pinned.count
    result.rows += ranked(ranks, of: others, names).map { RankedName($0, names[$0.id]) }
    return result
  }

  /// Some ranks of some names, by hits, then by name bytewise.
  ///
  /// - Parameter places: of these names in `totals`.
  func ranked(_ ranks: Range<Int>, of places: some Collection<Int>, _ names: NameTable) -> [Total] {
    guard !ranks.isEmpty else { return [] }
    var order = places.map { key(at: $0, names) }
    order.partialSort(ranks) { $0.precedes($1, names) }
    return order[ranks].map { totals[$0.index] }
  }

  /// What the name at a place of `totals` is ranked by.
  @inline(__always)
  func key(at index: Int, _ names: NameTable) -> RankingKey {
    RankingKey(
      hits: totals[index].hits, prefix: names.prefix(of: totals[index].id),
      id: totals[index].id, index: index)
  }
}

/// What the totals of a name are ranked by: by hits, then by name bytewise. Moved about much faster
/// than the totals are.
struct RankingKey {
  var hits: Int
  /// See `NameTable.prefix`.
  var prefix: UInt64
  var id: NameID
  /// The place of the totals.
  var index: Int

  /// - Complexity: O(1) where the first bytes of the names differ.
  @inline(__always)
  func precedes(_ other: RankingKey, _ names: NameTable) -> Bool {
    if hits != other.hits { return hits > other.hits }
    return prefix != other.prefix ? prefix < other.prefix : names.isBefore(id, other.id)
  }
}

extension NameRanking.Total {
  /// No hit in the window.
  fileprivate static let none = NameRanking.Total(
    id: NameID(value: 0), hits: 0, clientErrors: 0, serverErrors: 0, bytes: 0, error: 0)
}
