import AccessLog

extension NameRanking {
  /// The requested rows. A pinned name without hits gets a row of zeros.
  ///
  /// - Complexity: O(names + rows log rows) on average
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
    let unpinned = places.clamped(to: pinned.count..<result.count)
    let ranks = unpinned.lowerBound - pinned.count..<unpinned.upperBound - pinned.count
    result.rows += ranked(ranks, of: others, names).map { RankedName($0, names[$0.id]) }
    return result
  }

  /// The totals at some ranks among some names, ordered by hits, then bytewise by name.
  ///
  /// - Parameter indexes: the indexes of the names in `totals`.
  func ranked(_ ranks: Range<Int>, of indexes: some Collection<Int>, _ names: NameTable) -> [Total]
  {
    guard !ranks.isEmpty else { return [] }
    var order = indexes.map { key(at: $0, names) }
    order.partialSort(ranks) { $0.precedes($1, names) }
    return order[ranks].map { totals[$0.index] }
  }

  /// The sort key of the name at an index of `totals`.
  @inline(__always)
  func key(at index: Int, _ names: NameTable) -> RankingKey {
    RankingKey(
      hits: totals[index].hits, prefix: names.prefix(of: totals[index].id),
      id: totals[index].id, index: index)
  }
}

/// The sort key of a name: by hits, then bytewise by name. Smaller than its totals and therefore
/// faster to sort.
struct RankingKey {
  var hits: Int
  /// See `NameTable.prefix`.
  var prefix: UInt64
  var id: NameID
  /// The index of the totals.
  var index: Int

  /// Whether the name is ranked before another.
  ///
  /// - Complexity: O(1) if the first eight bytes of the names differ, otherwise O(length)
  @inline(__always)
  func precedes(_ other: RankingKey, _ names: NameTable) -> Bool {
    if hits != other.hits { return hits > other.hits }
    return prefix != other.prefix ? prefix < other.prefix : names.isBefore(id, other.id)
  }
}

extension NameRanking.Total {
  /// The totals of a name without hits in the window.
  fileprivate static let none = NameRanking.Total(
    id: NameID(value: 0), hits: 0, clientErrors: 0, serverErrors: 0, bytes: 0, error: 0)
}
