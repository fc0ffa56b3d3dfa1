import AccessLog

/// The totals and name counts of one second.
struct SecondFigures: Sendable {
  let second: EpochSecond
  var traffic = Traffic()
  var names: PerDimension<NameCounts>
  var details = SecondDetails()

  /// - Parameter ranked: the dimensions in which its hits have names.
  init(second: EpochSecond, _ ranked: DimensionSet = []) {
    self.second = second
    names = PerDimension(ranked, repeating: NameCounts())
  }

  /// Combines the counts of each name, and drops the rarest names if there are too many.
  ///
  /// - Parameter namesRepeat: whether a name may have several counts.
  /// - Complexity: O(counts log counts)
  mutating func consolidate(_ tables: NameTables, namesRepeat: Bool = true) {
    details.consolidate()
    guard namesRepeat || names.reduce(false, { $0 || $1.isOverfull || $1.distinct != nil }) else {
      return
    }
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names[dimension].consolidate(tables[dimension])
    }
  }

  /// Drops the rarest names if there are too many. No name may have several counts.
  ///
  /// - Complexity: O(1), and O(counts log counts) where names are dropped
  mutating func dropRarestNames(_ tables: NameTables) {
    details.consolidate()
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names.modify(dimension) { counts in
        tables.with(dimension) { counts.dropRarestIfOverfull($0) }
      }
    }
  }

  /// Counts a hit that arrived after its second had closed.
  mutating func add(late hit: Hit, _ tables: NameTables, _ ranked: CountedFacts) {
    let record = hit.record
    traffic.add(record)
    addLatency(of: hit, ranked)
    var isOverfull = false
    hit.forEachName(ranked.others) { dimension, id in
      names[dimension].counts.append(NameCount(id: id, status: record.status, bytes: record.bytes))
      names[dimension].bytes += tables[dimension].length(of: id)
      if names[dimension].counts.count > 4 * NameRanking.capacity
        || names[dimension].bytes > 4 * NameRanking.byteCapacity
      {
        isOverfull = true
      }
    }
    if isOverfull { consolidate(tables) }
  }

  /// Adds other figures, whatever their second is. Names may repeat until `consolidate` combines them.
  mutating func add(_ other: SecondFigures) {
    traffic += other.traffic
    details.add(other.details)
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names.modify(dimension) { $0.append(other.names[dimension]) }
    }
  }

  /// Adds the latency of a hit, if it has one.
  @inline(__always)
  mutating func addLatency(of hit: Hit, _ ranked: CountedFacts) {
    guard hit.latency >= 0 else { return }
    if details.latencies == nil { details.latencies = SecondLatencies(ranked.all) }
    details.latencies?.add(hit, ranked)
  }

  /// Adds what rules count of a hit in time.
  @inline(__always)
  mutating func addMeasures(of hit: Hit, _ ranked: CountedFacts) {
    guard !ranked.measures.isEmpty else { return }
    if details.measures == nil { details.measures = SecondMeasures() }
    details.measures?.add(hit.record, hit.names, latency: hit.latency, hit.matches, ranked)
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
  /// All names, including dropped ones; `nil` if none was dropped. Once there is a value, it lacks the
  /// names that were added since the last `consolidate`.
  var distinct: DistinctNames?

  /// Adds other counts; a name may have several counts afterwards.
  ///
  /// - Parameter newIDs: the local ID of each ID in `other`; `nil` if its IDs are local.
  mutating func append(_ other: NameCounts, renaming newIDs: [NameID]? = nil) {
    let first = counts.count
    counts += other.counts
    if let newIDs {
      for place in first..<counts.count { counts[place].id = newIDs[counts[place].id.index] }
    }
    bytes += other.bytes
    bound = bound.addingSaturated(other.bound)
    if let names = other.distinct {
      distinct?.formUnion(names)
      if distinct == nil { distinct = names }
    }
  }

  /// Whether there are more names than a closed second keeps, given that each is listed once.
  var isOverfull: Bool { exceeds(NameRanking.capacity, NameRanking.byteCapacity) }

  @inline(__always)
  func exceeds(_ count: Int, _ byteCount: Int) -> Bool {
    counts.count > count || bytes > byteCount
  }

  /// Combines the counts of each name.
  ///
  /// - Parameter earlier: the index of the count of a name that was met before; `nil` for a name that
  ///   is met for the first time, which from now on has the given index.
  mutating func combineRepeats(
    _ names: borrowing NameTable, _ earlier: (NameID, Int) -> Int?
  ) {
    var kept = 0
    for index in counts.indices {
      let count = counts[index]
      if let place = earlier(count.id, kept) {
        counts[place].add(count)
        bytes -= names.length(of: count.id)
      } else {
        counts[kept] = count
        kept += 1
      }
    }
    counts.removeSubrange(kept...)
  }

  /// Combines the counts of each name, and drops the rarest names if there are too many.
  fileprivate mutating func consolidate(_ names: NameTable) {
    guard !counts.isEmpty else { return }
    counts.sort { $0.id.value < $1.id.value }
    var last = -1
    combineRepeats(names) { id, index in
      if last >= 0, id.value == UInt32(last >> 32) { return last & 0xFFFF_FFFF }
      last = Int(id.value) << 32 | index
      return nil
    }
    dropRarestIfOverfull(names)
  }

  /// Ends the second: drops the rarest names if there are too many. Each name must be listed once.
  mutating func dropRarestIfOverfull(_ names: borrowing NameTable) {
    if isOverfull {
      dropRarest(names)
    } else if distinct != nil {
      countDistinctNames(names)
    }
  }

  /// Drops the rarest names, so that no more are left than a closed second keeps.
  ///
  /// - Parameter limit: the greatest number of names that may be left besides.
  mutating func dropRarest(_ names: borrowing NameTable, limit: Int = .max) {
    countDistinctNames(names)
    sort(names)
    let kept = names.fitting(counts.lazy.map(\.id).prefix(limit))
    bytes = kept.bytes
    guard kept.count < counts.count else { return }
    bound = bound.addingSaturated(Int(counts[kept.count].hits))
    counts.removeSubrange(kept.count...)
  }

  /// Sorts the counts by hits, then bytewise by name.
  private mutating func sort(_ names: borrowing NameTable) {
    let names = copy names
    counts.sort {
      $0.hits != $1.hits ? $0.hits > $1.hits : names.isBefore($0.id, $1.id)
    }
  }

  /// Adds the names that are listed, each of them once, to the distinct ones.
  private mutating func countDistinctNames(_ names: borrowing NameTable) {
    distinct = distinct ?? DistinctNames()
    distinct?.insert(counts.lazy.map(\.id), copy names)
  }
}
