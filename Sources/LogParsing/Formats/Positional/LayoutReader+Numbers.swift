import AccessLog

// The numbers of a record: the status, the size, and the time to answer.

extension LayoutReader {
  @inline(__always)
  static func status(_ text: TextRange, _ layout: FieldLayout) -> StatusCode? {
    if let status = Numbers.status(text.start, count: text.count) { return status }
    return !layout.noStatus.isEmpty && text.elementsEqual(layout.noStatus) ? StatusCode.none : nil
  }

  /// The size; 0 if the layout has none.
  @inline(__always)
  static func bytes(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout
  ) -> Int64? {
    guard found.has(.bytes) else { return 0 }
    let text = found.text(.bytes, in: line)
    return shortNumber(text) ?? unusualBytes(text, layout)
  }

  private static func unusualBytes(_ text: TextRange, _ layout: FieldLayout) -> Int64? {
    let hasSign = layout.traits.contains(.plusSigns) && text.first == UInt8(ascii: "+")
    let digits = hasSign ? text.from(1) : text
    return Numbers.bytes(digits.start, count: digits.count)
  }

  /// A text of 1 to 7 digits, as nearly all numbers are; `nil` for any other. Without a loop over the
  /// digits, the number of which the branch predictor cannot know.
  @inline(__always)
  private static func shortNumber(_ text: TextRange) -> Int64? {
    guard let (number, digits) = Numbers.shortNumber(text.start), digits == text.count else {
      return nil
    }
    return number
  }

  /// The time to answer in microseconds; negative if a part of it is missing.
  @inline(__always)
  static func latency(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout
  ) -> Int64 {
    if layout.latencies.count == 1, let units = shortNumber(found.text(.latency, in: line)) {
      let factor = layout.microseconds
      if factor > 0 { return units &* factor }
    }
    return latencySum(found, of: line, layout)
  }

  private static func latencySum(
    _ found: borrowing FoundFields, of line: TextRange, _ layout: FieldLayout
  ) -> Int64 {
    var total: Int64 = 0
    for field in layout.latencies {
      guard
        let time = LatencyField.nanoseconds(
          found.text(field.role, in: line), field.unit, isList: field.isList)
      else { return FactColumns.noLatency }
      let (sum, overflow) = total.addingReportingOverflow(time)
      guard !overflow else { return FactColumns.noLatency }
      total = sum
    }
    return total / 1000
  }
}
