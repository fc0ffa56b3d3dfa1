import AccessLog

extension RecentHits {
  /// The hits of a name in one second. Names may repeat in a second with few hits.
  struct Count: Sendable {
    var id: NameID
    var hits: UInt32
  }

  /// Consecutive seconds with hits. Copies of the value share a chunk until it changes.
  struct Chunk: Sendable {
    /// The greatest number of seconds.
    private static let length = 64
    /// A chunk that holds this part of all that is kept is not extended.
    private static let share = 16

    /// The end of the counts of a second. Unlike other values by dimension it holds no reference.
    private struct Ends: BitwiseCopyable {
      private var ends: InlineArray<3, Int32> = .init(repeating: 0)

      subscript(dimension: Dimension) -> Int32 {
        @inline(__always) get { ends[dimension.rawValue] }
        @inline(__always) set { ends[dimension.rawValue] = newValue }
      }
    }

    /// The memory that a second takes besides its counts, in bytes.
    static var secondStride: Int { MemoryLayout<EpochSecond>.stride + MemoryLayout<Ends>.stride }

    private(set) var seconds: [EpochSecond] = []
    private var ends: [Ends] = []
    var counts = PerDimension<[Count]>(repeating: [])
    /// The total length of the names in bytes, once per count.
    private var bytes = PerDimension(repeating: 0)
    /// Whether no second may be added.
    private(set) var isFull = false

    /// An empty chunk with room for as much as another holds.
    init(like other: Chunk?) {
      seconds.reserveCapacity(Self.length)
      ends.reserveCapacity(Self.length)
      guard let other else { return }
      Dimension.eachCommon { dimension in
        let count = other.counts.with(dimension) { $0.count }
        counts.modify(dimension) { $0.reserveCapacity(count) }
      }
    }

    /// The number of seconds up to one.
    func secondsThrough(_ second: EpochSecond) -> Int {
      seconds.partitionPoint { $0 > second }
    }

    /// The counts of a dimension in some of the seconds.
    func counts(_ dimension: Dimension, of places: Range<Int>) -> ArraySlice<Count> {
      let first = places.lowerBound == 0 ? 0 : Int(ends[places.lowerBound - 1][dimension])
      let end = places.upperBound == 0 ? 0 : Int(ends[places.upperBound - 1][dimension])
      return counts[dimension][first..<end]
    }
  }
}

extension RecentHits.Chunk {
  mutating func append(_ second: SecondView, _ tables: NameTables) {
    seconds.append(second.second)
    var ends = Ends()
    isFull = seconds.count >= Self.length
    Dimension.eachCommon { dimension in
      let (count, added) = counts.modify(dimension) { counts in
        let added = tables.with(dimension) { Self.append(second, dimension, to: &counts, $0) }
        return (counts.count, added)
      }
      ends[dimension] = Int32(count)
      let length = bytes.modify(dimension) { bytes in
        bytes &+= added
        return bytes
      }
      isFull = isFull || isFull(count, length)
    }
    self.ends.append(ends)
  }

  /// Appends the first seconds of a run.
  ///
  /// - Returns: their number, at least 1.
  mutating func append(_ run: SecondRun, _ tables: NameTables) -> Int {
    let run = run.prefix(Self.length - seconds.count)
    let hits = run.hits
    var isSmall = true
    var added = PerDimension(repeating: 0)
    Dimension.eachCommon { dimension in
      let length = tables.with(dimension) { names in
        var length = bytes[dimension]
        for hit in hits { length &+= names.length(of: hit.names[dimension]) }
        return length
      }
      added.modify(dimension) { $0 = length }
      isSmall = isSmall && !isFull(counts.with(dimension) { $0.count } + hits.count, length)
    }
    // Otherwise the chunk may be full before the end of the run.
    guard isSmall else {
      append(run[0], tables)
      return 1
    }
    var ends = self.ends.last ?? Ends()
    var second = run.first
    for place in 0..<run.count {
      seconds.append(second)
      let added = Int32(truncatingIfNeeded: run.hits(at: place))
      Dimension.eachCommon { ends[$0] &+= added }
      self.ends.append(ends)
      second = second.advanced(by: 1)
    }
    bytes = added
    withUnsafeTemporaryAllocation(of: RecentHits.Count.self, capacity: hits.count) { new in
      Dimension.eachCommon { dimension in
        for (place, hit) in hits.enumerated() {
          new.initializeElement(at: place, to: RecentHits.Count(id: hit.names[dimension], hits: 1))
        }
        counts.modify(dimension) { $0.append(contentsOf: UnsafeBufferPointer(new)) }
      }
    }
    isFull = seconds.count >= Self.length
    return run.count
  }

  /// Whether a chunk with so many counts of a dimension, with names of so many bytes, is full.
  private func isFull(_ counts: Int, _ bytes: Int) -> Bool {
    counts > RecentHits.capacity / Self.share || bytes > RecentHits.nameByteCapacity / Self.share
  }

  /// - Returns: the length of the added names in bytes.
  @inline(__always)
  private static func append(
    _ second: SecondView, _ dimension: Dimension, to counts: inout [RecentHits.Count],
    _ names: borrowing NameTable
  ) -> Int {
    if let counted = second.names(in: dimension) {
      counts.append(
        contentsOf: second.counts(in: dimension).lazy.map {
          RecentHits.Count(id: $0.id, hits: $0.hits)
        })
      return Int(counted.bytes)
    }
    var bytes = 0
    for hit in second.rawHits {
      let id = hit.names[dimension]
      counts.append(RecentHits.Count(id: id, hits: 1))
      bytes &+= names.length(of: id)
    }
    return bytes
  }
}
