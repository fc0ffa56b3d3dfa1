/// Parses times to answer: decimal numbers in a unit that the format gives.
enum LatencyField {
  /// The time in nanoseconds, rounded down; `nil` if the text is no number, is negative, or does not
  /// fit.
  ///
  /// - Parameter isList: whether several numbers may stand there, with `, ` or ` : ` between them.
  ///   Their sum counts; those that are `-` are left out.
  /// - Complexity: O(bytes of the field).
  @inline(__always)
  static func nanoseconds(_ field: TextRange, _ unit: LatencyText.Unit, isList: Bool) -> Int64? {
    // The unit is by the power of ten that makes it microseconds.
    if let time = DecimalText.short(field, by: unit.rawValue + 3) { return time }
    return isList ? sum(field, unit) : nanoseconds(field, unit)
  }

  private static func sum(_ field: TextRange, _ unit: LatencyText.Unit) -> Int64? {
    var total: Int64?
    var index = 0
    while index < field.count {
      let range = field.word(from: index)
      index = range.upperBound
      let word = field[range].trimming(.comma)
      guard !word.isEmpty, !word.elementsEqual("-"), !word.elementsEqual(":") else { continue }
      guard let time = nanoseconds(word, unit) else { return nil }
      let (sum, overflow) = (total ?? 0).addingReportingOverflow(time)
      guard !overflow else { return nil }
      total = sum
    }
    return total
  }

  private static func nanoseconds(_ field: TextRange, _ unit: LatencyText.Unit) -> Int64? {
    var cursor = ByteCursor(field)
    _ = cursor.skip(UInt8(ascii: "+"))
    guard let time = DecimalText.scaled(&cursor, by: unit.rawValue + 3), time >= 0,
      cursor.isAtEnd
    else { return nil }
    return time
  }
}
