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

/// The traffic of a busy site in waves.
///
/// The surges are as far apart as the usual alert window is long, so that the mean over it falls
/// back to the base between two of them.
private struct Wave {
  private static let period: Int64 = 200
  private static let surge: Int64 = 80
  private static let ramp: Double = 15
  /// When the wave at the origin began, as seen from there.
  private static let beginning: Int64 = -41
  private static let heights = [1, 1.25, 0.45, 1.1]

  let seed: UInt64

  func load(at offset: Int64, scale: Double) -> RatePlan.Load {
    var random = SplitMix64(seed: seed ^ UInt64(bitPattern: offset) &* 0xD6E8_FEB8_6659_FD93)
    let (number, phase) = Self.floored(offset &- Self.beginning, by: Self.period)
    let height = Self.heights[Int(Self.floored(number, by: 4).remainder)]
    let base = 5 + 0.5 * Self.drift(offset)
    return RatePlan.Load(
      base: Self.scattered(base * scale, &random),
      surge: Self.scattered(12 * height * Self.envelope(Double(phase)) * scale, &random))
  }

  /// 0 to 1 and back to 0 in the course of a surge.
  private static func envelope(_ phase: Double) -> Double {
    let left = min(phase, Double(surge) - phase) / ramp
    let part = min(max(0, left), 1)
    return part * part * (3 - 2 * part)
  }

  /// Between -1 and 1, back and forth in 15 minutes.
  private static func drift(_ offset: Int64) -> Double {
    let part = Double(floored(offset, by: 900).remainder) / 900
    return abs(part * 4 - 2) - 1
  }

  /// A whole number whose mean is `mean`: chance of up to 40 % either way, then rounded by chance.
  private static func scattered(_ mean: Double, _ random: inout SplitMix64) -> Int {
    let factor = 0.6 + 0.8 * unit(&random)
    return Int(mean * factor + unit(&random))
  }

  /// At least 0 and less than 1.
  private static func unit(_ random: inout SplitMix64) -> Double {
    Double(random.next() >> 11) / Double(1 << 53)
  }

  private static func floored(
    _ value: Int64, by divisor: Int64
  ) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
