/// A number as a fraction, so that nothing is rounded. None is below zero.
package struct ModelNumber: Sendable {
  /// It may not exceed 2^63, and the denominator 10^9, so that products with another one fit.
  var numerator: Int128
  var denominator: Int128

  init(_ numerator: some BinaryInteger, over denominator: Int128 = 1) {
    (self.numerator, self.denominator) = (Int128(numerator), denominator)
  }

  /// A decimal number, as it is written without a unit; `nil` for anything else.
  ///
  /// - Parameter unit: what it is multiplied by.
  init?(decimal text: String, unit: Int128 = 1) {
    var cursor = ModelCursor(Array(text.utf8))
    let whole = cursor.run(where: isDigit)
    let fraction = cursor.take(".") ? cursor.run(where: isDigit) : []
    let digits = whole + fraction
    guard cursor.isAtEnd, !digits.isEmpty, digits.count <= 18, fraction.count <= 9 else {
      return nil
    }
    numerator = Int128(wholeNumber(digits)!) * unit
    denominator = fraction.reduce(1) { power, _ in power * 10 }
  }

  var double: Double { Double(numerator) / Double(denominator) }

  /// Rounded half up to so many decimals: the number of the last of them.
  func rounded(places: Int) -> Int128 {
    let power = (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
    return (numerator * power * 2 + denominator) / (2 * denominator)
  }

  /// Rounded half up to so many decimals, without zeros at the end.
  func shortText(places: Int) -> String {
    let power = (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
    let units = rounded(places: places)
    var text = "\(units / power)." + String(String(power + units % power).dropFirst())
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// Rounded half up to three significant digits, without zeros at the end.
  var threeDigitText: String {
    if numerator == 0 { return "0" }
    // The first place at which three digits are not zero; none before the point is cut off.
    var places = 9
    while places > 0, rounded(places: places) >= 1000 { places -= 1 }
    if places > 0 || rounded(places: 0) < 1000 { return shortText(places: places) }
    var power: Int128 = 1
    while (numerator + denominator * power / 2) / (denominator * power) >= 1000 { power *= 10 }
    return String((numerator + denominator * power / 2) / (denominator * power) * power)
  }
}

extension ModelNumber: Comparable {
  package static func == (a: ModelNumber, b: ModelNumber) -> Bool {
    a.numerator * b.denominator == b.numerator * a.denominator
  }

  package static func < (a: ModelNumber, b: ModelNumber) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
}
