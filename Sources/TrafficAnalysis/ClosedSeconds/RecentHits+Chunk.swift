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

    private(set) var seconds: [EpochSecond] = []
    /// For each second, the end of its counts.
    private var ends: [PerDimension<Int32>] = []
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
      Dimension.eachCommon { counts[$0].reserveCapacity(other.counts[$0].count) }
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
    var ends = PerDimension<Int32>(repeating: 0)
    isFull = seconds.count >= Self.length
    Dimension.eachCommon { dimension in
      let (count, added) = counts.modify(dimension) { counts in
        let added = tables.with(dimension) { Self.append(second, dimension, to: &counts, $0) }
        return (counts.count, added)
      }
      ends.modify(dimension) { $0 = Int32(count) }
      let length = bytes.modify(dimension) { bytes in
        bytes &+= added
        return bytes
      }
      isFull =
        isFull || count > RecentHits.capacity / Self.share
        || length > RecentHits.nameByteCapacity / Self.share
    }
    self.ends.append(ends)
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
