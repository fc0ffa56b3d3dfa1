import AccessLog

/// The figures of consecutive closed seconds with hits, stored in a few arrays, so that a second
/// needs no allocation of its own.
struct ClosedSeconds: Sendable {
  /// The totals of a second, and the location of its name counts.
  struct Head: Sendable {
    var second: EpochSecond
    var traffic: Traffic
    /// The names in the common dimensions.
    var section: Names
    var client: Names
    var status: Names
    /// The index of the first of the names in other dimensions, plus one; 0 if there are none.
    var others: Int32 = 0
    /// The index of the details, plus one; 0 if there are none.
    var details: Int32 = 0
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
  /// The names of all seconds in the dimensions that are not common.
  private var others: [Names] = []
  /// The details of the seconds that have any.
  private var details: [SecondDetails] = []

  /// The memory used, in bytes.
  var footprint: Int {
    heads.count * MemoryLayout<Head>.stride + counts.count * MemoryLayout<NameCount>.stride
      + distinct.reduce(0) { $0 + $1.footprint }
      + others.count * MemoryLayout<Names>.stride + details.reduce(0) { $0 + $1.footprint }
  }

  /// The number of name counts in all seconds.
  var countOfCounts: Int { counts.count }

  mutating func removeAll() {
    guard !heads.isEmpty else { return }
    heads.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    distinct.removeAll()
    others.removeAll(keepingCapacity: true)
    details.removeAll()
  }

  /// Adds a second.
  mutating func append(_ figures: SecondFigures) {
    appendHead(
      at: figures.second, figures.traffic, hasOthers: figures.names.hasOthers, figures.details
    ) { closed, dimension in
      let names = figures.names[dimension]
      let distinct = closed.add(names.distinct)
      return closed.add(bound: names.bound, distinct) {
        $0.append(contentsOf: names.counts)
        return names.bytes
      }
    }
  }

  /// Adds a second whose names in each dimension a function adds.
  @inline(__always)
  private mutating func appendHead(
    at second: EpochSecond, _ traffic: Traffic, hasOthers: Bool, _ details: SecondDetails,
    _ names: (inout ClosedSeconds, Dimension) -> Names
  ) {
    var head = Head(
      second: second, traffic: traffic, section: names(&self, .section),
      client: names(&self, .client), status: names(&self, .status))
    if hasOthers {
      head.others = Int32(others.count + 1)
      for dimension in Dimension.allCases[Dimension.commonCount...] {
        let added = names(&self, dimension)
        others.append(added)
      }
    }
    if !details.isEmpty {
      self.details.append(details)
      head.details = Int32(self.details.count)
    }
    heads.append(head)
  }

  /// The location of the name counts of a second in a dimension.
  @inline(__always)
  func names(at index: Int, _ dimension: Dimension) -> Names {
    Self.names(of: heads[index], dimension) { others[$0] }
  }

  /// - Parameter other: the names at an index of `others`.
  @inline(__always)
  static func names(of head: Head, _ dimension: Dimension, _ other: (Int) -> Names) -> Names {
    switch dimension {
    case .section: return head.section
    case .client: return head.client
    case .status: return head.status
    default:
      guard head.others > 0 else {
        return Names(first: 0, count: 0, bound: 0, bytes: 0, distinct: 0)
      }
      return other(Int(head.others) - 1 + dimension.rawValue - Dimension.commonCount)
    }
  }

  /// The details of a second; `nil` if it has none.
  func details(at index: Int) -> SecondDetails? {
    heads[index].details > 0 ? details[Int(heads[index].details) - 1] : nil
  }

  /// Adds a second.
  ///
  /// - Parameters:
  ///   - hasOthers: whether there are names in dimensions that are not common.
  ///   - appendCounts: appends the counts of a dimension and returns the length of their names in bytes.
  /// - Returns: its location.
  @inline(__always)
  mutating func append(
    at second: EpochSecond, _ traffic: Traffic, hasOthers: Bool, _ details: SecondDetails,
    _ appendCounts: (Dimension, inout [NameCount]) -> Int
  ) -> HitLocation {
    appendHead(at: second, traffic, hasOthers: hasOthers, details) { closed, dimension in
      closed.add(bound: 0, 0) { appendCounts(dimension, &$0) }
    }
    return .figures(Int32(heads.count - 1))
  }

  /// Adds a second of other figures.
  ///
  /// - Parameter newIDs: the local ID of each ID in `other`.
  mutating func append(_ other: ClosedSeconds, at index: Int, renumbering newIDs: NameIDMap) {
    let head = other.heads[index]
    var details = other.details(at: index) ?? SecondDetails()
    details.renumber(newIDs)
    appendHead(at: head.second, head.traffic, hasOthers: head.others > 0, details) {
      closed, dimension in
      var names = other.names(at: index, dimension)
      let first = closed.counts.count
      closed.counts += other.counts[Int(names.first)..<Int(names.first + names.count)]
      newIDs.with(dimension) { newIDs in
        closed.counts.withUnsafeMutableBufferPointer { counts in
          for place in first..<counts.count { counts[place].id = newIDs[counts[place].id.index] }
        }
      }
      names.first = Int32(first)
      return names
    }
  }

  /// Calls the body with the counts of one second in a dimension.
  @inline(__always)
  func forEachCount(at index: Int, _ dimension: Dimension, _ body: (NameCount) -> Void) {
    let names = names(at: index, dimension)
    counts.withUnsafeBufferPointer { counts in
      for place in Int(names.first)..<Int(names.first + names.count) { body(counts[place]) }
    }
  }

  /// Adds a second with each name once, counting its hits if they are still raw.
  mutating func append(_ second: SecondView, _ tables: NameTables) {
    appendHead(
      at: second.second, second.traffic, hasOthers: second.hasOthers,
      SecondDetails(latencies: second.latencies)
    ) { closed, dimension in
      guard let counted = second.names(in: dimension) else {
        return closed.count(second.rawHits, dimension, tables)
      }
      let distinct = closed.add(second.distinctNames(in: dimension))
      return closed.add(bound: counted.bound, distinct) {
        // There are mostly few: appending them one by one is cheaper than reserving capacity.
        for count in second.counts(in: dimension) { $0.append(count) }
        return Int(counted.bytes)
      }
    }
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
          others.withUnsafeBufferPointer { others in
            details.withUnsafeBufferPointer { details in
              precondition(index >= 0 && index < heads.count)
              return body(
                SecondView(
                  head: heads.baseAddress! + index, counts: counts, distinct: distinct,
                  others: others, details: details))
            }
          }
        }
      }
    }
  }
}

extension ClosedSeconds {
  /// Marks the names of one second.
  func markNames(_ marks: inout NameMarks, at index: Int) {
    details(at: index)?.markNames(&marks)
    withSecond(at: index) { second in
      Dimension.each(withOthers: marks.hasOthers) { dimension in
        for count in second.counts(in: dimension) { marks[dimension][count.id.index] = true }
      }
    }
  }

  /// Replaces the name IDs of one second.
  mutating func renumber(_ newIDs: NameIDMap, at index: Int) {
    if heads[index].details > 0 { details[Int(heads[index].details) - 1].renumber(newIDs) }
    Dimension.each(withOthers: newIDs.hasOthers) { dimension in
      let names = names(at: index, dimension)
      for position in Int(names.first)..<Int(names.first + names.count) {
        counts[position].id = newIDs[dimension][counts[position].id.index]
      }
    }
  }
}
