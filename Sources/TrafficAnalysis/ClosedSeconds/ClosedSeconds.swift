import AccessLog

/// The figures of consecutive closed seconds with hits, stored in two arrays, so that a second
/// needs no allocation of its own.
struct ClosedSeconds: Sendable {
  /// The totals of a second, and the location of its name counts.
  struct Head: Sendable {
    var second: EpochSecond
    var traffic: Traffic
    var names: PerDimension<Names>
  }

  /// The names of one dimension in one second.
  struct Names: Sendable {
    /// The index of its first count among those of all seconds.
    var first: Int32
    var count: Int32
    /// The most hits of any name dropped from the second.
    var bound: Int
    /// The total length of the names in bytes.
    var bytes: Int32
    /// If names were dropped from the second, the index of all its names in `distinct`, plus one;
    /// otherwise 0.
    var distinct: Int32
  }

  private(set) var heads: [Head] = []
  /// The counts of all seconds, grouped by second and then by dimension.
  private var counts: [NameCount] = []
  /// The names of those few seconds from which names were dropped.
  private var distinct: [DistinctNames] = []

  /// The memory used, in bytes.
  var footprint: Int {
    heads.count * MemoryLayout<Head>.stride + counts.count * MemoryLayout<NameCount>.stride
      + distinct.reduce(0) { $0 + $1.footprint }
  }

  /// The number of name counts in all seconds.
  var countOfCounts: Int { counts.count }

  mutating func removeAll() {
    guard !heads.isEmpty else { return }
    heads.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    distinct.removeAll()
  }

  /// Adds a second.
  mutating func append(_ figures: SecondFigures) {
    let names = figures.names.map { names in
      let distinct = add(names.distinct)
      return add(bound: names.bound, distinct) {
        $0.append(contentsOf: names.counts)
        return names.bytes
      }
    }
    heads.append(Head(second: figures.second, traffic: figures.traffic, names: names))
  }

  /// Adds a second.
  ///
  /// - Parameter appendCounts: appends the counts of a dimension and returns the length of their names
  ///   in bytes.
  /// - Returns: its location.
  @inline(__always)
  mutating func append(
    at second: EpochSecond, _ traffic: Traffic,
    _ appendCounts: (Dimension, inout [NameCount]) -> Int
  ) -> HitLocation {
    let names = PerDimension<Names> { dimension in
      add(bound: 0, 0) { appendCounts(dimension, &$0) }
    }
    heads.append(Head(second: second, traffic: traffic, names: names))
    return .figures(Int32(heads.count - 1))
  }

  /// Adds a second of other figures.
  ///
  /// - Parameter newIDs: the local ID of each ID in `other`.
  mutating func append(_ other: ClosedSeconds, at index: Int, renumbering newIDs: NameIDMap) {
    var head = other.heads[index]
    Dimension.each { dimension in
      let names = head.names[dimension]
      let first = counts.count
      counts += other.counts[Int(names.first)..<Int(names.first + names.count)]
      newIDs.with(dimension) { newIDs in
        counts.withUnsafeMutableBufferPointer { counts in
          for place in first..<counts.count { counts[place].id = newIDs[counts[place].id.index] }
        }
      }
      head.names.modify(dimension) { $0.first = Int32(first) }
    }
    heads.append(head)
  }

  /// Calls the body with the counts of one second in a dimension.
  @inline(__always)
  func forEachCount(at index: Int, _ dimension: Dimension, _ body: (NameCount) -> Void) {
    let names = heads[index].names[dimension]
    counts.withUnsafeBufferPointer { counts in
      for place in Int(names.first)..<Int(names.first + names.count) { body(counts[place]) }
    }
  }

  /// Adds a second with each name once, counting its hits if they are still raw.
  mutating func append(_ second: SecondView, _ tables: NameTables) {
    let names = PerDimension<Names> { dimension in
      guard let counted = second.names(in: dimension) else {
        return count(second.rawHits, dimension, tables)
      }
      let distinct = add(second.distinctNames(in: dimension))
      return add(bound: counted.bound, distinct) {
        // There are mostly few: appending them one by one is cheaper than reserving capacity.
        for count in second.counts(in: dimension) { $0.append(count) }
        return Int(counted.bytes)
      }
    }
    heads.append(Head(second: second.second, traffic: second.traffic, names: names))
  }

  /// Counts the names of raw hits, of which there are few.
  ///
  /// - Complexity: O(hits²)
  private mutating func count(
    _ hits: UnsafeBufferPointer<Record>, _ dimension: Dimension, _ tables: NameTables
  ) -> Names {
    add(bound: 0, 0) { counts in
      let first = counts.count
      var bytes = 0
      for hit in hits {
        let id = hit.names[dimension]
        if let index = counts[first...].firstIndex(where: { $0.id == id }) {
          counts[index].add(status: hit.status, bytes: hit.bytes)
        } else {
          counts.append(NameCount(id: id, status: hit.status, bytes: hit.bytes))
          bytes += tables.with(dimension) { $0.length(of: id) }
        }
      }
      return bytes
    }
  }

  /// Adds the names of a second from which names were dropped.
  ///
  /// - Returns: the value of `Names.distinct`.
  @inline(__always)
  private mutating func add(_ names: DistinctNames?) -> Int32 {
    guard let names else { return 0 }
    distinct.append(names)
    return Int32(distinct.count)
  }

  /// Adds the names of one dimension.
  ///
  /// - Parameter appendCounts: appends their counts and returns their length in bytes.
  @inline(__always)
  private mutating func add(
    bound: Int, _ distinct: Int32, _ appendCounts: (inout [NameCount]) -> Int
  ) -> Names {
    let first = counts.count
    let bytes = appendCounts(&counts)
    return Names(
      first: Int32(first), count: Int32(counts.count - first), bound: bound, bytes: Int32(bytes),
      distinct: distinct)
  }

  /// Calls the body with a view of one second.
  @inline(__always)
  func withSecond<Result>(at index: Int, _ body: (SecondView) -> Result) -> Result {
    heads.withUnsafeBufferPointer { heads in
      counts.withUnsafeBufferPointer { counts in
        distinct.withUnsafeBufferPointer { distinct in
          precondition(index >= 0 && index < heads.count)
          return body(
            SecondView(head: heads.baseAddress! + index, counts: counts, distinct: distinct))
        }
      }
    }
  }
}

extension ClosedSeconds {
  /// Marks the names of one second.
  func markNames(_ marks: inout NameMarks, at index: Int) {
    withSecond(at: index) { second in
      Dimension.each { dimension in
        for count in second.counts(in: dimension) { marks[dimension][count.id.index] = true }
      }
    }
  }

  /// Replaces the name IDs of one second.
  mutating func renumber(_ newIDs: NameIDMap, at index: Int) {
    Dimension.each { dimension in
      let names = heads[index].names[dimension]
      for position in Int(names.first)..<Int(names.first + names.count) {
        counts[position].id = newIDs[dimension][counts[position].id.index]
      }
    }
  }
}
