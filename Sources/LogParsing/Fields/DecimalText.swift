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
  @inline(__always)
  static func scaled(_ cursor: inout ByteCursor, by power: Int) -> Int64? {
    let text = cursor.rest
    if let value = short(text, by: power) ?? usual(text, by: power) {
      cursor.index = cursor.text.count
      return value
    }
    return scaledExactly(&cursor, by: power)
  }

  /// The same for a whole text that is up to seven digits, perhaps with a point and as many behind it,
  /// and needs no rounding; `nil` for any other. Without a loop over digits, the number of which the
  /// branch predictor cannot know.
  @inline(__always)
  static func short(_ text: TextRange, by power: Int) -> Int64? {
    // Up to 10^7 times 10^9 fits.
    guard let (whole, digits) = Numbers.shortNumber(text.start), let unit = powerOfTen(power)
    else { return nil }
    if digits >= text.count { return digits == text.count ? whole &* unit : nil }
    let decimals = text.count &- digits &- 1
    guard text.start[digits] == .dot, decimals > 0, decimals < 8, decimals <= power,
      let fraction = Numbers.shortNumber(text.start + digits + 1, digits: decimals),
      let factor = powerOfTen(power &- decimals)
    else { return nil }
    return whole &* unit &+ fraction &* factor
  }

  /// The same for a whole text that is digits, perhaps with a point among them, and needs no rounding;
  /// `nil` for any other.
  @inline(__always)
  private static func usual(_ text: TextRange, by power: Int) -> Int64? {
    guard text.count > 0, text.count <= 18, power >= 0 else { return nil }
    var value: Int64 = 0
    var index = 0
    while index < text.count, text.start[index].isDigit {
      value = value &* 10 &+ Int64(text.start[index] &- .zero)
      index &+= 1
    }
    guard index > 0 else { return nil }
    var decimals = 0
    if index < text.count {
      guard text.start[index] == .dot else { return nil }
      let point = index
      index &+= 1
      while index < text.count, text.start[index].isDigit {
        value = value &* 10 &+ Int64(text.start[index] &- .zero)
        index &+= 1
      }
      guard index == text.count else { return nil }
      decimals = index &- point &- 1
      guard decimals > 0 else { return nil }
    }
    guard decimals <= power, let factor = powerOfTen(power &- decimals) else { return nil }
    let (product, overflow) = value.multipliedReportingOverflow(by: factor)
    return overflow ? nil : product
  }

  /// 1 to 10^9; `nil` for any other power of ten.
  @inline(__always)
  static func powerOfTen(_ exponent: Int) -> Int64? {
    switch exponent {
    case 0: 1
    case 1: 10
    case 2: 100
    case 3: 1000
    case 4: 10_000
    case 5: 100_000
    case 6: 1_000_000
    case 7: 10_000_000
    case 8: 100_000_000
    case 9: 1_000_000_000
    default: nil
    }
  }

  private static func scaledExactly(_ cursor: inout ByteCursor, by power: Int) -> Int64? {
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
