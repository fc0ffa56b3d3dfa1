import AccessLog

/// The hits of a name whose latency is in one bucket.
struct LatencyCount: Equatable, Sendable {
  var id: NameID
  var hits: UInt32
  /// See `LatencyScale`.
  var bucket: UInt16

  /// By name, then by bucket.
  var key: UInt64 {
    @inline(__always) get { UInt64(id.value) &<< 16 | UInt64(bucket) }
  }
}

extension [LatencyCount] {
  /// Orders the counts by name and bucket, and combines those of the same bucket. Equal hits make equal
  /// counts, however they were divided before.
  ///
  /// - Complexity: O(n)
  mutating func consolidate() {
    guard count > 1 else { return }
    let kept = withUnsafeMutableBufferPointer { counts in
      counts.sortByKey()
      return counts.combineEqual()
    }
    removeSubrange(kept...)
  }
}

/// The latencies of the hits of one second.
struct SecondLatencies: Sendable {
  /// The dimensions whose names have latencies of their own in reports and tables: all but clients.
  static func isKept(_ dimension: Dimension, _ ranked: DimensionSet) -> Bool {
    dimension == .section || (dimension != .client && ranked.contains(dimension))
  }

  /// The greatest latency in microseconds.
  var max = FactColumns.noLatency
  /// All hits that have a latency, under name 0.
  var all: [LatencyCount] = []
  /// The same by name, in the dimensions that are kept.
  var names: PerDimension<[LatencyCount]>

  init(_ ranked: DimensionSet) {
    names = PerDimension(ranked, repeating: [])
  }

  /// Adds a hit.
  mutating func add(_ hit: Hit, _ ranked: CountedFacts) {
    guard hit.latency >= 0 else { return }
    let bucket = add(hit.latency)
    hit.forEachName(ranked.others) { add(bucket, $1, $0, ranked) }
  }

  /// Adds a latency.
  ///
  /// - Returns: its bucket, which must be added for each name of the hit.
  @inline(__always)
  mutating func add(_ latency: Int64) -> UInt16 {
    max = Swift.max(max, latency)
    let bucket = LatencyScale.bucket(of: latency)
    all.append(LatencyCount(id: NameID(value: 0), hits: 1, bucket: bucket))
    return bucket
  }

  /// Adds the latency of a hit for one of its names.
  @inline(__always)
  mutating func add(
    _ bucket: UInt16, _ id: NameID, _ dimension: Dimension, _ ranked: CountedFacts
  ) {
    guard Self.isKept(dimension, ranked.all) else { return }
    names.modify(dimension) { $0.append(LatencyCount(id: id, hits: 1, bucket: bucket)) }
  }

  /// Adds the latencies of other hits.
  ///
  /// - Parameter newIDs: the local ID of each ID in `other`; `nil` if its IDs are local.
  mutating func add(_ other: SecondLatencies, renumbering newIDs: NameIDMap? = nil) {
    max = Swift.max(max, other.max)
    all += other.all
    Dimension.each(withOthers: other.names.hasOthers) { dimension in
      names.modify(dimension) { counts in
        let first = counts.count
        counts += other.names[dimension]
        guard let newIDs else { return }
        newIDs.with(dimension) { newIDs in
          for place in first..<counts.count { counts[place].id = newIDs[counts[place].id.index] }
        }
      }
    }
  }

  /// Combines counts. See `consolidate()` of the counts.
  mutating func consolidate() {
    all.consolidate()
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names.modify(dimension) { $0.consolidate() }
    }
  }

  /// The number of counts.
  var count: Int { names.reduce(all.count) { $0 + $1.count } }

  /// Replaces the name IDs.
  mutating func renumber(_ newIDs: NameIDMap) {
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names.modify(dimension) { counts in
        newIDs.with(dimension) { newIDs in
          for place in counts.indices { counts[place].id = newIDs[counts[place].id.index] }
        }
      }
    }
  }

  func markNames(_ marks: inout NameMarks) {
    Dimension.each(withOthers: names.hasOthers) { dimension in
      for count in names[dimension] { marks[dimension][count.id.index] = true }
    }
  }
}
