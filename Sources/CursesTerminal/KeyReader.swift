import CNcurses
import TerminalCanvas

/// Turns what curses reads into keys.
struct KeyReader {
  /// Text that is pasted comes between two marks, and must not act as keys.
  private static let pasteBegin: Int32 = 0o4001
  private static let pasteEnd: Int32 = 0o4002

  private var isPasting = false

  /// Makes curses know the marks around pasted text.
  static func definePasteKeys() {
    define_key("\u{1B}[200~", pasteBegin)
    define_key("\u{1B}[201~", pasteEnd)
  }

  /// - Parameters:
  ///   - status: what reading returned: `OK`, `KEY_CODE_YES` or `ERR`.
  ///   - code: the character, or the number of the key.
  mutating func key(status: Int32, code: wint_t) -> Key {
    guard status == OK || status == KEY_CODE_YES else { return .none }
    if status == KEY_CODE_YES {
      switch Int32(bitPattern: code) {
      case Self.pasteBegin: isPasting = true
      case Self.pasteEnd: isPasting = false
      default: return isPasting ? .other : Self.named(Int32(bitPattern: code))
      }
      return .other
    }
    let key = Self.typed(code)
    guard isPasting else { return key }
    // The end mark may get lost; this is the way out of a paste that does not end.
    if key == .escape { isPasting = false }
    return .other
  }

  private static func typed(_ code: wint_t) -> Key {
    switch code {
    case 9: .tab
    case 10, 13: .enter
    case 27: .escape
    case 8, 127: .backspace
    case 1...26: .control(Unicode.Scalar(UInt8(code) + 0x60))
    case 0..<32, 128..<160: .other
    default: Unicode.Scalar(code).map(Key.character) ?? .other
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
