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
    // Of very many names, most have equally few hits. The others are all among the first.
    var namesByHits: [Int: Int] = [:]
    for entry in figures.values where entry.hits > 0 { namesByHits[entry.hits, default: 0] += 1 }
    var (room, least) = (count, 0)
    for (hits, names) in namesByHits.sorted(by: { $0.key > $1.key }) {
      least = hits
      guard names < room else { break }
      room -= names
    }
    var first: Set<UInt32> = []
    var ties: [(key: UInt32, hits: Int)] = []
    for (key, entry) in figures where entry.hits >= least && entry.hits > 0 {
      if entry.hits > least { first.insert(key) } else { ties.append((key, least)) }
    }
    return first.union(firstNames(room, of: ties, names))
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
