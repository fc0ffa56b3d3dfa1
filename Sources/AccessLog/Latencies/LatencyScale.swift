import Glibc

/// Divides latencies into buckets whose bounds grow by a constant factor, so that the value that
/// stands for a bucket differs from every latency in it by at most `relativeError`.
///
/// The buckets are those of DDSketch (Masson, Rim and Lee, 2019). Counts by bucket can be added in any
/// order and grouping. Latencies are in whole microseconds.
package enum LatencyScale {
  /// The most by which the value of a bucket may differ from a latency in it, as a fraction.
  package static let relativeError = 0.008
  /// The longest latency that is told from a longer one: more than 30 years.
  package static let greatest: Int64 = 1_000_000_000_000_000
  /// The factor from the upper bound of a bucket to that of the next.
  private static let growth = 1 + relativeError
  private static let inverseLog = 1 / log(growth)

  /// The bucket of a latency, which must not be negative. Bucket 0 is for 0; bucket `k` holds the
  /// latencies above `growth^(k-2)` up to `growth^(k-1)`.
  ///
  /// - Complexity: O(1)
  package static func bucket(of microseconds: Int64) -> UInt16 {
    guard microseconds > 0 else { return 0 }
    return UInt16(1 + (log(Double(microseconds)) * inverseLog).rounded(.up))
  }

  /// The bucket of the longest latency.
  static let lastBucket = Int(bucket(of: greatest))

  /// The latency that stands for a bucket, in microseconds: of the numbers in it one with the fewest
  /// significant digits, since logs often have whole milliseconds; if that takes more than three, the
  /// middle.
  package static func value(of bucket: UInt16) -> Double {
    guard bucket > 0 else { return 0 }
    let upper = pow(growth, Double(bucket - 1))
    let lower = upper / growth
    let middle = (lower + upper) / 2
    let magnitude = pow(10, log10(upper).rounded(.down))
    for step in [magnitude, magnitude / 10, magnitude / 100] {
      let nearest = (middle / step).rounded() * step
      for candidate in [nearest, nearest - step, nearest + step]
      where candidate > lower && candidate <= upper * (1 + 1e-12) {
        return candidate
      }
    }
    return middle
  }
}
