extension FixedWidthInteger where Self: SignedInteger {
  /// The quotient rounded down, and the remainder, which is never negative: a calendar and windows
  /// must not change their direction at 1970.
  ///
  /// - Parameter divisor: greater than 0.
  @inlinable @inline(__always)
  public func floored(by divisor: Self) -> (quotient: Self, remainder: Self) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
