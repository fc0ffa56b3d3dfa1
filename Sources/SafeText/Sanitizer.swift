/// The single place where text becomes safe: an allow-list of the characters that may reach a
/// terminal or a file. Everything else is written as an escape.
///
/// - C0, DEL, C1 and bytes that are not UTF-8 become `\xHH`.
/// - Invisible characters (format characters, bidirectional controls, zero-width characters, tags,
///   line and paragraph separators, private-use and unassigned characters) become `\u{HHHH}`.
/// - A combining mark that follows no character of this text, and the fifth and later marks on one
///   character, become `\u{HHHH}`: no mark changes what precedes the text, and marks cannot
///   pile up.
/// - A backslash stays a single backslash.
///
/// - Complexity: O(n) in the bytes read.
struct Sanitizer {
  /// The greatest number of combining marks on one character.
  static let marksPerCell = 4

  private let encoding: TextEncoding
  private(set) var output: [UInt8] = []
  /// The width of the output in columns.
  private(set) var width = 0
  /// How many further marks the last character may have.
  private var remainingMarks = 0

  init(encoding: TextEncoding, expecting count: Int) {
    self.encoding = encoding
    output.reserveCapacity(count)
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20 && byte < 0x7F {
        appendPrintable(byte)
        index += 1
      } else if byte >= 0x80, case (let scalar, let length)? = decodeUTF8(bytes, at: index) {
        append(scalar, encoded: bytes[index..<index + length])
        index += length
      } else {
        appendEscape(byte: byte)
        index += 1
      }
    }
  }

  private mutating func appendPrintable(_ byte: UInt8) {
    output.append(byte)
    width += 1
    remainingMarks = Self.marksPerCell
  }

  private mutating func append(
    _ scalar: Unicode.Scalar, encoded bytes: Slice<UnsafeBufferPointer<UInt8>>
  ) {
    guard encoding == .unicode else {
      for byte in bytes { appendEscape(byte: byte) }
      return
    }
    switch scalar.characterClass {
    case .narrow:
      output.append(contentsOf: bytes)
      width += 1
      remainingMarks = Self.marksPerCell
    case .wide:
      output.append(contentsOf: bytes)
      width += 2
      remainingMarks = Self.marksPerCell
    case .mark where remainingMarks > 0:
      output.append(contentsOf: bytes)
      remainingMarks -= 1
    case .unsafe where scalar.value < 0xA0:
      appendEscape(byte: UInt8(scalar.value))
    case .mark, .unsafe:
      appendEscape(scalar)
    }
  }

  private mutating func appendEscape(byte: UInt8) {
    output.append(contentsOf: [0x5C, 0x78, hexDigit(byte >> 4), hexDigit(byte & 15)])
    width += 4
    remainingMarks = 0
  }

  private mutating func appendEscape(_ scalar: Unicode.Scalar) {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let padding = String(repeating: "0", count: max(0, 4 - digits.count))
    let escape = "\\u{\(padding)\(digits)}".utf8
    output.append(contentsOf: escape)
    width += escape.count
    remainingMarks = 0
  }
}

private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? 0x30 + value : 0x41 + value - 10
}

/// The character that begins at `index` and its length in bytes, or nil where the bytes are not
/// well-formed UTF-8 (Unicode, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF).
private func decodeUTF8(
  _ bytes: UnsafeBufferPointer<UInt8>, at index: Int
) -> (scalar: Unicode.Scalar, length: Int)? {
  let lead = bytes[index]
  let length: Int
  var second: ClosedRange<UInt8> = 0x80...0xBF
  switch lead {
  case 0xC2...0xDF: length = 2
  case 0xE0...0xEF: length = 3
  case 0xF0...0xF4: length = 4
  default: return nil
  }
  switch lead {
  case 0xE0: second = 0xA0...0xBF
  case 0xED: second = 0x80...0x9F
  case 0xF0: second = 0x90...0xBF
  case 0xF4: second = 0x80...0x8F
  default: break
  }
  guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return nil }
  var value = UInt32(lead) & (0x7F >> UInt32(length))
  for offset in 1..<length {
    let byte = bytes[index + offset]
    guard byte & 0xC0 == 0x80 else { return nil }
    value = value << 6 | UInt32(byte & 0x3F)
  }
  return Unicode.Scalar(value).map { ($0, length) }
}
