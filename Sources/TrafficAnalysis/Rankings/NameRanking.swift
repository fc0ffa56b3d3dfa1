import AccessLog

/// Counts by name over a time window, and the names with the most hits.
///
/// Exact up to `capacity` names. Beyond it, the names with the fewest hits are dropped when a
/// second closes, and the most hits they may have had are kept as a bound. A name that appears
/// (again) later starts at the bound, which is also its error. This is the Space-Saving summary of
/// Metwally, Agrawal and El Abbadi (2005), pruned in batches: no count is too low, or too high by
/// more than its `error`.
struct NameRanking: Sendable {
  /// The number of names kept when names are dropped, which happens at twice as many.
  static let capacity = 65_536
  /// The total length of the names kept, in bytes, limited likewise.
  static let byteCapacity = 8 << 20

  /// The figures of one name.
  struct Total: Sendable {
    var id: NameID
    var hits: Int
    var clientErrors: Int
    var serverErrors: Int
    var bytes: Int64
    /// The most by which `hits` may be too high.
    var error: Int
  }

  private(set) var totals: [Total] = []
  /// For each name ID, the index in `totals` plus one; 0 if the name has no hits.
  private var positions: [UInt32] = []
  private var nameBytes = 0
  /// The most hits of any dropped name.
  private(set) var bound = 0
  private var distinct = DistinctTally()

  /// The number of distinct names, including dropped ones.
  ///
  /// - Complexity: O(1)
  var distinctCount: DistinctCount { distinct.count(listed: totals.count) }

  /// The memory used, in bytes.
  var footprint: Int {
    totals.count * MemoryLayout<Total>.stride + positions.count * MemoryLayout<UInt32>.stride
      + distinct.footprint
  }

  /// Removes all counts but keeps the memory.
  ///
  /// - Complexity: O(names)
  mutating func removeAll() {
    for total in totals { positions[total.id.index] = 0 }
    totals.removeAll(keepingCapacity: true)
    nameBytes = 0
    bound = 0
    distinct = DistinctTally()
  }

  /// Adds the names of one second in a dimension.
  ///
  /// - Complexity: O(names of the second), and O(names log names) when names are dropped
  @inline(__always)
  mutating func add(_ second: SecondView, _ dimension: Dimension, names: NameTable) {
    guard let counted = second.names(in: dimension) else {
      return add(rawHits: second.rawHits, dimension, names)
    }
    add(
      second.counts(in: dimension), bound: counted.bound,
      distinct: second.distinctNames(in: dimension), names: names)
  }

  /// Adds raw hits.
  ///
  /// - Complexity: O(hits), and O(names log names) when names are dropped
  private mutating func add(
    rawHits hits: UnsafeBufferPointer<Record>, _ dimension: Dimension, _ names: NameTable
  ) {
    withUnsafeTemporaryAllocation(of: NameCount.self, capacity: hits.count) { counts in
      for (place, hit) in hits.enumerated() {
        counts.initializeElement(
          at: place,
          to: NameCount(id: hit.names[dimension], status: hit.status, bytes: hit.bytes))
      }
      add(UnsafeBufferPointer(counts), bound: 0, names: names)
    }
  }

  /// Whether so many hits, with names of any length, neither drop a name nor make the number of names
  /// an estimate.
  func hasRoom(for hits: Int) -> Bool {
    nameBytes <= Self.byteCapacity && !distinct.isNeeded(for: totals.count &+ hits)
  }

  private mutating func growPositions(for names: NameTable) {
    guard positions.count < names.count else { return }
    positions.append(
      contentsOf: repeatElement(0, count: names.count + names.count / 4 - positions.count))
  }

  private mutating func pruneIfOverfull(_ names: NameTable) {
    let isOverfull = totals.count > 2 * Self.capacity || nameBytes > 2 * Self.byteCapacity
    if isOverfull || distinct.isNeeded(for: totals.count) { distinct.include(totals, names) }
    if isOverfull { prune(names: names) }
  }

  /// Adds the counts of one second.
  ///
  /// - Parameters:
  ///   - secondBound: the most hits of any name dropped from the second.
  ///   - secondNames: all names of the second; `nil` if none was dropped.
  /// - Complexity: O(counts), and O(names log names) when names are dropped
  mutating func add(
    _ counts: UnsafeBufferPointer<NameCount>, bound secondBound: Int,
    distinct secondNames: DistinctNames? = nil, names: NameTable
  ) {
    growPositions(for: names)
    if let secondNames { distinct.formUnion(secondNames) }
    Self.add(counts, bound: bound, to: &totals, &positions, &nameBytes, names)
    bound = bound.addingSaturated(secondBound)
    if secondBound > 0 { raiseTotals(by: secondBound) }
    pruneIfOverfull(names)
  }

  /// Accounts for names dropped from a second: any name may have lost that many hits.
  private mutating func raiseTotals(by secondBound: Int) {
    for index in totals.indices {
      totals[index].hits = totals[index].hits.addingSaturated(secondBound)
      totals[index].error = totals[index].error.addingSaturated(secondBound)
    }
  }

  /// The index of a name in `totals`; `nil` if it has no hits.
  func position(of name: Name, _ names: NameTable) -> Int? {
    guard let id = names.id(of: name), id.index < positions.count, positions[id.index] > 0 else {
      return nil
    }
    return Int(positions[id.index]) - 1
  }

  /// Drops the names with the fewest hits.
  private mutating func prune(names: NameTable) {
    let ranked = ranked(totals.indices, of: totals.indices, names)
    let kept = names.fitting(ranked.lazy.map(\.id))
    if kept.count < ranked.count { bound = max(bound, ranked[kept.count].hits) }
    for total in totals { positions[total.id.index] = 0 }
    totals = Array(ranked[..<kept.count])
    nameBytes = kept.bytes
    distinct.didDrop(keeping: kept.count)
    for (position, total) in totals.enumerated() {
      positions[total.id.index] = UInt32(position + 1)
    }
  }
}

extension NameTable {
  /// The number of names from the first on that fit the capacities, and their total length in
  /// bytes.
  func fitting(_ names: some Sequence<NameID>) -> (count: Int, bytes: Int) {
    var kept = (count: 0, bytes: 0)
    for name in names.prefix(NameRanking.capacity) {
      let bytes = kept.bytes + length(of: name)
      guard bytes <= NameRanking.byteCapacity else { break }
      kept = (kept.count + 1, bytes)
    }
    return kept
  }
}

extension NameRanking {
  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: [NameID]) {
    positions = []
    for index in totals.indices {
      totals[index].id = newIDs[totals[index].id.index]
    }
    let greatest = totals.map(\.id.index).max() ?? -1
    positions = [UInt32](repeating: 0, count: greatest + 1)
    for (position, total) in totals.enumerated() {
      positions[total.id.index] = UInt32(position + 1)
    }
  }
}
