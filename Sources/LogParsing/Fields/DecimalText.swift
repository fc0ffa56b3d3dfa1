import AccessLog

/// Reads decimal numbers with a fraction and an exponent, such as `0.018734` and `5.4e-05`, exactly and
/// without allocation.
enum DecimalText {
  /// The number that begins at the position of a cursor, times a power of ten and rounded down.
  ///
  /// - Parameters:
  ///   - cursor: moves behind the number.
  ///   - power: the exponent of the power of ten.
  /// - Returns: `nil` if there is no number, or if the result is beyond 64 bits.
  /// - Complexity: O(bytes of the number).
  static func scaled(_ cursor: inout ByteCursor, by power: Int) -> Int64? {
    let isNegative = cursor.skip(.hyphen)
    let first = cursor.index
    let wholeDigits = cursor.skipDigits()
    guard wholeDigits > 0 else { return nil }
    var digits = cursor.text[first..<cursor.index]
    var point = wholeDigits
    if cursor.skip(.dot) {
      guard cursor.skipDigits() > 0 else { return nil }
      // The digits with the point among them.
      digits = cursor.text[first..<cursor.index]
    }
    guard let exponent = exponent(&cursor) else { return nil }
    point += power + exponent
    guard let (value, isExact) = value(of: digits, upTo: point) else { return nil }
    return isNegative ? -value - (isExact ? 0 : 1) : value
  }

  /// The whole text as a number, rounded down.
  static func floor(_ text: TextRange) -> Int64? {
    var cursor = ByteCursor(text)
    guard let value = scaled(&cursor, by: 0), cursor.isAtEnd else { return nil }
    return value
  }

  /// Reads `e-05`; 0 if there is none.
  private static func exponent(_ cursor: inout ByteCursor) -> Int? {
    guard cursor.next.map({ $0 | 0x20 == UInt8(ascii: "e") }) ?? false else { return 0 }
    cursor.index += 1
    let isNegative = cursor.skip(.hyphen)
    if !isNegative { _ = cursor.skip(UInt8(ascii: "+")) }
    let first = cursor.index
    guard cursor.skipDigits() > 0 else { return nil }
    // No number of a line has as many digits as the greatest exponent that is kept.
    let text = cursor.text[first..<cursor.index]
    let value = min(Int(Numbers.whole(text.start, count: text.count) ?? .max), 1 << 20)
    return isNegative ? -value : value
  }

  /// The number of the first `count` digits, and whether all others are zero. Digits that are missing
  /// are zeros; a point is none.
  private static func value(of digits: TextRange, upTo count: Int) -> (Int64, isExact: Bool)? {
    var value: Int64 = 0
    var isExact = true
    var index = 0
    for byte in digits.bytes where byte != .dot {
      if index < count {
        guard let next = appending(byte &- .zero, to: value) else { return nil }
        value = next
      } else if byte != .zero {
        isExact = false
      }
      index += 1
    }
    while index < count, value > 0 {
      guard let next = appending(0, to: value) else { return nil }
      value = next
      index += 1
    }
    return (value, isExact)
  }

  private static func appending(_ digit: UInt8, to value: Int64) -> Int64? {
    let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, more) = tens.addingReportingOverflow(Int64(digit))
    return overflow || more ? nil : sum
  }
}
