/// A rate to exceed, in hits per second. It is stored as the exact decimal, because rounding to a
/// binary fraction could change the second at which an alert triggers.
package struct Threshold: Equatable, Sendable {
  /// The digits before the decimal point, without leading zeros.
  private var whole: [UInt8]
  /// The digits after the decimal point, without trailing zeros.
  private var fraction: [UInt8]

  /// A whole number of hits per second, above 0.
  package init(whole: Int) {
    self.whole = Array(String(whole).utf8).map { $0 - 48 }
    fraction = []
  }

  /// Parses digits with at most one decimal point, such as `10`, `2.5` or `.5`.
  ///
  /// - Returns: `nil` if the text is anything else, or not above 0.
  package init?(_ text: some StringProtocol) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard parts.count <= 2, !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }),
      digits.contains(where: { $0 != 48 })
    else { return nil }
    whole = parts[0].drop { $0 == 48 }.map { $0 - 48 }
    fraction = parts.count == 2 ? parts[1].map { $0 - 48 } : []
    while fraction.last == 0 { fraction.removeLast() }
  }

  /// The shortest decimal form: `10`, `2.5`, `0.5`.
  package var text: String {
    let before = whole.isEmpty ? "0" : whole.map { String($0) }.joined()
    return fraction.isEmpty ? before : before + "." + fraction.map { String($0) }.joined()
  }

  /// The nearest binary number.
  package var value: Double { Double(text) ?? .infinity }

  /// The greatest number of hits in a window of `seconds` whose mean does not exceed the threshold.
  /// Saturates.
  package func limit(overWindowOf seconds: Int64) -> Int {
    // Long multiplication from the last digit. On overflow, no count can reach the limit.
    var carry = 0
    for digit in fraction.reversed() {
      let (product, overflow) = Int(seconds).multipliedReportingOverflow(by: Int(digit))
      let (sum, more) = product.addingReportingOverflow(carry)
      if overflow || more { return Int.max }
      carry = sum / 10
    }
    var rate = 0
    for digit in whole {
      let (tens, overflow) = rate.multipliedReportingOverflow(by: 10)
      let (sum, more) = tens.addingReportingOverflow(Int(digit))
      if overflow || more { return Int.max }
      rate = sum
    }
    let (product, overflow) = rate.multipliedReportingOverflow(by: Int(seconds))
    let (sum, more) = product.addingReportingOverflow(carry)
    return overflow || more ? Int.max : sum
  }
}
