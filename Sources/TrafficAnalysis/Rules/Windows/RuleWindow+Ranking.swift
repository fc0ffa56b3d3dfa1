import AccessLog

// The names of a window in the order of rankings.

extension RuleWindow {
  /// The names with the most hits, ties by name.
  func firstNames(
    _ count: Int, of totals: [(key: UInt32, hits: Int)], _ names: NameTables
  ) -> Set<UInt32> {
    var totals = totals
    totals.partialSort(0..<min(count, totals.count)) {
      $0.hits != $1.hits ? $0.hits > $1.hits : isBefore($0.key, $1.key, names)
    }
    return Set(totals.prefix(count).map(\.key))
  }

  /// The names with the most hits in the window, ties by name.
  ///
  /// - Complexity: O(names)
  func firstNames(_ count: Int, _ names: NameTables) -> Set<UInt32> {
    firstNames(
      count, of: figures.lazy.filter { $0.value.hits > 0 }.map { ($0.key, $0.value.hits) }, names)
  }

  /// The hits of the last of the names with the most hits in the window; there must be as many.
  ///
  /// - Complexity: O(names)
  func leastHits(ofFirst count: Int) -> Int {
    var hits = figures.values.compactMap { $0.hits > 0 ? $0.hits : nil }
    guard hits.count >= count else { return 0 }
    hits.partialSort(count - 1..<count) { $0 > $1 }
    return hits[count - 1]
  }

  /// Whether one name precedes another bytewise.
  func isBefore(_ left: UInt32, _ right: UInt32, _ names: NameTables) -> Bool {
    guard let dimension else { return name(left, names) < name(right, names) }
    return names.with(dimension) { $0.isBefore(NameID(value: left), NameID(value: right)) }
  }

  /// The name of a key.
  func name(_ key: UInt32, _ names: NameTables) -> Name {
    guard let dimension else {
      return Name(Method(rawValue: UInt8(truncatingIfNeeded: key))?.name ?? "-")
    }
    return names.with(dimension) { $0[NameID(value: key)] }
  }
}
