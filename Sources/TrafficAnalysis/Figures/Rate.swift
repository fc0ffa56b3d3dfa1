/// Hits per second as an exact fraction, rounded only for display.
package struct Rate: Equatable, Sendable {
  package var hits: Int
  /// The length of the window in seconds, including those without hits; at least 1.
  package var seconds: Int64

  package init(hits: Int, seconds: Int64) {
    self.hits = hits
    self.seconds = seconds
  }

  /// Hundredths of hits per second, rounded half away from zero.
  package var hundredths: Int128 {
    (200 * Int128(hits) + Int128(seconds)) / (2 * Int128(seconds))
  }

  /// Hits per second, with binary rounding.
  package var value: Double { Double(hits) / Double(seconds) }

  /// The rate with as few decimals as needed, at most two: `14.1`, `5.05`, `10`.
  package var shortText: String {
    let (whole, fraction) = hundredths.quotientAndRemainder(dividingBy: 100)
    if fraction == 0 { return "\(whole)" }
    if fraction % 10 == 0 { return "\(whole).\(fraction / 10)" }
    return fixedText
  }

  /// The rate with exactly two decimals: `10.05`, `10.00`.
  package var fixedText: String {
    let (whole, fraction) = hundredths.quotientAndRemainder(dividingBy: 100)
    return "\(whole).\(fraction < 10 ? "0" : "")\(fraction)"
  }
}
