/// The bytes so far of a character in UTF-8.
struct IncompleteCharacter {
  private var value: UInt32 = 0
  private var missing = 0
  /// The smallest character that takes so many bytes: written with more than it needs, a letter would
  /// be a key by a detour.
  private var least: UInt32 = 0

  var isBegun: Bool { missing > 0 }

  /// - Returns: the character that this byte completes; a byte in the wrong place begins anew.
  mutating func take(_ byte: UInt8) -> Unicode.Scalar? {
    switch byte {
    case 0x80...0xBF where missing > 0:
      value = value << 6 | UInt32(byte & 0x3F)
      missing -= 1
      return missing == 0 && value >= least ? Unicode.Scalar(value) : nil
    case 0xC2...0xDF: (missing, value, least) = (1, UInt32(byte & 0x1F), 0x80)
    case 0xE0...0xEF: (missing, value, least) = (2, UInt32(byte & 0x0F), 0x800)
    case 0xF0...0xF4: (missing, value, least) = (3, UInt32(byte & 0x07), 0x10000)
    default:
      missing = 0
      return byte < 0x80 ? Unicode.Scalar(byte) : nil
    }
    return nil
  }
}
