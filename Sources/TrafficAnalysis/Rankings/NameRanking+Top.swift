import AccessLog

// The first names of a ranking.

extension NameRanking {
  /// So many names are ranked by comparing each with each.
  private static let fewNames = 16
  /// The first names up to this number are found by insertion, which visits most names only once.
  private static let insertionLimit = 64

  /// The first `limit` names, ordered by hits, then bytewise by name.
  ///
  /// - Complexity: O(names + limit log limit) on average
  func top(_ limit: Int, names: NameTable) -> [RankedName] {
    let limit = min(max(0, limit), totals.count)
    if totals.count <= Self.fewNames, let top = topOfFew(limit, names) { return top }
    if limit <= Self.insertionLimit { return topByInsertion(limit, names) }
    return ranked(0..<limit, of: totals.indices, names).map { RankedName($0, names[$0.id]) }
  }

  /// Finds the place of each name by counting those that precede it. In most of these comparisons no
  /// processor can tell the result ahead, and so they take no branch.
  ///
  /// - Returns: `nil` if more of a name than its prefix may have to be compared.
  private func topOfFew(_ limit: Int, _ names: NameTable) -> [RankedName]? {
    withUnsafeTemporaryAllocation(of: RankingKey.self, capacity: Self.fewNames) { keys in
      var isCut = false
      for index in totals.indices {
        keys.initializeElement(at: index, to: key(at: index, names))
        isCut = isCut || keys[index].prefix.isCut
      }
      guard !isCut else { return nil }
      return withUnsafeTemporaryAllocation(of: Int.self, capacity: 2 * Self.fewNames) { memory in
        let places = UnsafeMutableBufferPointer(rebasing: memory[..<Self.fewNames])
        let order = UnsafeMutableBufferPointer(rebasing: memory[Self.fewNames...])
        for index in totals.indices {
          var place = 0
          for other in 0..<index {
            let isBefore = keys[other].precedes(keys[index])
            place &+= isBefore
            places[other] &+= 1 &- isBefore
          }
          places.initializeElement(at: index, to: place)
        }
        for index in totals.indices { order.initializeElement(at: places[index], to: index) }
        return order[..<limit].map { RankedName(totals[$0], names[totals[$0].id]) }
      }
    }
  }

  /// Finds the first names by insertion: a name with fewer hits than the last of them is passed over.
  ///
  /// - Complexity: O(names × limit) at worst, O(names) if hits do not mostly rise
  private func topByInsertion(_ limit: Int, _ names: NameTable) -> [RankedName] {
    guard limit > 0 else { return [] }
    return withUnsafeTemporaryAllocation(of: RankingKey.self, capacity: limit) { order in
      var count = 0
      for index in totals.indices {
        if count == limit, totals[index].hits < order[limit &- 1].hits { continue }
        let key = key(at: index, names)
        var position = count
        while position > 0, key.precedes(order[position &- 1], names) {
          if position < limit { order[position] = order[position &- 1] }
          position &-= 1
        }
        guard position < limit else { continue }
        order[position] = key
        count = min(count + 1, limit)
      }
      return order[..<count].map { RankedName(totals[$0.index], names[$0.id]) }
    }
  }
}

extension RankingKey {
  /// 1 if the name is ranked before another, otherwise 0; neither prefix may be cut. Takes no branch.
  @inline(__always)
  fileprivate func precedes(_ other: RankingKey) -> Int {
    let hasMore = hits > other.hits ? 1 : 0
    let hasSame = hits == other.hits ? 1 : 0
    return hasMore | hasSame & prefix.precedes(other.prefix)
  }
}
