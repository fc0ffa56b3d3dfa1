/// Decodes UTF-8 byte by byte.
struct IncompleteCharacter {
  private var value: UInt32 = 0
  /// The number of bytes that are still missing.
  private var missing = 0
  /// The smallest character that needs this number of bytes. An overlong encoding of a letter is not
  /// accepted as a key.
  private var minimum: UInt32 = 0

  /// Whether the first bytes of a character have been read.
  var isStarted: Bool { missing > 0 }

  /// Processes the next byte. A byte that cannot continue the current character starts a new one.
  ///
  /// - Returns: the character that the byte completes, or nil.
  mutating func append(_ byte: UInt8) -> Unicode.Scalar? {
    switch byte {
    case 0x80...0xBF where missing > 0:
      value = value << 6 | UInt32(byte & 0x3F)
      missing -= 1
      return missing == 0 && value >= minimum ? Unicode.Scalar(value) : nil
    case 0xC2...0xDF: (missing, value, minimum) = (1, UInt32(byte & 0x1F), 0x80)
    case 0xE0...0xEF: (missing, value, minimum) = (2, UInt32(byte & 0x0F), 0x800)
    case 0xF0...0xF4: (missing, value, minimum) = (3, UInt32(byte & 0x07), 0x10000)
    default:
      missing = 0
      return byte < 0x80 ? Unicode.Scalar(byte) : nil
    }
    return nil
  }
}
