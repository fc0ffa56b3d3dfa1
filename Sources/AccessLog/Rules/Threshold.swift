/// A limit as an exact decimal, not below 0. Rounding it to a binary fraction could change the second
/// at which an alert triggers.
package struct Threshold: Hashable, Comparable, Sendable {
  /// The digits before the decimal point, without leading zeros.
  private var whole: [UInt8]
  /// The digits after the decimal point, without trailing zeros.
  private var fraction: [UInt8]
  /// All digits as a number; `nil` if it is too large.
  private var mantissa: Int64?
  /// The power of ten by which the mantissa is divided; meaningless without one.
  private var divisor: Int64 = 1

  /// A whole number, not below 0.
  package init(whole: Int) {
    self.init(whole: Array(String(max(0, whole)).utf8).map { $0 - 48 }, fraction: [])
  }

  /// Parses digits with at most one decimal point, such as `10`, `2.5` or `.5`.
  ///
  /// - Parameters:
  ///   - allowsZero: whether 0 is accepted.
  ///   - places: moves the decimal point so many places to the right, or to the left if negative.
  /// - Returns: `nil` if the text is anything else.
  package init?(_ text: some StringProtocol, allowsZero: Bool = false, movedBy places: Int = 0) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard parts.count <= 2, !digits.isEmpty, digits.allSatisfy({ (48...57).contains($0) }),
      allowsZero || digits.contains(where: { $0 != 48 })
    else { return nil }
    var whole = parts[0].map { $0 - 48 }
    var fraction = parts.count == 2 ? parts[1].map { $0 - 48 } : []
    for _ in 0..<max(0, places) { whole.append(fraction.isEmpty ? 0 : fraction.removeFirst()) }
    for _ in 0..<max(0, -places) { fraction.insert(whole.popLast() ?? 0, at: 0) }
    self.init(whole: whole, fraction: fraction)
  }

  private init(whole: [UInt8], fraction: [UInt8]) {
    self.whole = Array(whole.drop { $0 == 0 })
    self.fraction = fraction
    while self.fraction.last == 0 { self.fraction.removeLast() }
    guard self.whole.count + self.fraction.count <= 18 else { return }
    mantissa = (self.whole + self.fraction).reduce(0) { $0 * 10 + Int64($1) }
    divisor = self.fraction.reduce(1) { power, _ in power * 10 }
  }

  /// The shortest decimal form: `10`, `2.5`, `0.5`.
  package var text: String {
    let before = whole.isEmpty ? "0" : whole.map { String($0) }.joined()
    return fraction.isEmpty ? before : before + "." + fraction.map { String($0) }.joined()
  }

  /// The nearest binary number.
  package var value: Double { Double(text) ?? .infinity }

  /// Whether it is less than another one, exactly.
  package static func < (left: Threshold, right: Threshold) -> Bool {
    if left.whole.count != right.whole.count { return left.whole.count < right.whole.count }
    return (left.whole + left.fraction).lexicographicallyPrecedes(right.whole + right.fraction)
  }

  /// Whether it is 0.
  package var isZero: Bool { whole.isEmpty && fraction.isEmpty }

  /// How a fraction compares with it, exactly.
  ///
  /// - Parameters:
  ///   - numerator: not below 0.
  ///   - denominator: above 0.
  /// - Returns: below 0 if the fraction is less, above 0 if it is greater.
  package func compare(_ numerator: Int128, over denominator: Int128) -> Int {
    if let mantissa {
      let (left, overflow) = numerator.multipliedReportingOverflow(by: Int128(divisor))
      let (right, more) = denominator.multipliedReportingOverflow(by: Int128(mantissa))
      if !overflow, !more { return left < right ? -1 : left > right ? 1 : 0 }
    }
    return compareDigits(numerator, denominator)
  }

  /// The same by long division, for numbers of any length.
  private func compareDigits(_ numerator: Int128, _ denominator: Int128) -> Int {
    let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
    let digits = quotient == 0 ? [] : Array(String(quotient).utf8).map { $0 - 48 }
    if digits.count != whole.count { return digits.count < whole.count ? -1 : 1 }
    for (digit, own) in zip(digits, whole) where digit != own { return digit < own ? -1 : 1 }
    var rest = remainder
    for own in fraction {
      let digit = Self.nextDigit(&rest, denominator)
      if digit != own { return digit < own ? -1 : 1 }
    }
    return rest > 0 ? 1 : 0
  }

  /// The next digit of a division, without overflow: ten times the remainder in ten steps.
  private static func nextDigit(_ rest: inout Int128, _ denominator: Int128) -> UInt8 {
    var digit: UInt8 = 0
    let step = rest
    rest = 0
    for _ in 0..<10 {
      if rest >= denominator - step {
        rest -= denominator - step
        digit += 1
      } else {
        rest += step
      }
    }
    return digit
  }

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
