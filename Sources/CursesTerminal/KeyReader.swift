import CNcurses
import TerminalCanvas

/// Turns what curses reads into keys: special keys have numbers above 255, the rest are the bytes of
/// text in UTF-8.
///
/// Curses could put the bytes together itself, but a byte that belongs to no character would take the
/// keys after it along.
struct KeyReader {
  /// Text that is pasted comes between two marks, and must not act as keys.
  private static let pasteBegin: Int32 = 0o4001
  private static let pasteEnd: Int32 = 0o4002

  private var isPasting = false
  /// The bytes of a character so far.
  private var value: UInt32 = 0
  private var missing = 0

  /// Makes curses know the marks around pasted text.
  static func definePasteKeys() {
    define_key("\u{1B}[200~", pasteBegin)
    define_key("\u{1B}[201~", pasteEnd)
  }

  /// - Parameter code: a byte, or the number of a special key.
  /// - Returns: nothing while a character is not complete.
  mutating func key(_ code: Int32) -> Key? {
    guard (0...255).contains(code) else {
      missing = 0
      return special(code)
    }
    guard let scalar = character(UInt8(code)) else { return missing > 0 ? nil : .other }
    let key = Self.typed(scalar)
    guard isPasting else { return key }
    // The end mark may get lost; this is the way out of a paste that does not end.
    if key == .escape { isPasting = false }
    return .other
  }

  private mutating func special(_ code: Int32) -> Key {
    switch code {
    case Self.pasteBegin: isPasting = true
    case Self.pasteEnd: isPasting = false
    default: return isPasting ? .other : Self.named(code)
    }
    return .other
  }

  /// The character that this byte completes; a byte in the wrong place begins anew.
  private mutating func character(_ byte: UInt8) -> Unicode.Scalar? {
    switch byte {
    case 0x80...0xBF where missing > 0:
      value = value << 6 | UInt32(byte & 0x3F)
      missing -= 1
      return missing == 0 ? Unicode.Scalar(value) : nil
    case 0xC2...0xDF: (missing, value) = (1, UInt32(byte & 0x1F))
    case 0xE0...0xEF: (missing, value) = (2, UInt32(byte & 0x0F))
    case 0xF0...0xF4: (missing, value) = (3, UInt32(byte & 0x07))
    default:
      missing = 0
      return byte < 0x80 ? Unicode.Scalar(byte) : nil
    }
    return nil
  }

  private static func typed(_ scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 9: .tab
    case 10, 13: .enter
    case 27: .escape
    case 8, 127: .backspace
    case 1...26: .control(Unicode.Scalar(UInt8(scalar.value) + 0x60))
    case 0..<32, 128..<160: .other
    default: .character(scalar)
    }
  }

  private static func named(_ code: Int32) -> Key {
    switch code {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_HOME: .home
    case KEY_END: .end
    case KEY_BTAB: .backTab
    case KEY_ENTER: .enter
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case KEY_RESIZE: .resize
    case KEY_F0 + 1...KEY_F0 + 63: .function(Int(code - KEY_F0))
    default: .other
    }
  }
}
