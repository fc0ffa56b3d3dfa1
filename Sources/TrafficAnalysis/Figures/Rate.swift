/// Hits per second as an exact fraction, rounded only for display.
package struct Rate: Equatable, Sendable {
  package var hits: Int
  /// The length of the window in seconds, including those without hits; at least 1.
  package var seconds: Int64

  package init(hits: Int, seconds: Int64) {
    self.hits = hits
    self.seconds = seconds
  }

  /// Hundredths of hits per second, rounded half away from zero. Saturates.
  package var hundredths: Int {
    let (high, low) = UInt(hits).multipliedFullWidth(by: 200)
    let (sum, carry) = low.addingReportingOverflow(UInt(seconds))
    let divisor = 2 * UInt(seconds)
    let dividend = (high: high + (carry ? 1 : 0), low: sum)
    guard dividend.high < divisor else { return Int.max }
    return Int(clamping: divisor.dividingFullWidth(dividend).quotient)
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
