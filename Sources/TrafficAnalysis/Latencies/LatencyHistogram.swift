import AccessLog

/// The hits of a run by latency: how many took no longer than each of a few bounds.
///
/// The bounds are those of buckets of `LatencyScale` that are nearest to round values, so that each
/// number is exact although latencies are only known by bucket.
package struct LatencyHistogram: Equatable, Sendable {
  /// The round values, in microseconds.
  private static let roundBounds: [Int64] = [
    1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    5_000_000, 10_000_000, 30_000_000,
  ]

  /// The bounds, ascending, in microseconds.
  package static let bounds: [Int64] = limits.map(\.microseconds)

  /// The last bucket that each bound includes.
  private static let limits = roundBounds.map { limit(near: $0) }

  /// The hits by bucket, as far as there are any.
  private var hits: [Int] = []

  init() {}

  /// Adds the latencies of a second.
  ///
  /// - Complexity: O(counts of the second)
  mutating func add(_ second: SecondLatencies) {
    for count in second.all {
      let bucket = Int(count.bucket)
      if bucket >= hits.count {
        hits.append(contentsOf: repeatElement(0, count: bucket + 1 - hits.count))
      }
      hits[bucket] = hits[bucket].addingSaturated(Int(count.hits))
    }
  }

  /// Whether no hit has a latency.
  package var isEmpty: Bool { hits.isEmpty }

  /// The hits that have a latency.
  ///
  /// - Complexity: O(buckets), of which there are a few thousand
  package var count: Int { hits.reduce(0) { $0.addingSaturated($1) } }

  /// The sum of all latencies in microseconds, within `LatencyScale.relativeError`. It never decreases
  /// when hits are added.
  ///
  /// - Complexity: O(buckets)
  package var sum: Double {
    hits.indices.reduce(0) { sum, bucket in
      guard hits[bucket] > 0 else { return sum }
      return sum + Double(hits[bucket]) * LatencyScale.value(of: UInt16(bucket))
    }
  }

  /// For each bound, the hits that took no longer; exact.
  ///
  /// - Complexity: O(buckets)
  package var cumulativeHits: [Int] {
    var next = 0
    var sum = 0
    return Self.limits.map { limit in
      while next < hits.count, next <= limit.bucket {
        sum = sum.addingSaturated(hits[next])
        next += 1
      }
      return sum
    }
  }

  /// The bucket whose upper bound is nearest to a value, and that bound in whole microseconds.
  private static func limit(near value: Int64) -> (bucket: Int, microseconds: Int64) {
    let bucket = Int(LatencyScale.bucket(of: value))
    let (lower, upper) = (greatest(upTo: bucket - 1), greatest(upTo: bucket))
    return value - lower < upper - value ? (bucket - 1, lower) : (bucket, upper)
  }

  /// The greatest latency that is in a bucket, or in one before it, in microseconds.
  private static func greatest(upTo bucket: Int) -> Int64 {
    var inside: Int64 = 0
    var outside = LatencyScale.greatest
    while outside - inside > 1 {
      let middle = inside + (outside - inside) / 2
      if Int(LatencyScale.bucket(of: middle)) <= bucket {
        inside = middle
      } else {
        outside = middle
      }
    }
    return inside
  }
}
