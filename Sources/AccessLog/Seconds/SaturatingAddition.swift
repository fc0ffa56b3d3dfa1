extension FixedWidthInteger {
  /// The sum, or the greatest value where it would not fit: a log must never be able to stop the
  /// program. Neither number may be negative.
  @inlinable @inline(__always)
  public func addingSaturated(_ other: Self) -> Self {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
