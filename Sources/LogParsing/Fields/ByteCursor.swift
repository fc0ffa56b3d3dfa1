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

  /// Moves over two decimal digits.
  @inline(__always)
  mutating func skipTwoDigits() -> Bool {
    guard index + 2 <= text.count, text.start[index].isDigit, text.start[index + 1].isDigit
    else { return false }
    index += 2
    return true
  }

  /// Moves over eight bytes of a shape, such as `00:00:00`: each `0` of it is a digit, any other byte
  /// itself.
  @inline(__always)
  mutating func skip(_ shape: Shape) -> Bool {
    guard index + 8 <= text.count else { return false }
    let bytes = UnsafeRawPointer(text.start).loadUnaligned(fromByteOffset: index, as: UInt64.self)
    guard shape.matches(bytes) else { return false }
    index += 8
    return true
  }

  /// Reads the next word up to a space.
  mutating func word() -> TextRange {
    let range = text.word(from: index)
    index = range.upperBound
    return text[range]
  }
}

/// Eight bytes that are digits where the pattern has `0`, and the bytes of the pattern elsewhere.
struct Shape {
  /// The pattern.
  private let pattern: UInt64
  /// Set where the pattern is not `0`.
  private let fixed: UInt64

  /// - Parameter pattern: eight bytes.
  init(_ pattern: StaticString) {
    precondition(pattern.utf8CodeUnitCount == 8)
    self.pattern = UnsafeRawPointer(pattern.utf8Start).loadUnaligned(as: UInt64.self)
    var fixed = UInt64(0)
    withUnsafeMutableBytes(of: &fixed) { bytes in
      for index in 0..<8 where pattern.utf8Start[index] != .zero { bytes[index] = 0xFF }
    }
    self.fixed = fixed
  }

  @inline(__always)
  func matches(_ bytes: UInt64) -> Bool {
    // In digits, what differs from `0` is below 10: adding 6 does not reach the upper half.
    let difference = bytes ^ pattern
    let digits = difference & ~fixed
    let upper: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
    return difference & fixed == 0 && digits & upper == 0
      && (digits &+ (0x0606_0606_0606_0606 & ~fixed)) & upper == 0
  }
}
