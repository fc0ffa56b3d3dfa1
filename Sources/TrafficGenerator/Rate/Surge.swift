/// A surge of traffic: it rises, lasts and falls.
package struct Surge: Equatable, Sendable {
  /// The length of the rise and of the fall in seconds.
  private static let ramp: Double = 15

  /// The first second, counted from the origin of the plan.
  package var start: Int64
  /// The length in seconds.
  package var seconds: Int64
  /// The mean of the hits that it adds to each second between its rise and its fall.
  package var hits: Double

  /// The mean of the hits that it adds to a second.
  ///
  /// - Parameter offset: the second, counted from the origin of the plan.
  func mean(at offset: Int64) -> Double {
    hits * Self.envelope(Double(offset) - Double(start), of: Double(seconds))
  }

  /// The shape of a surge: it rises from 0 to 1 and falls back to 0.
  ///
  /// - Parameters:
  ///   - phase: the seconds since the surge began.
  ///   - length: the length of the surge in seconds.
  static func envelope(_ phase: Double, of length: Double) -> Double {
    let distance = min(phase, length - phase) / ramp
    let part = min(max(0, distance), 1)
    return part * part * (3 - 2 * part)
  }
}
