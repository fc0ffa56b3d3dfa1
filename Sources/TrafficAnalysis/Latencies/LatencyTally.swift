import AccessLog

/// The latencies of the hits of many seconds.
struct LatencyTally: Sendable {
  /// The greatest latency in microseconds.
  private var max = FactColumns.noLatency
  /// All hits that have a latency, under name 0.
  private var all = LatencyList()
  private var names: PerDimension<LatencyList>

  init(_ ranked: DimensionSet) {
    names = PerDimension(ranked, repeating: LatencyList())
  }

  /// An empty tally of the same dimensions.
  init(like dimensions: PerDimension<Bool>) {
    names = PerDimension(withOthers: dimensions.hasOthers) { _ in LatencyList() }
  }

  /// Whether no hit has a latency.
  var isEmpty: Bool { max < 0 }

  /// The memory used, in bytes.
  var footprint: Int { names.reduce(all.footprint) { $0 + $1.footprint } }

  /// Adds the latencies of a second.
  ///
  /// - Parameter dimensions: those whose names are needed; `nil` for all that are kept.
  /// - Complexity: O(n log n) in the counts of the second, amortized
  mutating func add(
    _ second: SecondLatencies, of dimensions: PerDimension<Bool>? = nil, _ tables: NameTables
  ) {
    max = Swift.max(max, second.max)
    all.add(second.all, tables[.section])
    Dimension.each(withOthers: names.hasOthers) { dimension in
      let counts = second.names[dimension]
      guard !counts.isEmpty, dimensions?[dimension] ?? true else { return }
      names.modify(dimension) { list in
        tables.with(dimension) { list.add(counts, $0) }
      }
    }
  }

  mutating func removeAll() {
    guard !isEmpty else { return }
    max = FactColumns.noLatency
    all.removeAll()
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names.modify(dimension) { $0.removeAll() }
    }
  }

  /// The figures of all hits; `nil` if none has a latency.
  ///
  /// - Complexity: O(n log n) in the counts added since the last call
  var figures: LatencyFigures? {
    guard !isEmpty else { return nil }
    let buckets = all.buckets(of: [NameID(value: 0)])[0]
    let values = buckets.values(at: [0.5, 0.95, 0.99], atMost: max)
    return LatencyFigures(
      count: buckets.hits, p50: values[0], p95: values[1], p99: values[2], max: max)
  }

  /// The 95th percentiles of some names, in microseconds; `nil` for a name that has no latency, or
  /// whose latencies were dropped because there were too many names.
  ///
  /// - Complexity: O(counts of the dimension)
  func percentiles95(of ids: [NameID], in dimension: Dimension) -> [Double?] {
    guard !isEmpty, names.hasOthers || dimension.isCommon else {
      return ids.map { _ in nil }
    }
    return names.with(dimension) { list in
      list.buckets(of: ids).map { buckets in
        buckets.hits > 0 ? buckets.values(at: [0.95], atMost: max)[0] : nil
      }
    }
  }

  /// Fills in the 95th percentile of each name.
  func addPercentiles(to rows: inout [RankedName], _ dimension: Dimension, _ tables: NameTables) {
    let ids = rows.map { row in tables.with(dimension) { $0.id(of: row.name) } }
    let known = ids.compactMap { $0 }
    var percentiles = percentiles95(of: known, in: dimension).makeIterator()
    for index in rows.indices where ids[index] != nil {
      rows[index].p95 = percentiles.next() ?? nil
    }
  }

  // MARK: - Names

  func markNames(_ marks: inout NameMarks) {
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names.with(dimension) { $0.markNames(&marks[dimension]) }
    }
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    Dimension.each(withOthers: names.hasOthers) { dimension in
      names.modify(dimension) { list in newIDs.with(dimension) { list.renumber($0) } }
    }
  }
}

/// The hits of one name, or of all, by bucket.
struct LatencyBuckets {
  private var counts: [LatencyCount] = []
  private(set) var hits = 0

  mutating func add(_ count: LatencyCount) {
    counts.append(count)
    hits += Int(count.hits)
  }

  /// For each share, the least latency that so many of all hits do not exceed, in microseconds.
  ///
  /// - Parameters:
  ///   - shares: ascending.
  ///   - limit: the greatest latency of any hit.
  /// - Complexity: O(n)
  func values(at shares: [Double], atMost limit: Int64) -> [Double] {
    var sorted = counts
    sorted.consolidate()
    var next = 0
    var sum = 0
    return shares.map { share in
      let rank = Swift.max(1, Int((share * Double(hits)).rounded(.up)))
      while next < sorted.count, sum + Int(sorted[next].hits) < rank {
        sum += Int(sorted[next].hits)
        next += 1
      }
      guard next < sorted.count else { return Double(limit) }
      return min(LatencyScale.value(of: sorted[next].bucket), Double(limit))
    }
  }
}
