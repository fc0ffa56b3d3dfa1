// The time to answer, as logs write it: a decimal number in some unit, or with units behind it.

/// Nanoseconds in the units that logs use.
enum ModelTimeUnit: Int128 {
  case nanoseconds = 1
  case microseconds = 1000
  case milliseconds = 1_000_000
  case seconds = 1_000_000_000
}

/// Microseconds, rounded down; `nil` for anything but digits with an optional fraction.
func latency(_ text: [UInt8], in unit: ModelTimeUnit) -> Int64? {
  nanoseconds(text, unit: unit.rawValue).flatMap(wholeMicroseconds)
}

/// Microseconds of the sum of seconds, rounded down; `nil` if one of them is none.
func latencySum(_ texts: [[UInt8]]) -> Int64? {
  let parts = texts.map { nanoseconds($0, unit: ModelTimeUnit.seconds.rawValue) }
  if parts.contains(nil) { return nil }
  return wholeMicroseconds(parts.reduce(0) { $0 + ($1 ?? 0) })
}

/// Microseconds of seconds, or of a duration with units such as `18.7ms` and `1m3.5s`, rounded down.
func duration(_ text: [UInt8]) -> Int64? {
  if let plain = latency(text, in: .seconds) { return plain }
  let units: [(String, Int128)] = [
    ("ns", 1), ("us", 1000), ("\u{B5}s", 1000), ("\u{3BC}s", 1000), ("ms", 1_000_000),
    ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
  ]
  var cursor = ModelCursor(text)
  var sum: Int128 = 0
  repeat {
    let number = cursor.run { isDigit($0) || $0 == UInt8(ascii: ".") }
    guard let name = cursor.takeOne(of: units.map(\.0)),
      let unit = units.first(where: { $0.0 == name })?.1,
      let part = nanoseconds(number, unit: unit)
    else { return nil }
    sum += part
  } while !cursor.isAtEnd
  LineBranch.durationWithUnit.reach()
  return wholeMicroseconds(sum)
}

/// The value of a decimal number in nanoseconds, rounded down; `nil` if it is none, or very large.
private func nanoseconds(_ text: [UInt8], unit: Int128) -> Int128? {
  var cursor = ModelCursor(text)
  let whole = cursor.run(where: isDigit)
  var fraction: [UInt8] = []
  if cursor.take(".") {
    fraction = cursor.run(where: isDigit)
    if fraction.isEmpty { return nil }
  }
  // Longer numbers are far beyond what microseconds can be counted in.
  guard cursor.isAtEnd, !whole.isEmpty, whole.count <= 25 else { return nil }
  var sum = whole.reduce(Int128(0)) { $0 * 10 + Int128($1 - UInt8(ascii: "0")) }
  sum = sum.multipliedReportingOverflow(by: unit).overflow ? .max / 2 : sum * unit
  var place = unit
  for digit in fraction {
    // Whole nanoseconds are enough: what is smaller never makes a microsecond.
    sum += Int128(digit - UInt8(ascii: "0")) * place / 10
    if place % 10 != 0 { break }
    place /= 10
  }
  return sum
}

/// What is longer than a thousand million seconds counts as that.
private func wholeMicroseconds(_ nanoseconds: Int128) -> Int64? {
  Int64(exactly: nanoseconds / 1000).map { min($0, 1_000_000_000_000_000) }
}
