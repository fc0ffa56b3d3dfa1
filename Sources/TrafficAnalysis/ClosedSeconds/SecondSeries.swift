import AccessLog

/// The totals of each closed second over the last 24 hours. Copies share what neither has changed.
package struct SecondSeries: Equatable, Sendable {
  /// The number of seconds kept.
  package static let capacity: Int64 = 86_400
  /// Seconds kept beyond that, so that an hour can be compared with the same hour a day before.
  private static let reserve: Int64 = 3600
  /// Seconds per chunk. Copies share all chunks but those that have changed since.
  private static let chunkLength: Int64 = 1024

  /// The memory that a copy does not share for long, in bytes.
  static let footprint = Int(chunkLength) * MemoryLayout<CompactTotals>.stride
  /// The memory used for one second, in bytes.
  static let bytesPerSecond = MemoryLayout<CompactTotals>.stride

  /// The chunks by the number of their first second divided by the chunk length; the seconds of a
  /// chunk that is missing have no hits.
  private var chunks: [Int64: [CompactTotals]] = [:]
  /// The number of the first chunk that is not too old.
  private var oldestChunk = Int64.min
  /// The first second that was ever closed.
  package private(set) var first: EpochSecond?
  /// The last second that was closed.
  package private(set) var last: EpochSecond?

  /// A series without a second.
  package init() {}

  /// The seconds that are kept; `nil` if none is.
  package var kept: ClosedRange<EpochSecond>? {
    guard let first, let last else { return nil }
    return max(first, last.advanced(by: 1 - Self.capacity))...last
  }

  /// The totals of a second; `nil` if it is before the first, after the last, or no longer kept.
  package subscript(second: EpochSecond) -> SecondTotals? {
    guard let kept, kept.contains(second) else { return nil }
    let (chunk, place) = second.value.floored(by: Self.chunkLength)
    return chunks[chunk]?[Int(place)].totals ?? SecondTotals()
  }

  /// Calls the body with every second of `from ... to` that is kept, in order.
  ///
  /// - Complexity: O(requested seconds that are kept)
  package func forEach(
    from: EpochSecond, through to: EpochSecond, _ body: (EpochSecond, SecondTotals) -> Void
  ) {
    guard let kept else { return }
    let (start, end) = (max(from, kept.lowerBound), min(to, kept.upperBound))
    if start <= end { visit(start...end, body) }
  }

  private func visit(
    _ seconds: ClosedRange<EpochSecond>, _ body: (EpochSecond, SecondTotals) -> Void
  ) {
    var second = seconds.lowerBound
    let end = seconds.upperBound
    while second <= end {
      let (number, place) = second.value.floored(by: Self.chunkLength)
      let count = min(Self.chunkLength - place, end.seconds(since: second) + 1)
      let chunk = chunks[number]
      for step in 0..<count {
        body(second.advanced(by: step), chunk?[Int(place + step)].totals ?? SecondTotals())
      }
      second = second.advanced(by: count)
    }
  }

  /// The totals of the seconds in `from ... to` that are kept.
  ///
  /// - Complexity: O(requested seconds that are kept)
  package func total(from: EpochSecond, through to: EpochSecond) -> SecondTotals {
    var sum = SecondTotals()
    forEach(from: from, through: to) { sum += $1 }
    return sum
  }

  /// The hits of a span; `nil` unless all of its seconds are known. Those of the hour before the kept
  /// ones are known too.
  func hits(in span: SecondSpan) -> Int? {
    guard let first, let last, span.start < span.end, span.end <= last,
      span.start.advanced(by: 1) >= max(first, last.advanced(by: 1 - Self.capacity - Self.reserve))
    else { return nil }
    var sum = 0
    visit(span.start.advanced(by: 1)...span.end) { sum += $1.hits }
    return sum
  }

  /// Appends every second up to `second`; all but the last one have no hits.
  ///
  /// - Complexity: O(1), amortized
  package mutating func append(_ totals: SecondTotals, at second: EpochSecond) {
    if first == nil { first = second }
    last = second
    let (number, place) = second.value.floored(by: Self.chunkLength)
    if totals.hits > 0 {
      chunks[
        number, default: Array(repeating: CompactTotals(), count: Int(Self.chunkLength))][
          Int(place)] = CompactTotals(totals)
    }
    dropOldChunks(before: second)
  }

  /// Drops the chunks that are too old at a second: the same ones however that second was reached.
  private mutating func dropOldChunks(before second: EpochSecond) {
    let oldest = second.advanced(by: 1 - Self.capacity - Self.reserve).value
      .floored(by: Self.chunkLength).quotient
    guard oldest > oldestChunk else { return }
    oldestChunk = oldest
    chunks = chunks.filter { $0.key >= oldest }
  }
}
