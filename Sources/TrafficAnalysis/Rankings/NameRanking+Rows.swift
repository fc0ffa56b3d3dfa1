import AccessLog

extension NameRanking {
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
  var prefix: NamePrefix
  var id: NameID
  /// The index of the totals.
  var index: Int

  /// Whether the name is ranked before another.
  ///
  /// - Complexity: O(1) if the prefixes of the names tell, otherwise O(length)
  @inline(__always)
  func precedes(_ other: RankingKey, _ names: NameTable) -> Bool {
    hits != other.hits ? hits > other.hits : isNameBefore(other, names)
  }

  /// Whether the name precedes another bytewise.
  @inline(__always)
  func isNameBefore(_ other: RankingKey, _ names: NameTable) -> Bool {
    prefix.isBefore(other.prefix) ?? names.isBefore(id, other.id)
  }
}
