import AccessLog
import EventOutput

/// Writes any bytes as a tag value of the line protocol, so that they can be read back, and so that no
/// two names become the same series.
///
/// Two stores read backslashes differently, and neither can hold every byte. So `\xHH` stands for
/// control characters, for bytes that are not UTF-8, and for a backslash that could be taken for the
/// beginning of an escape.
enum TagValue {
  /// The longest value, in bytes. Both stores have a limit, and would cut or refuse a longer one.
  static let limit = 1_024
  /// Stands for an empty value, which the protocol does not allow. No other value is written like it.
  private static let empty = Array(#"\x"#.utf8)

  /// Appends a value.
  static func append(_ bytes: [UInt8], to text: inout [UInt8]) {
    guard bytes.count < limit, isPlain(bytes) else {
      text += escaped(bytes)
      return
    }
    text += bytes
  }

  /// Whether every byte stands for itself.
  private static func isPlain(_ bytes: [UInt8]) -> Bool {
    !bytes.isEmpty
      && bytes.allSatisfy { byte in
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "=")
          && byte != UInt8(ascii: "\\")
      }
  }

  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    guard !bytes.isEmpty else { return empty }
    var text: [UInt8] = []
    var rest = bytes[...]
    while let first = rest.first {
      guard text.count < limit else {
        // What is left out still tells the names apart.
        return text + Array("...".utf8) + EventID(fields: [String(count: bytes)]).text.utf8
      }
      let length = first < 0x80 ? 1 : wellFormedLength(rest)
      if length > 1 {
        text += rest.prefix(length)
      } else {
        append(first, next: rest.dropFirst().first, to: &text)
      }
      rest = rest.dropFirst(length)
    }
    return text
  }

  /// Appends a byte that is no part of a longer character.
  private static func append(_ byte: UInt8, next: UInt8?, to text: inout [UInt8]) {
    switch byte {
    case 0x20, UInt8(ascii: ","), UInt8(ascii: "="): text += [UInt8(ascii: "\\"), byte]
    case UInt8(ascii: "\\") where isHarmless(next): text.append(byte)
    case 0x21...0x5B, 0x5D...0x7E: text.append(byte)
    default:
      let digits = Array("0123456789ABCDEF".utf8)
      text += Array(#"\x"#.utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  /// Whether a backslash in front of that byte stands for itself in both stores, and is not taken for
  /// `\x`.
  private static func isHarmless(_ next: UInt8?) -> Bool {
    guard let next, next > 0x20, next < 0x7F else { return false }
    return !#"\,=x""#.utf8.contains(next)
  }

  /// The length of the character of several bytes at the beginning; 1 if there is none, or if it is a
  /// control character.
  private static func wellFormedLength(_ bytes: ArraySlice<UInt8>) -> Int {
    var decoder = UTF8()
    var iterator = bytes.prefix(4).makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator), scalar.value > 0x9F else {
      return 1
    }
    return UTF8.width(scalar)
  }
}

extension String {
  /// A text that differs for any other bytes.
  fileprivate init(count bytes: [UInt8]) {
    self = bytes.map { String($0, radix: 16) }.joined(separator: " ")
  }
}
