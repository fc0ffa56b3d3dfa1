import AccessLog

/// How many hits fall into each second: a pure function of the second, so that any stretch of it can
/// be made alone.
package struct RatePlan: Sendable {
  /// The hits of one second.
  package struct Load: Equatable, Sendable {
    /// Ordinary traffic.
    package var base: Int
    /// What a surge adds to it.
    package var surge: Int

    package var hits: Int { base + surge }
  }

  /// A stretch of seconds with the same number of hits in each.
  package struct Stretch: Equatable, Sendable {
    package var seconds: Int64
    package var hits: Int
  }

  private enum Shape: Sendable {
    case steady(rate: Double)
    case waves(scale: Double, seed: UInt64)
    /// Nothing after the last one.
    case stretches([Stretch])
  }

  private let shape: Shape
  /// The second that the plan counts from.
  private let origin: EpochSecond

  /// The same rate all the time; over any whole number of seconds `n` from the origin exactly
  /// `rate * n` hits, rounded down.
  package static func steady(rate: Double, origin: EpochSecond) -> RatePlan {
    RatePlan(shape: .steady(rate: min(max(0, rate), 1e9)), origin: origin)
  }

  /// An uneven base of some 5 hits a second times `scale`, and on top of it a surge every 200
  /// seconds. Over 120 seconds the mean rises above 10 times `scale` and falls below it again, but
  /// in every fourth wave, which is a small one. The wave at the origin trips an alert about 15
  /// seconds after it, which clears about 105 seconds after it.
  package static func waves(scale: Double = 1, seed: UInt64, origin: EpochSecond) -> RatePlan {
    RatePlan(shape: .waves(scale: min(max(0, scale), 1e8), seed: seed), origin: origin)
  }

  package static func stretches(_ stretches: [Stretch], origin: EpochSecond) -> RatePlan {
    RatePlan(shape: .stretches(stretches), origin: origin)
  }

  package func load(at second: EpochSecond) -> Load {
    let offset = second.seconds(since: origin)
    return switch shape {
    case .steady(let rate): Load(base: Self.steady(rate, at: offset), surge: 0)
    case .waves(let scale, let seed): Wave(seed: seed).load(at: offset, scale: scale)
    case .stretches(let stretches): Self.load(of: stretches, at: offset)
    }
  }

  private static func steady(_ rate: Double, at offset: Int64) -> Int {
    Int(clamping: whole(rate * (Double(offset) + 1)) - whole(rate * Double(offset)))
  }

  /// Rounded down; what is beyond any log stays within bounds.
  private static func whole(_ value: Double) -> Int64 {
    let bounded = min(max(-4e18, value), 4e18)
    let truncated = Int64(bounded)
    return Double(truncated) > bounded ? truncated - 1 : truncated
  }

  private static func load(of stretches: [Stretch], at offset: Int64) -> Load {
    var rest = offset
    for stretch in stretches where rest >= 0 {
      if rest < stretch.seconds { return Load(base: stretch.hits, surge: 0) }
      rest -= stretch.seconds
    }
    return Load(base: 0, surge: 0)
  }
}
