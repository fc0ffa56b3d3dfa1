import AccessLog

/// The figures of some seconds with a hit, one behind the other in memory of their own, so that a
/// second costs no allocation.
struct ClosedSeconds: Sendable {
  /// A second, and where its names lie among those of all.
  struct Head: Sendable {
    var second: EpochSecond
    var traffic: Traffic
    var names: PerDimension<Names>
  }

  /// The names of one dimension in one second.
  struct Names: Sendable {
    /// Where its counts lie among those of all seconds.
    var first: Int32
    var count: Int32
    /// No name that was dropped from this second had more hits.
    var bound: Int
    /// Bytes of the names.
    var bytes: Int
  }

  private(set) var heads: [Head] = []
  /// Second by second, and in each dimension by dimension.
  private var counts: [NameCount] = []

  /// The memory that it takes, in bytes.
  var footprint: Int {
    heads.count * MemoryLayout<Head>.stride + counts.count * MemoryLayout<NameCount>.stride
  }

  mutating func removeAll() {
    guard !heads.isEmpty else { return }
    heads.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
  }

  /// Adds a second.
  mutating func append(_ figures: SecondFigures) {
    let names = figures.names.map { names in
      add(bytes: names.bytes, bound: names.bound) { $0.append(contentsOf: names.counts) }
    }
    heads.append(Head(second: figures.second, traffic: figures.traffic, names: names))
  }

  /// Adds a second that lies elsewhere, each name once.
  mutating func append(_ second: SecondView, _ tables: NameTables) {
    let names = PerDimension<Names> { dimension in
      guard let counted = second.names(in: dimension) else {
        return count(second.rawHits, dimension, tables)
      }
      return add(bytes: counted.bytes, bound: counted.bound) {
        // Mostly few: one by one costs less than making room first.
        for count in second.counts(in: dimension) { $0.append(count) }
      }
    }
    heads.append(Head(second: second.second, traffic: second.traffic, names: names))
  }

  /// Counts the names of few hits.
  ///
  /// - Complexity: O(hits²)
  private mutating func count(
    _ hits: UnsafeBufferPointer<Hit>, _ dimension: Dimension, _ tables: NameTables
  ) -> Names {
    var bytes = 0
    var names = add(bytes: 0, bound: 0) { counts in
      let first = counts.count
      for hit in hits {
        let id = hit.names[dimension]
        if let index = counts[first...].firstIndex(where: { $0.id == id }) {
          counts[index].add(status: hit.status, bytes: hit.bytes)
        } else {
          counts.append(NameCount(id: id, status: hit.status, bytes: hit.bytes))
          bytes += tables.with(dimension) { $0.length(of: id) }
        }
      }
    }
    names.bytes = bytes
    return names
  }

  @inline(__always)
  private mutating func add(
    bytes: Int, bound: Int, _ appendCounts: (inout [NameCount]) -> Void
  ) -> Names {
    let first = counts.count
    appendCounts(&counts)
    return Names(
      first: Int32(first), count: Int32(counts.count - first), bound: bound, bytes: bytes)
  }

  /// Hands on one second where it lies.
  @inline(__always)
  func withSecond<Result>(at index: Int, _ body: (SecondView) -> Result) -> Result {
    heads.withUnsafeBufferPointer { heads in
      counts.withUnsafeBufferPointer { counts in
        precondition(index >= 0 && index < heads.count)
        return body(SecondView(head: heads.baseAddress! + index, counts: counts))
      }
    }
  }
}

extension ClosedSeconds {
  /// Marks the names of the second at a place.
  func markNames(_ marks: inout NameMarks, at index: Int) {
    withSecond(at: index) { second in
      Dimension.each { dimension in
        for count in second.counts(in: dimension) { marks[dimension][count.id.index] = true }
      }
    }
  }

  /// Takes over new newIDs for the names of the second at a place.
  mutating func renumber(_ newIDs: NameIDMap, at index: Int) {
    Dimension.each { dimension in
      let names = heads[index].names[dimension]
      for position in Int(names.first)..<Int(names.first + names.count) {
        counts[position].id = newIDs[dimension][counts[position].id.index]
      }
    }
  }
}
