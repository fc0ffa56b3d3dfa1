import AccessLog

extension JSONScanner {
  /// Moves over a string and writes it with its escapes replaced (RFC 8259 section 7). Half of a
  /// surrogate pair becomes U+FFFD.
  ///
  /// - Parameter output: room for as many bytes as the text has, and `LineBytes.padding` more.
  /// - Returns: the number of bytes written; `nil` if the string is malformed.
  /// - Complexity: O(bytes of the string).
  mutating func string(into output: UnsafeMutablePointer<UInt8>) -> Int? {
    guard skip(.quote) else { return nil }
    let text = cursor.text
    var index = cursor.index
    var written = 0
    while index < text.count {
      let found = Self.copyBlock(text.start + index, to: output + written)
      index += found
      written += found
      if found == 16 { continue }
      guard index < text.count else { return nil }
      if text.start[index] == .quote {
        cursor.index = index + 1
        return written
      }
      if index + 1 < text.count, text.start[index + 1] == .quote,
        text.start[index] == .backslash
      {
        output[written] = .quote
        written += 1
        index += 2
      } else {
        guard let scalar = text.unescapedScalar(at: &index) else { return nil }
        for byte in UTF8.encode(scalar).unsafelyUnwrapped {
          output[written] = byte
          written += 1
        }
      }
    }
    return nil
  }

  /// Copies 16 bytes.
  ///
  /// - Returns: the index of the first among them that is not plain text; 16 if all are.
  @inline(__always)
  private static func copyBlock(
    _ start: UnsafePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>
  ) -> Int {
    let bytes = UnsafeRawPointer(start).loadUnaligned(as: SIMD16<UInt8>.self)
    UnsafeMutableRawPointer(output).storeBytes(of: bytes, as: SIMD16<UInt8>.self)
    return ByteSearch.endOfJSONText(in: bytes)
  }
}

extension TextRange {
  /// The character that an escape stands for.
  ///
  /// - Parameter index: the index of the backslash; moves behind the escape.
  /// - Returns: `nil` if there is no escape.
  func unescapedScalar(at index: inout Int) -> Unicode.Scalar? {
    guard index + 1 < count, self[index] == .backslash else { return nil }
    let escape = self[index + 1]
    index += 2
    switch escape {
    case .quote: return "\""
    case .backslash: return "\\"
    case .slash: return "/"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "u"): return codedScalar(at: &index)
    default: return nil
    }
  }

  /// The character of `\uXXXX`, or of two of them that make a surrogate pair.
  ///
  /// - Parameter index: the index of the first digit; moves behind the last one.
  private func codedScalar(at index: inout Int) -> Unicode.Scalar? {
    guard let unit = codeUnit(at: index) else { return nil }
    index += 4
    if let scalar = Unicode.Scalar(unit) { return scalar }
    if unit < 0xDC00, index + 1 < count, self[index] == .backslash,
      self[index + 1] == UInt8(ascii: "u"), let low = codeUnit(at: index + 2),
      (0xDC00..<0xE000).contains(low)
    {
      index += 6
      return Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    }
    return "\u{FFFD}"
  }

  /// Four hexadecimal digits.
  private func codeUnit(at index: Int) -> UInt32? {
    guard index + 4 <= count else { return nil }
    var value: UInt32 = 0
    for digit in self[index..<(index + 4)].bytes {
      guard let digit = digit.hexValue else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
