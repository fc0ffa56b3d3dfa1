import AccessLog

/// Uneven traffic with a regular surge.
///
/// The time between two surges is as long as the default alert window, so that the mean over the window
/// falls back to the base in between.
struct Wave {
  /// The time from one surge to the next, in seconds.
  private static let period: Int64 = 200
  /// The length of a surge in seconds.
  private static let surge: Int64 = 80
  /// The length of the rise and of the fall of a surge in seconds.
  private static let ramp: Double = 15
  /// The offset in seconds at which the surge around the origin begins.
  private static let beginning: Int64 = -41
  /// The relative heights of successive surges.
  private static let heights = [1, 1.25, 0.45, 1.1]

  let seed: UInt64

  /// The hits of the second at `offset` seconds from the origin.
  func load(at offset: Int64, scale: Double) -> RatePlan.Load {
    var random = SplitMix64(seed: seed ^ UInt64(bitPattern: offset) &* 0xD6E8_FEB8_6659_FD93)
    let (number, phase) = (offset &- Self.beginning).floored(by: Self.period)
    let height = Self.heights[Int(number.floored(by: 4).remainder)]
    let base = 5 + 0.5 * Self.drift(offset)
    return RatePlan.Load(
      base: Self.scattered(base * scale, &random),
      surge: Self.scattered(12 * height * Self.envelope(Double(phase)) * scale, &random))
  }

  /// The shape of a surge: it rises from 0 to 1 and falls back to 0.
  private static func envelope(_ phase: Double) -> Double {
    let distance = min(phase, Double(surge) - phase) / ramp
    let part = min(max(0, distance), 1)
    return part * part * (3 - 2 * part)
  }

  /// A slow oscillation between -1 and 1 with a period of 15 minutes.
  private static func drift(_ offset: Int64) -> Double {
    let part = Double(offset.floored(by: 900).remainder) / 900
    return abs(part * 4 - 2) - 1
  }

  /// A random whole number whose expected value is `mean`: varied by up to 40 %, then rounded up or
  /// down at random.
  private static func scattered(_ mean: Double, _ random: inout SplitMix64) -> Int {
    let factor = 0.6 + 0.8 * unit(&random)
    return Int(mean * factor + unit(&random))
  }

  /// A random number that is at least 0 and less than 1.
  private static func unit(_ random: inout SplitMix64) -> Double {
    Double(random.next() >> 11) / Double(1 << 53)
  }
}
