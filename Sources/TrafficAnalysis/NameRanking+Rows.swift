import AccessLog

extension NameRanking {
  /// The rows that were asked for. A pinned name without a hit is a row of zeros.
  ///
  /// - Parameter row: what is made of the totals of a name.
  /// - Complexity: O(names) on average, whichever rows those are.
  func rows<Row>(
    _ request: RankingRequest, _ names: NameTable, row: (Total, Name) -> Row
  ) -> RankedRows<Row> {
    let pinned = request.pinned.map { place(of: $0, names) }
    var isPinned = [Bool](repeating: false, count: totals.count)
    for case let place? in pinned { isPinned[place] = true }
    let others = totals.indices.filter { !isPinned[$0] }
    var result = RankedRows<Row>()
    result.count = pinned.count + others.count
    result.mostHits = totals.reduce(0) { max($0, $1.hits) }
    let places = request.places(of: result.count)
    result.first = places.lowerBound
    result.rows = places.clamped(to: 0..<pinned.count).map { index in
      row(pinned[index].map { totals[$0] } ?? .none, request.pinned[index])
    }
    let behind = places.clamped(to: pinned.count..<result.count)
    let ranks = behind.lowerBound - pinned.count..<behind.upperBound - pinned.count
    result.rows += ranked(ranks, of: others, names).map { row($0, names[$0.id]) }
    return result
  }

  /// Some ranks of some names, by hits, then by name bytewise.
  ///
  /// - Parameter places: of these names in `totals`.
  func ranked(_ ranks: Range<Int>, of places: some Collection<Int>, _ names: NameTable) -> [Total] {
    guard !ranks.isEmpty else { return [] }
    var order = places.map { Place(hits: totals[$0].hits, id: totals[$0].id, index: $0) }
    order.sort(ranks) {
      $0.hits != $1.hits ? $0.hits > $1.hits : names.isBefore($0.id, $1.id)
    }
    return order[ranks].map { totals[$0.index] }
  }

  /// What a place in `totals` is compared by: moved about much faster than the totals are.
  private struct Place {
    var hits: Int
    var id: NameID
    var index: Int
  }
}

extension NameRanking.Total {
  /// No hit in the window.
  fileprivate static let none = NameRanking.Total(
    id: NameID(value: 0), hits: 0, clientErrors: 0, serverErrors: 0, bytes: 0, error: 0)
}
