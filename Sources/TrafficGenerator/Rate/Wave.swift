/// The traffic of a busy site in waves.
///
/// The surges are as far apart as the usual alert window is long, so that the mean over it falls
/// back to the base between two of them.
struct Wave {
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
