import AccessLog

/// A position in a text that moves over what it reads. Where a read fails, the position is
/// undefined.
struct ByteCursor {
  let text: TextRange
  var index = 0

  init(_ text: TextRange) {
    self.text = text
  }

  var isAtEnd: Bool { index >= text.count }

  /// The byte at the position; `nil` at the end.
  var next: UInt8? { index < text.count ? text.start[index] : nil }

  /// What follows the position.
  var rest: TextRange { text.from(min(index, text.count)) }

  /// Moves over a byte if it is next.
  @inline(__always)
  mutating func skip(_ byte: UInt8) -> Bool {
    guard index < text.count, text.start[index] == byte else { return false }
    index += 1
    return true
  }

  /// Moves over all such bytes that are next.
  ///
  /// - Returns: whether there was one.
  @inline(__always)
  mutating func skipAll(_ byte: UInt8) -> Bool {
    let first = index
    while index < text.count, text.start[index] == byte { index += 1 }
    return index > first
  }

  /// Reads exactly `count` decimal digits.
  mutating func digits(_ count: Int) -> Int? {
    guard index + count <= text.count else { return nil }
    var value = 0
    for _ in 0..<count {
      let digit = text.start[index] &- .zero
      guard digit <= 9 else { return nil }
      value = value * 10 + Int(digit)
      index += 1
    }
    return value
  }

  /// Moves over decimal digits.
  ///
  /// - Returns: how many there were.
  @inline(__always)
  mutating func skipDigits() -> Int {
    let first = index
    while index < text.count, text.start[index].isDigit { index += 1 }
    return index - first
  }

  /// Moves over bytes of a shape: each `0` of the pattern is a digit, any other byte itself.
  @inline(__always)
  mutating func skipShape(_ pattern: StaticString) -> Bool {
    let count = pattern.utf8CodeUnitCount
    guard index + count <= text.count else { return false }
    for offset in 0..<count {
      let (byte, expected) = (text.start[index + offset], pattern.utf8Start[offset])
      guard expected == .zero ? byte.isDigit : byte == expected else { return false }
    }
    index += count
    return true
  }

  /// Reads the next word up to a space.
  mutating func word() -> TextRange {
    let range = text.word(from: index)
    index = range.upperBound
    return text[range]
  }
}
