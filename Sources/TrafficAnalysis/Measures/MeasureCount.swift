import AccessLog

/// The hits of one name, or of all, that a measure counts in one second.
struct MeasureCount: Sendable {
  /// The index of the measure.
  var measure: UInt16
  /// The dimension of the key, by its raw value; 255 if the key is not the ID of a name.
  private let dimension: UInt8
  let detailKind: Measure.Detail
  /// The name; 0 if all hits count together.
  var key: UInt32
  /// The client, or the bucket of the latency.
  var detail: UInt32
  var hits: UInt32
  /// Those of the hits that satisfy the condition of the part.
  var part: UInt32
  /// Response bytes of the hits. Saturates at 2^63-1.
  var bytes: Int64

  init(
    _ measure: Int, _ subject: RuleDefinition.Subject?, key: UInt32, _ kind: Measure.Detail,
    detail: UInt32, isPart: Bool, bytes: Int64
  ) {
    self.measure = UInt16(truncatingIfNeeded: measure)
    dimension =
      if case .dimension(let dimension)? = subject {
        UInt8(truncatingIfNeeded: dimension.rawValue)
      } else {
        .max
      }
    detailKind = kind
    self.key = key
    self.detail = detail
    hits = 1
    part = isPart ? 1 : 0
    self.bytes = bytes
  }

  /// What hits of the same name and detail count together.
  init(
    _ measure: Int, _ subject: RuleDefinition.Subject?, key: UInt32, _ kind: Measure.Detail,
    detail: UInt32 = 0, hits: UInt32, part: UInt32 = 0, bytes: Int64 = 0
  ) {
    self.init(
      measure, subject, key: key, kind, detail: detail, isPart: false, bytes: bytes)
    (self.hits, self.part) = (hits, part)
  }

  /// The dimension whose name the key is the ID of.
  private var keyDimension: Dimension? { Dimension(rawValue: Int(dimension)) }

  @inline(__always)
  fileprivate func isBefore(_ other: MeasureCount) -> Bool {
    if measure != other.measure { return measure < other.measure }
    if key != other.key { return key < other.key }
    return detail < other.detail
  }

  @inline(__always)
  fileprivate func isAlike(_ other: MeasureCount) -> Bool {
    measure == other.measure && key == other.key && detail == other.detail
  }

  @inline(__always)
  fileprivate mutating func add(_ other: MeasureCount) {
    hits = hits.addingSaturated(other.hits)
    part = part.addingSaturated(other.part)
    bytes = bytes.addingSaturated(other.bytes)
  }

  fileprivate func markNames(_ marks: inout NameMarks) {
    if let keyDimension { marks[keyDimension][Int(key)] = true }
    if detailKind == .client { marks[.client][Int(detail)] = true }
  }

  fileprivate mutating func renumber(_ newIDs: NameIDMap) {
    if let keyDimension { key = newIDs.with(keyDimension) { $0[Int(key)].value } }
    if detailKind == .client { detail = newIDs.with(.client) { $0[Int(detail)].value } }
  }
}

extension Measure {
  /// What it counts of a hit; `nil` if nothing.
  @inline(__always)
  fileprivate func count(
    of record: Record, _ names: some RandomAccessCollection<NameID>, latency: Int64,
    _ matches: Matches, index: Int, _ others: [Dimension]
  ) -> MeasureCount? {
    if let condition, !matches.contains(condition) { return nil }
    guard let key = key(of: record, names, others) else { return nil }
    var detailNumber: UInt32 = 0
    switch detail {
    case .nothing: break
    case .client: detailNumber = record.names.client.value
    case .latency:
      guard latency >= 0 else { return nil }
      detailNumber = UInt32(LatencyScale.bucket(of: latency))
    }
    return MeasureCount(
      index, subject, key: key, detail, detail: detailNumber,
      isPart: part.map(matches.contains) ?? false, bytes: record.bytes)
  }
}

/// What all measures count in one second.
struct SecondMeasures: Sendable {
  /// How many counts are added before those of the same name are combined.
  private static let pendingLimit = 1 << 16

  /// Ordered by measure, name and detail once it is consolidated.
  private(set) var counts: [MeasureCount] = []
  /// The number of counts at the beginning that are combined.
  private var combined = 0

  init() {}

  /// Counts a hit.
  ///
  /// - Parameters:
  ///   - names: its names in the dimensions that are not common.
  ///   - latency: in microseconds; negative if its line gives none.
  ///   - matches: the conditions that it satisfies.
  mutating func add(
    _ record: Record, _ names: some RandomAccessCollection<NameID>, latency: Int64,
    _ matches: Matches, _ facts: CountedFacts
  ) {
    for (index, measure) in facts.measures.enumerated() {
      let count = measure.count(
        of: record, names, latency: latency, matches, index: index, facts.others)
      if let count { counts.append(count) }
    }
    if counts.count - combined > combined + Self.pendingLimit { consolidate() }
  }

  /// Adds what hits count. It must be consolidated again.
  mutating func add(_ count: MeasureCount) { counts.append(count) }

  /// Counts the hits of a second.
  ///
  /// - Parameter columns: what the hits of the chunk hold besides their records.
  mutating func add(
    _ hits: ChunkHits, _ columns: borrowing FactColumns, _ facts: CountedFacts
  ) {
    for (number, measure) in facts.measures.enumerated() {
      var sum: MeasureCount?
      hits.visit { hit, index in
        guard
          let count = measure.count(
            of: hit, columns.names(at: index), latency: columns.latency(at: index),
            columns.matches(at: index), index: number, facts.others)
        else { return }
        // Hits that mostly have the same name need not be sorted.
        if sum?.isAlike(count) ?? false {
          sum?.add(count)
        } else {
          if let sum { counts.append(sum) }
          sum = count
        }
      }
      if let sum { counts.append(sum) }
    }
  }

  /// Adds what is counted of other hits of the second.
  ///
  /// - Parameter newIDs: the local ID of each ID in `other`; `nil` if its IDs are local.
  mutating func add(_ other: SecondMeasures, renumbering newIDs: NameIDMap? = nil) {
    let first = counts.count
    counts += other.counts
    if let newIDs {
      for place in first..<counts.count { counts[place].renumber(newIDs) }
    }
    if counts.count - combined > combined + Self.pendingLimit { consolidate() }
  }

  /// Combines the counts of each name. Equal hits make equal counts, however they were divided before.
  ///
  /// - Complexity: O(n log n)
  mutating func consolidate() {
    defer { combined = counts.count }
    guard counts.count > 1 else { return }
    counts.sort { $0.isBefore($1) }
    var kept = 0
    for index in counts.indices.dropFirst() {
      if counts[kept].isAlike(counts[index]) {
        counts[kept].add(counts[index])
      } else {
        kept += 1
        counts[kept] = counts[index]
      }
    }
    counts.removeSubrange((kept + 1)...)
  }

  /// What one measure counts, by name and detail. It must be consolidated.
  func counts(of measure: Int) -> ArraySlice<MeasureCount> {
    let first = counts.partitionPoint { Int($0.measure) >= measure }
    let end = counts.partitionPoint { Int($0.measure) > measure }
    return counts[first..<end]
  }

  func markNames(_ marks: inout NameMarks) {
    for count in counts { count.markNames(&marks) }
  }

  /// Replaces the name IDs. It must be consolidated again.
  mutating func renumber(_ newIDs: NameIDMap) {
    for place in counts.indices { counts[place].renumber(newIDs) }
    consolidate()
  }
}
