import AccessLog

/// Counts the distinct names of a ranking, including those that the ranking has dropped.
///
/// Does no work while the ranking lists every name and there are few enough to be counted exactly.
struct DistinctTally: Sendable {
  /// All names so far; `nil` while the ranking lists them.
  private var all: DistinctNames?
  /// The number of totals, from the first on, whose names are in `all`.
  private var includedCount = 0

  /// The memory used, in bytes.
  var footprint: Int { all?.footprint ?? 0 }

  /// Whether further names must be included.
  ///
  /// - Parameter count: the number of names that the ranking lists.
  @inline(__always)
  func isNeeded(for count: Int) -> Bool { all != nil || count > DistinctNames.exactLimit }

  /// Adds all names of a second, from which some were dropped.
  mutating func formUnion(_ names: DistinctNames) {
    all?.formUnion(names)
    if all == nil { all = names }
  }

  /// Includes the names that were appended to the totals since the last call.
  ///
  /// - Complexity: O(bytes of those names)
  mutating func include(_ totals: [NameRanking.Total], _ names: NameTable) {
    guard includedCount < totals.count else { return }
    let new = totals[includedCount...]
    includedCount = totals.count
    all = all ?? DistinctNames()
    all?.insert(new.lazy.map(\.id), names)
  }

  /// Notes that the ranking has dropped names, all of which are included, and kept some.
  mutating func didDrop(keeping count: Int) { includedCount = count }

  /// The number of distinct names.
  ///
  /// - Parameter listed: the number of names that the ranking lists.
  /// - Complexity: O(1)
  func count(listed: Int) -> DistinctCount { all?.count ?? DistinctCount(listed) }
}

extension DistinctNames {
  /// How many hashes are computed at once, so that they take little memory.
  private static let pieceLength = 8192

  /// Adds names of a table, each of which is listed once.
  ///
  /// - Complexity: O(bytes of the names)
  mutating func insert(_ ids: some RandomAccessCollection<NameID>, _ names: NameTable) {
    var rest = ids[...]
    while !rest.isEmpty {
      insert(rest.prefix(Self.pieceLength).map(names.stableHash), distinct: ids.count)
      rest = rest.dropFirst(Self.pieceLength)
    }
  }
}

extension NameTable {
  /// The hash of a name for `DistinctNames`.
  ///
  /// - Complexity: O(length)
  func stableHash(of id: NameID) -> UInt64 {
    withBytes(of: id) { StableHash.hash($0) }
  }
}
