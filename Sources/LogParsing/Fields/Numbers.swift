import AccessLog

/// Parses the numbers of a log line, without allocation; values that would overflow are rejected.
enum Numbers {
  /// Parses a response status, three digits or `-`.
  @inline(__always)
  static func status(_ start: UnsafePointer<UInt8>, count: Int) -> StatusCode? {
    if count == 3 { return status(start) }
    return count == 1 && start[0] == .hyphen ? StatusCode.none : nil
  }

  /// Parses a response status of three digits.
  @inline(__always)
  static func status(_ start: UnsafePointer<UInt8>) -> StatusCode? {
    let (hundreds, tens, ones) = (start[0] &- .zero, start[1] &- .zero, start[2] &- .zero)
    guard hundreds <= 9, tens <= 9, ones <= 9 else { return nil }
    return StatusCode(UInt16(hundreds) &* 100 &+ UInt16(tens) &* 10 &+ UInt16(ones))
  }

  /// Parses a response status of three digits between a quote, a space and another one: `" 200 `.
  @inline(__always)
  static func statusBehindQuote(_ start: UnsafePointer<UInt8>) -> StatusCode? {
    let text = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    // Zero in the place of the other bytes; a digit below 10, so that 6 more do not reach the upper half
    // of its byte.
    let values = text ^ 0x2030_3030_2022
    guard (values | (values &+ 0x0006_0606_0000)) & 0xFFF0_F0F0_FFFF == 0 else { return nil }
    let digits = UInt16(truncatingIfNeeded: values &>> 16)
    let ones = UInt16(truncatingIfNeeded: values &>> 32)
    return StatusCode((digits & 0xFF) &* 100 &+ (digits &>> 8) &* 10 &+ (ones & 0xFF))
  }

  /// Parses digits up to 2^63-1, or `-`, which is 0.
  @inline(__always)
  static func bytes(_ start: UnsafePointer<UInt8>, count: Int) -> Int64? {
    if count == 1, start[0] == .hyphen { return 0 }
    return whole(start, count: count)
  }

  /// Parses `-`, which is 0, or 1 to 7 digits. Another byte follows them.
  ///
  /// - Returns: the number and its length; `nil` for anything else.
  @inline(__always)
  static func shortBytes(_ start: UnsafePointer<UInt8>) -> (number: Int64, digits: Int)? {
    // Without a branch: in many logs the two alternate at random.
    let isHyphen = start[0] == .hyphen
    let (values, count) = leadingDigits(start)
    let digits = isHyphen ? 1 : count
    guard digits > 0, digits < 8 else { return nil }
    return (isHyphen ? 0 : number(values, digits: digits), digits)
  }

  /// Parses 1 to 7 digits that another byte follows, eight bytes at once.
  ///
  /// - Returns: the number and its length; `nil` if there are no digits, or more.
  @inline(__always)
  static func shortNumber(_ start: UnsafePointer<UInt8>) -> (number: Int64, digits: Int)? {
    let (values, digits) = leadingDigits(start)
    guard digits > 0, digits < 8 else { return nil }
    return (number(values, digits: digits), digits)
  }

  /// The number that the first 1 to 7 of eight digits make.
  @inline(__always)
  private static func number(_ values: UInt64, digits: Int) -> Int64 {
    // The digits move to the upper end, with zeros before them.
    let aligned = values &<< UInt64(truncatingIfNeeded: 64 &- 8 &* digits)
    let pairs = (aligned &* 10 &+ (aligned &>> 8)) & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 100 &+ (pairs &>> 16)) & 0x0000_FFFF_0000_FFFF
    let all = (fours &* 10_000 &+ (fours &>> 32)) & 0xFFFF_FFFF
    return Int64(truncatingIfNeeded: all)
  }

  /// Parses exactly that many digits, at most 7, whatever follows them.
  @inline(__always)
  static func shortNumber(_ start: UnsafePointer<UInt8>, digits count: Int) -> Int64? {
    let (values, digits) = leadingDigits(start)
    return digits >= count ? number(values, digits: count) : nil
  }

  /// How many of the next eight bytes are digits, up to the first that is none.
  @inline(__always)
  static func digits(_ start: UnsafePointer<UInt8>) -> Int { leadingDigits(start).count }

  /// The next eight bytes, each less the digit 0, and how many of them are digits, up to the first that
  /// is none.
  @inline(__always)
  private static func leadingDigits(
    _ start: UnsafePointer<UInt8>
  ) -> (values: UInt64, count: Int) {
    let text = UInt64(
      littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
    let values = text ^ 0x3030_3030_3030_3030
    // The upper half of a byte is set where it is no digit: above 9 the addition reaches it.
    let others =
      (values | ((values & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676))
      & 0x8080_8080_8080_8080
    return (values, others.trailingZeroBitCount &>> 3)
  }

  /// Parses digits up to 2^63-1.
  @inline(__always)
  static func whole(_ start: UnsafePointer<UInt8>, count: Int) -> Int64? {
    guard count > 0 else { return nil }
    var value: Int64 = 0
    if count <= 18 {
      for index in 0..<count {
        let digit = start[index] &- .zero
        guard digit <= 9 else { return nil }
        value = value &* 10 &+ Int64(digit)
      }
      return value
    }
    for index in 0..<count {
      let digit = start[index] &- .zero
      guard digit <= 9 else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) = tens.addingReportingOverflow(Int64(digit))
      guard !overflow, !more else { return nil }
      value = sum
    }
    return value
  }

  /// Parses seconds since 1970 with an optional minus sign and fraction, rounded down. The year
  /// must be 1 to 9999.
  static func epoch(_ start: UnsafePointer<UInt8>, count: Int) -> EpochSecond? {
    // Nearly all are digits only; 18 of them cannot overflow.
    if count <= 18, let whole = whole(start, count: count) { return second(whole) }
    let negative = count > 0 && start[0] == .hyphen
    let first = negative ? 1 : 0
    var point = first
    while point < count, start[point] != UInt8(ascii: ".") { point += 1 }
    guard let whole = whole(start + first, count: point - first) else { return nil }
    var hasFraction = false
    if point < count {
      guard point + 1 < count else { return nil }
      for index in (point + 1)..<count {
        guard start[index] &- .zero <= 9 else { return nil }
        if start[index] != .zero { hasFraction = true }
      }
    }
    return second(negative ? -whole - (hasFraction ? 1 : 0) : whole)
  }

  @inline(__always)
  private static func second(_ value: Int64) -> EpochSecond? {
    value >= Timestamp.firstEpoch && value <= Timestamp.lastEpoch ? EpochSecond(value) : nil
  }
}
