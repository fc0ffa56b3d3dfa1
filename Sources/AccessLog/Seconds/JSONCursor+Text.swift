// The text of JSON strings.

extension JSONCursor {
  /// Reads a string.
  ///
  /// - Returns: its text in UTF-8. Half a surrogate pair becomes U+FFFD.
  mutating func text() throws(WireFailure) -> [UInt8] {
    let written = try string()
    guard written.contains(UInt8(ascii: "\\")) else { return Array(written) }
    var escapes = JSONEscapes(written)
    return try escapes.text()
  }
}

/// Replaces the escapes in a JSON string.
private struct JSONEscapes {
  private let written: UnsafeBufferPointer<UInt8>
  private var index = 0

  init(_ written: UnsafeBufferPointer<UInt8>) { self.written = written }

  mutating func text() throws(WireFailure) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(written.count)
    while index < written.count {
      let byte = written[index]
      index += 1
      if byte == UInt8(ascii: "\\") {
        text += Array(String(Character(try scalar())).utf8)
      } else {
        text.append(byte)
      }
    }
    return text
  }

  /// The character that an escape stands for, whose backslash was read.
  private mutating func scalar() throws(WireFailure) -> Unicode.Scalar {
    guard index < written.count else { throw .malformed }
    let mark = Unicode.Scalar(written[index])
    index += 1
    switch mark {
    case "\"", "\\", "/": return mark
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try unicode()
    default: throw .malformed
    }
  }

  private mutating func unicode() throws(WireFailure) -> Unicode.Scalar {
    let first = try digits()
    if (0xD800..<0xDC00).contains(first), index + 1 < written.count,
      written[index] == UInt8(ascii: "\\"), written[index + 1] == UInt8(ascii: "u")
    {
      let start = index
      index += 2
      let second = try digits()
      if (0xDC00..<0xE000).contains(second) {
        let value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return Unicode.Scalar(value) ?? "\u{FFFD}"
      }
      index = start
    }
    return Unicode.Scalar(first) ?? "\u{FFFD}"
  }

  /// Reads four hexadecimal digits.
  private mutating func digits() throws(WireFailure) -> UInt32 {
    guard written.count - index >= 4 else { throw .malformed }
    var value: UInt32 = 0
    for byte in written[index..<index + 4] {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw .malformed }
      value = value << 4 | UInt32(digit)
    }
    index += 4
    return value
  }
}
