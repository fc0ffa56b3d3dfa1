import AccessLog

/// The hits of each closed second over the last 24 hours. Cheap to copy until it changes.
package struct SecondSeries: Equatable, Sendable {
  /// The number of seconds kept.
  package static let capacity: Int64 = 86_400

  /// The memory used, in bytes.
  static let footprint = Int(capacity) * MemoryLayout<UInt32>.stride

  /// Indexed by the second modulo the capacity.
  private var ring: [UInt32] = []
  /// The first second that was ever closed.
  package private(set) var first: EpochSecond?
  /// The last second that was closed.
  package private(set) var last: EpochSecond?

  /// A series without a second.
  package init() {}

  /// The hits in a second; `nil` if it is before the first, after the last, or no longer kept.
  package subscript(second: EpochSecond) -> Int? {
    guard let first, let last, second >= first, second <= last,
      last.seconds(since: second) < Self.capacity
    else { return nil }
    return Int(ring[Self.slot(second)])
  }

  /// The total hits of the seconds in `from ... to` that are kept.
  ///
  /// - Complexity: O(requested seconds that are kept)
  package func total(from: EpochSecond, through to: EpochSecond) -> Int {
    guard let first, let last else { return 0 }
    let oldest = max(first, last.advanced(by: 1 - Self.capacity))
    var second = max(from, oldest)
    var sum = 0
    while second <= min(to, last) {
      sum += Int(ring[Self.slot(second)])
      second = second.advanced(by: 1)
    }
    return sum
  }

  /// Appends every second up to `second`; all but the last one have no hits.
  ///
  /// - Complexity: O(skipped seconds), at most O(capacity)
  package mutating func append(hits: Int, at second: EpochSecond) {
    if ring.isEmpty { ring = [UInt32](repeating: 0, count: Int(Self.capacity)) }
    if let last {
      clear(after: last, before: second)
    } else {
      first = second
    }
    ring[Self.slot(second)] = UInt32(clamping: hits)
    last = second
  }

  private mutating func clear(after last: EpochSecond, before second: EpochSecond) {
    guard second.seconds(since: last) < Self.capacity else {
      ring = [UInt32](repeating: 0, count: Int(Self.capacity))
      return
    }
    var empty = last.advanced(by: 1)
    while empty < second {
      ring[Self.slot(empty)] = 0
      empty = empty.advanced(by: 1)
    }
  }

  private static func slot(_ second: EpochSecond) -> Int {
    Int(second.value.floored(by: capacity).remainder)
  }
}
