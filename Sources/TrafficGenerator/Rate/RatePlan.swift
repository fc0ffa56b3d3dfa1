import AccessLog

/// The number of hits in each second. It is a pure function of the second, so any part of a log can be
/// generated on its own.
package struct RatePlan: Sendable {
  /// The hits of one second.
  package struct Load: Equatable, Sendable {
    /// The number of ordinary hits.
    package var base: Int
    /// The number of hits that a surge adds.
    package var surge: Int

    /// The number of all hits.
    package var hits: Int { base + surge }
  }

  /// Consecutive seconds with the same number of hits.
  package struct Segment: Equatable, Sendable {
    /// The number of seconds.
    package var seconds: Int64
    /// The number of hits in each second.
    package var hits: Int
  }

  private enum Shape: Sendable {
    case steady(rate: Double)
    case uneven(rate: Double, surges: [Surge], seed: UInt64)
    case waves(scale: Double, seed: UInt64)
    /// After the last segment there are no hits.
    case segments([Segment])
  }

  private let shape: Shape
  /// The second that offsets are counted from.
  private let origin: EpochSecond

  /// A constant rate in hits a second. The first `n` seconds after the origin contain exactly
  /// `rate * n` hits, rounded down.
  package static func steady(rate: Double, origin: EpochSecond) -> RatePlan {
    RatePlan(shape: .steady(rate: min(max(0, rate), 1e9)), origin: origin)
  }

  /// A rate that varies from second to second, and surges on top of it.
  ///
  /// - Parameter rate: the mean in hits a second, which a second without a surge misses by up to 40 %.
  package static func uneven(
    rate: Double, surges: [Surge] = [], seed: UInt64, origin: EpochSecond
  ) -> RatePlan {
    RatePlan(
      shape: .uneven(rate: min(max(0, rate), 1e9), surges: surges, seed: seed), origin: origin)
  }

  /// An uneven base of about 5 hits a second and a surge every 200 seconds, all multiplied by `scale`.
  ///
  /// In three of four surges, the mean over 120 seconds rises above 10 times `scale` and falls below it
  /// again. With that threshold, the surge around the origin triggers an alert about 15 seconds after
  /// the origin, which recovers about 105 seconds after the origin.
  package static func waves(scale: Double = 1, seed: UInt64, origin: EpochSecond) -> RatePlan {
    RatePlan(shape: .waves(scale: min(max(0, scale), 1e8), seed: seed), origin: origin)
  }

  /// A number of segments, one after another from the origin on. There are no hits afterwards.
  package static func segments(_ segments: [Segment], origin: EpochSecond) -> RatePlan {
    RatePlan(shape: .segments(segments), origin: origin)
  }

  /// The hits of a second.
  package func load(at second: EpochSecond) -> Load {
    let offset = second.seconds(since: origin)
    return switch shape {
    case .steady(let rate): Load(base: Self.steady(rate, at: offset), surge: 0)
    case .uneven(let rate, let surges, let seed):
      Self.uneven(rate, surges, SplitMix64(seed: seed, second: offset), at: offset)
    case .waves(let scale, let seed): Wave(seed: seed).load(at: offset, scale: scale)
    case .segments(let segments): Self.load(of: segments, at: offset)
    }
  }

  private static func steady(_ rate: Double, at offset: Int64) -> Int {
    Int(clamping: whole(rate * (Double(offset) + 1)) - whole(rate * Double(offset)))
  }

  private static func uneven(
    _ rate: Double, _ surges: [Surge], _ random: SplitMix64, at offset: Int64
  ) -> Load {
    var random = random
    return Load(
      base: random.scattered(rate),
      surge: random.scattered(surges.reduce(0) { $0 + $1.mean(at: offset) }))
  }

  /// The value rounded down and clamped to the range of the arithmetic.
  private static func whole(_ value: Double) -> Int64 {
    let bounded = min(max(-4e18, value), 4e18)
    let truncated = Int64(bounded)
    return Double(truncated) > bounded ? truncated - 1 : truncated
  }

  private static func load(of segments: [Segment], at offset: Int64) -> Load {
    var remaining = offset
    for segment in segments where remaining >= 0 {
      if remaining < segment.seconds { return Load(base: segment.hits, surge: 0) }
      remaining -= segment.seconds
    }
    return Load(base: 0, surge: 0)
  }
}
