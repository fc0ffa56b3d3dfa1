// Arithmetic as at school: digit by digit where a machine word could overflow.

/// The sum, or the nearest bound of the range if it overflows.
func saturatingSum(_ a: Int64, _ b: Int64) -> Int64 {
  let (sum, overflow) = a.addingReportingOverflow(b)
  if !overflow { return sum }
  return b > 0 ? Int64.max : Int64.min
}

/// The quotient, rounded down.
func floorDivide(_ value: Int64, _ length: Int64) -> Int64 {
  let quotient = value / length
  return value % length < 0 ? quotient - 1 : quotient
}

func isDigit(_ byte: UInt8) -> Bool {
  byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
}

/// Parses one or more digits; `nil` for anything else and above 2^63-1.
func wholeNumber(_ text: [UInt8]) -> Int64? {
  if text.isEmpty { return nil }
  var value: Int64 = 0
  for byte in text {
    if !isDigit(byte) { return nil }
    let (tens, tooMany) = value.multipliedReportingOverflow(by: 10)
    let (sum, tooMuch) = tens.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
    if tooMany || tooMuch { return nil }
    value = sum
  }
  return value
}

/// A decimal number: its digits, and how many of them follow the point.
struct Decimal {
  var digits: [Int]
  var places: Int

  init(_ text: String) {
    digits = []
    places = 0
    var afterPoint = false
    for character in text {
      if character == "." {
        afterPoint = true
      } else {
        digits.append(character.wholeNumberValue!)
        if afterPoint { places += 1 }
      }
    }
  }

  /// The shortest notation.
  var shortText: String {
    var whole = Array(digits.dropLast(places))
    var fraction = Array(digits.suffix(places))
    while whole.first == 0 { whole.removeFirst() }
    while fraction.last == 0 { fraction.removeLast() }
    if whole.isEmpty { whole = [0] }
    let before = whole.map { String($0) }.joined()
    let after = fraction.map { String($0) }.joined()
    return fraction.isEmpty ? before : before + "." + after
  }
}

/// Whether `hits > window * threshold`, exactly.
func exceeds(hits: Int, window: Int64, threshold: Decimal) -> Bool {
  let left = digitsOf(Int64(hits)) + [Int](repeating: 0, count: threshold.places)
  let right = multiply(digitsOf(window), threshold.digits)
  let length = max(left.count, right.count)
  let a = [Int](repeating: 0, count: length - left.count) + left
  let b = [Int](repeating: 0, count: length - right.count) + right
  for index in 0..<length where a[index] != b[index] {
    return a[index] > b[index]
  }
  return false
}

private func digitsOf(_ value: Int64) -> [Int] {
  String(value).map { $0.wholeNumberValue! }
}

/// Long multiplication.
private func multiply(_ a: [Int], _ b: [Int]) -> [Int] {
  var product = [Int](repeating: 0, count: a.count + b.count)
  for i in a.indices.reversed() {
    var carry = 0
    for j in b.indices.reversed() {
      let sum = product[i + j + 1] + a[i] * b[j] + carry
      product[i + j + 1] = sum % 10
      carry = sum / 10
    }
    product[i] += carry
  }
  return product
}

/// `hits / seconds` in hundredths, rounded half away from zero.
func hundredths(hits: Int, seconds: Int64) -> Int128 {
  (Int128(hits) * 200 + Int128(seconds)) / (2 * Int128(seconds))
}

/// Formats hundredths with as few decimals as possible.
func shortDecimal(_ hundredths: Int128) -> String {
  var text = fixedDecimal(hundredths)
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  return text
}

/// Formats hundredths with exactly two decimals.
func fixedDecimal(_ hundredths: Int128) -> String {
  let fraction = hundredths % 100
  return "\(hundredths / 100)." + (fraction < 10 ? "0" : "") + "\(fraction)"
}
