/// Reads a text from its start, piece by piece.
struct ModelCursor {
  private(set) var rest: [UInt8]

  init(_ text: [UInt8]) {
    rest = text
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// Reads exactly this text, or nothing.
  mutating func take(_ text: String) -> Bool {
    guard rest.starts(with: Array(text.utf8)) else { return false }
    rest.removeFirst(text.utf8.count)
    return true
  }

  /// Reads the first of these texts that stands here.
  mutating func takeOne(of texts: [String]) -> String? {
    for text in texts where take(text) { return text }
    return nil
  }

  /// Reads one byte, or nothing at the end.
  mutating func byte() -> UInt8? {
    rest.isEmpty ? nil : rest.removeFirst()
  }

  /// Reads a number of exactly so many digits, or nothing.
  mutating func number(digits count: Int) -> Int64? {
    guard rest.count >= count, rest[..<count].allSatisfy(isDigit) else { return nil }
    defer { rest.removeFirst(count) }
    return wholeNumber(Array(rest[..<count]))
  }

  /// Reads all bytes up to the first that does not fit.
  mutating func run(where fits: (UInt8) -> Bool) -> [UInt8] {
    let run = Array(rest.prefix(while: fits))
    rest.removeFirst(run.count)
    return run
  }

  /// Reads a fraction of a second with one of these marks before it, or nothing.
  mutating func fraction(after marks: [String]) -> Bool {
    var ahead = self
    guard ahead.takeOne(of: marks) != nil, !ahead.run(where: isDigit).isEmpty else { return false }
    self = ahead
    return true
  }

  /// Reads `Z`, `+0100`, `+01:00` or `+01`, or nothing.
  ///
  /// - Returns: seconds east of UTC, which may be more than a zone can have.
  mutating func zone() -> (hours: Int64, minutes: Int64, seconds: Int64)? {
    if take("Z") { return (0, 0, 0) }
    var ahead = self
    guard let sign = ahead.takeOne(of: ["+", "-"]), let hours = ahead.number(digits: 2)
    else { return nil }
    self = ahead
    _ = ahead.take(":")
    var minutes: Int64 = 0
    if let number = ahead.number(digits: 2) {
      minutes = number
      self = ahead
    }
    let seconds = (hours * 60 + minutes) * 60
    return (hours, minutes, sign == "-" ? -seconds : seconds)
  }
}
