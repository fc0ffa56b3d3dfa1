import AccessLog

/// An open second with many hits.
///
/// Below `NameRanking.capacity` names, a name may have several counts. Above it the second has an
/// index of its own and counts each name once. At twice that number the rarest names are dropped:
/// when that happens depends on the order of the records alone.
struct BusySecond: Sendable {
  /// The number of names, and their length in bytes, above which the rarest are dropped.
  static let capacity = 2 * NameRanking.capacity
  static let byteCapacity = 2 * NameRanking.byteCapacity

  var figures: SecondFigures
  /// Identifies this second among all there have been; 0 is never used.
  var serial: UInt32
  /// Whether hits have alternated with other seconds, so that a name may have several counts.
  var isMixed = false
  /// Whether there are counts that are not found by the name.
  var hasUnindexedCounts = false
  /// For each name ID, the index of its count plus one; 0 if it has none.
  private var index: PerDimension<[UInt32]>?

  init(_ second: EpochSecond, serial: UInt32, _ ranked: DimensionSet = []) {
    figures = SecondFigures(second: second, ranked)
    self.serial = serial
  }

  /// Whether it has an index of its own.
  var hasIndex: Bool {
    @inline(__always) get { index != nil }
  }
  var hasRepeats: Bool { isMixed && index == nil }

  /// The memory used by the index, in bytes.
  var footprint: Int {
    (index?.reduce(0) { $0 + $1.count } ?? 0) * MemoryLayout<UInt32>.stride
  }

  /// Makes an index if there are many names. No name may have several counts.
  mutating func makeIndexIfLarge() {
    let isLarge = figures.names.reduce(false) {
      $0 || $1.counts.count > NameRanking.capacity / 2 || $1.bytes > NameRanking.byteCapacity / 2
    }
    if isLarge { makeIndex() }
  }

  private mutating func makeIndex() {
    index = PerDimension(withOthers: figures.names.hasOthers) { dimension in
      let counts = figures.names[dimension].counts
      let greatest = counts.reduce(-1) { max($0, $1.id.index) }
      var index = [UInt32](repeating: 0, count: greatest + 1)
      for (place, count) in counts.enumerated() { index[count.id.index] = UInt32(place + 1) }
      return index
    }
  }

  /// Counts a hit by means of the index.
  mutating func addIndexed(_ hit: Hit, _ names: NameTables, _ ranked: CountedFacts) {
    var isOverfull = false
    let record = hit.record
    hit.forEachName(ranked.others) { dimension, id in
      let count = NameCount(id: id, status: record.status, bytes: record.bytes)
      names.with(dimension) { addIndexed(count, dimension, $0) }
      if figures.names[dimension].exceeds(Self.capacity, Self.byteCapacity) { isOverfull = true }
    }
    guard isOverfull else { return }
    Dimension.each(withOthers: figures.names.hasOthers) { dimension in
      figures.names.modify(dimension) { counts in
        guard counts.exceeds(Self.capacity, Self.byteCapacity) else { return }
        names.with(dimension) { counts.dropRarest($0) }
      }
    }
    makeIndex()
  }

  /// Adds a count: by means of the index, or as another one of its name.
  @inline(__always)
  mutating func add(_ count: NameCount, _ dimension: Dimension, _ names: borrowing NameTable) {
    if hasIndex {
      addIndexed(count, dimension, names)
    } else {
      figures.names.modify(dimension) { $0.counts.append(count) }
    }
  }

  /// Adds a count by means of the index.
  @inline(__always)
  mutating func addIndexed(
    _ count: NameCount, _ dimension: Dimension, _ names: borrowing NameTable
  ) {
    let length = names.length(of: count.id)
    index?.modify(dimension) { index in
      if index.count <= count.id.index {
        index.append(
          contentsOf: repeatElement(
            0, count: count.id.index + count.id.index / 4 + 1024 - index.count))
      }
      figures.names.modify(dimension) { names in
        let place = Int(index[count.id.index])
        if place > 0 {
          names.counts[place - 1].add(count)
        } else {
          names.counts.append(count)
          names.bytes += length
          index[count.id.index] = UInt32(names.counts.count)
        }
      }
    }
  }

  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: NameIDMap) {
    figures.renumber(newIDs)
    if hasIndex { makeIndex() } else { hasUnindexedCounts = true }
  }
}
