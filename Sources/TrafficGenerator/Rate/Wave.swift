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
  /// The offset in seconds at which the surge around the origin begins.
  private static let beginning: Int64 = -41
  /// The relative heights of successive surges.
  private static let heights = [1, 1.25, 0.45, 1.1]

  let seed: UInt64

  /// The hits of the second at `offset` seconds from the origin.
  func load(at offset: Int64, scale: Double) -> RatePlan.Load {
    var random = SplitMix64(seed: seed, second: offset)
    let (number, phase) = (offset &- Self.beginning).floored(by: Self.period)
    let height = Self.heights[Int(number.floored(by: 4).remainder)]
    let base = 5 + 0.5 * Self.drift(offset)
    return RatePlan.Load(
      base: random.scattered(base * scale),
      surge: random.scattered(
        12 * height * Surge.envelope(Double(phase), of: Double(Self.surge)) * scale))
  }

  /// A slow oscillation between -1 and 1 with a period of 15 minutes.
  private static func drift(_ offset: Int64) -> Double {
    let part = Double(offset.floored(by: 900).remainder) / 900
    return abs(part * 4 - 2) - 1
  }
}
