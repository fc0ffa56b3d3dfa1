/// What records hold besides their own fields, in rows that belong to the records in order: names in
/// the dimensions that a run ranks besides the common ones, latencies, and which conditions hold.
///
/// Most runs want none of them: then there are no rows, and a record costs no more for them.
@frozen public struct FactColumns: ~Copyable, @unchecked Sendable {
  /// What stands for a latency that a line does not give.
  @inlinable public static var noLatency: Int64 { -1 }

  /// The dimensions of the names of a row, in their order.
  public let dimensions: [Dimension]
  /// The names of all rows.
  @usableFromInline var names = GrowingBuffer<NameID>()
  /// The latencies of the rows from the first on, in microseconds. No longer than the last row that
  /// has one.
  @usableFromInline var latencies = GrowingBuffer<Int64>()
  /// Which conditions the records satisfy, a bit for each condition, so many words for each row.
  private var matches = GrowingBuffer<UInt64>()
  private let matchWidth: Int

  /// - Parameter wanted: what rows hold; the common dimensions are not among those of a row.
  package init(_ wanted: WantedFacts = WantedFacts()) {
    dimensions = wanted.dimensions.subtracting(.common).dimensions
    matchWidth = wanted.matchWidth
  }

  /// Whether rows hold the same as those of another one.
  func isAlike(_ other: borrowing FactColumns) -> Bool {
    dimensions == other.dimensions && matchWidth == other.matchWidth
  }

  /// Whether there is nothing in any row.
  package var isEmpty: Bool { names.count == 0 && latencies.count == 0 && matchWidth == 0 }
  /// Whether any record has a latency.
  package var hasLatencies: Bool { latencies.count > 0 }

  /// The names of all records, row by row.
  package var allNames: UnsafeBufferPointer<NameID> {
    UnsafeBufferPointer(start: names.start, count: names.count)
  }

  /// The names of the record at an index, in the order of `dimensions`.
  @inlinable @inline(__always)
  public func names(at index: Int) -> UnsafeBufferPointer<NameID> {
    let first = index &* dimensions.count
    guard first &+ dimensions.count <= names.count else {
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    return UnsafeBufferPointer(start: names.start + first, count: dimensions.count)
  }

  /// The latency of the record at an index, in microseconds; negative if its line gives none.
  @inlinable @inline(__always)
  public func latency(at index: Int) -> Int64 {
    index < latencies.count ? latencies.start[index] : Self.noLatency
  }

  /// Which conditions the record at an index satisfies.
  package func matches(at index: Int) -> Matches {
    let first = index * matchWidth
    guard first + matchWidth <= matches.count else { return Matches() }
    return Matches(UnsafeBufferPointer(start: matches.start + first, count: matchWidth))
  }

  /// Appends the next word of a row that says which conditions its record satisfies.
  mutating func append(matches word: UInt64) { matches.append(word) }

  /// Appends the next name of a row.
  @inlinable @inline(__always)
  mutating func append(_ name: NameID) { names.append(name) }

  /// Sets the latency of the record at an index, which follows all that have one.
  @inlinable @inline(__always)
  mutating func setLatency(_ latency: Int64, at index: Int) {
    while latencies.count < index { latencies.append(Self.noLatency) }
    latencies.append(latency)
  }

  /// Removes all rows but keeps the memory.
  package mutating func removeAll() {
    names.count = 0
    latencies.count = 0
    matches.count = 0
  }

  /// Removes what belongs to the records from an index on.
  mutating func removeRows(from index: Int) {
    names.count = min(names.count, index * dimensions.count)
    latencies.count = min(latencies.count, index)
    matches.count = min(matches.count, index * matchWidth)
  }
}

/// An array that grows. Appending costs no check of who else holds it, since it has a single owner.
@frozen public struct GrowingBuffer<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var start: UnsafeMutablePointer<Element>
  @usableFromInline var capacity = 0
  @usableFromInline var count = 0

  @usableFromInline init() {
    start = .allocate(capacity: 0)
  }

  deinit { start.deallocate() }

  @inlinable @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow() }
    (start + count).initialize(to: element)
    count &+= 1
  }

  @usableFromInline mutating func grow() {
    let grownCapacity = max(1024, 2 * capacity)
    let grown = UnsafeMutablePointer<Element>.allocate(capacity: grownCapacity)
    grown.moveInitialize(from: start, count: count)
    start.deallocate()
    start = grown
    capacity = grownCapacity
  }
}
