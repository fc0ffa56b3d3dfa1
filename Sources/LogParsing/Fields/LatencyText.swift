import AccessLog

/// Reads how long an answer took: a number of a known unit, or numbers with units, such as `18.7ms` and
/// `1m2.5s`, as Go writes them.
enum LatencyText {
  /// A unit of time, by the power of ten that makes it microseconds.
  enum Unit: Int {
    case nanoseconds = -3
    case microseconds = 0
    case milliseconds = 3
    case seconds = 6
  }

  /// - Parameter unit: that of a number without one.
  /// - Returns: microseconds, rounded down; `FactColumns.noLatency` if the text is no time, or a
  ///   negative one.
  /// - Complexity: O(bytes of the text).
  static func microseconds(_ text: TextRange, unit: Unit) -> Int64 {
    var cursor = ByteCursor(text)
    guard let plain = DecimalText.scaled(&cursor, by: unit.rawValue) else {
      return FactColumns.noLatency
    }
    if cursor.isAtEnd { return plain >= 0 ? plain : FactColumns.noLatency }
    return withUnits(text) ?? FactColumns.noLatency
  }

  private static func withUnits(_ text: TextRange) -> Int64? {
    var cursor = ByteCursor(text)
    var sum: Int64 = 0
    repeat {
      let start = cursor
      // The number is read again once its unit is known.
      guard DecimalText.scaled(&cursor, by: 0) != nil, let unit = unit(&cursor) else { return nil }
      let end = cursor.index
      cursor = start
      guard let number = DecimalText.scaled(&cursor, by: unit.power), number >= 0 else {
        return nil
      }
      cursor.index = end
      let (product, overflow) = number.multipliedReportingOverflow(by: unit.factor)
      let (next, more) = sum.addingReportingOverflow(product)
      guard !overflow, !more else { return nil }
      sum = next
    } while !cursor.isAtEnd
    return sum
  }

  /// Moves over a unit: a power of ten times a whole number of microseconds.
  private static func unit(_ cursor: inout ByteCursor) -> (power: Int, factor: Int64)? {
    let first = cursor.index
    while let byte = cursor.next, !byte.isDigit { cursor.index += 1 }
    let name = cursor.text[first..<cursor.index]
    if name.elementsEqual("s") { return (6, 1) }
    if name.elementsEqual("ms") { return (3, 1) }
    // Either the micro sign or the Greek letter.
    if name.elementsEqual("us") || name.elementsEqual("\u{B5}s") || name.elementsEqual("\u{3BC}s") {
      return (0, 1)
    }
    if name.elementsEqual("ns") { return (-3, 1) }
    if name.elementsEqual("m") { return (6, 60) }
    return name.elementsEqual("h") ? (6, 3600) : nil
  }
}
