import AccessLog

/// The totals and name counts of one second.
struct SecondFigures: Sendable {
  let second: EpochSecond
  var traffic = Traffic()
  var names = PerDimension(repeating: NameCounts())

  init(second: EpochSecond) {
    self.second = second
  }

  /// Combines the counts of each name, and drops the rarest names if there are too many.
  ///
  /// - Parameter namesRepeat: whether a name may have several counts.
  /// - Complexity: O(counts log counts)
  mutating func consolidate(_ tables: NameTables, namesRepeat: Bool = true) {
    guard namesRepeat || names.reduce(false, { $0 || $1.isOverfull }) else {
      return
    }
    Dimension.each { dimension in names[dimension].consolidate(tables[dimension]) }
  }

  /// Counts a hit that arrived after its second had closed.
  mutating func add(late hit: Hit, _ tables: NameTables) {
    traffic.add(hit)
    var isOverfull = false
    Dimension.each { dimension in
      let id = hit.names[dimension]
      names[dimension].counts.append(NameCount(id: id, status: hit.status, bytes: hit.bytes))
      names[dimension].bytes += tables[dimension].length(of: id)
      if names[dimension].counts.count > 4 * NameRanking.capacity
        || names[dimension].bytes > 4 * NameRanking.byteCapacity
      {
        isOverfull = true
      }
    }
    if isOverfull { consolidate(tables) }
  }
}

/// The name counts of one dimension in one second.
struct NameCounts: Sendable {
  /// A name may have several counts until `consolidate` combines them.
  var counts: [NameCount] = []
  /// The total length of the names in bytes, once per count.
  var bytes = 0
  /// The most hits that may be missing from any name because of dropped names.
  var bound = 0

  /// Adds other counts; a name may have several counts afterwards.
  ///
  /// - Parameter newIDs: the local ID of each ID in `other`.
  mutating func append(_ other: NameCounts, renaming newIDs: [NameID]) {
    for var count in other.counts {
      count.id = newIDs[count.id.index]
      counts.append(count)
    }
    bytes += other.bytes
    bound = bound.addingSaturated(other.bound)
  }

  fileprivate var isOverfull: Bool {
    counts.count > NameRanking.capacity || bytes > NameRanking.byteCapacity
  }

  /// Combines the counts of each name, and drops the rarest names if there are too many.
  fileprivate mutating func consolidate(_ names: NameTable) {
    guard !counts.isEmpty else { return }
    counts.sort { $0.id.value < $1.id.value }
    var last = 0
    for index in 1..<counts.count {
      if counts[index].id == counts[last].id {
        counts[last].add(counts[index])
        bytes -= names.length(of: counts[index].id)
      } else {
        last += 1
        counts[last] = counts[index]
      }
    }
    counts.removeSubrange((last + 1)...)
    guard isOverfull else { return }
    counts.sort {
      $0.hits != $1.hits ? $0.hits > $1.hits : names.isBefore($0.id, $1.id)
    }
    let kept = names.fitting(counts.lazy.map(\.id))
    bytes = kept.bytes
    guard kept.count < counts.count else { return }
    bound = bound.addingSaturated(Int(counts[kept.count].hits))
    counts.removeSubrange(kept.count...)
  }
}
