extension FixedWidthInteger {
  /// The sum, or the greatest value on overflow, so that no log can crash the program. Neither
  /// number may be negative.
  @inlinable @inline(__always)
  public func addingSaturated(_ other: Self) -> Self {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
