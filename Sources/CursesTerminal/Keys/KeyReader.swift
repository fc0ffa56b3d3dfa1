import CNcurses
import TerminalCanvas

/// Turns what curses reads into keys: special keys have numbers above 255, the rest are bytes, those
/// of text in UTF-8 and those of sequences that the terminal's description does not know.
///
/// Curses could put the bytes of a character together itself, but a byte that belongs to none would
/// take the keys after it along. And it hands over an unknown sequence in pieces, of which each would
/// act as a key: Alt-q would quit, a click move the focus.
struct KeyReader {
  /// Text that is pasted comes between two marks, and must not act as keys.
  private static let pasteBegin: Int32 = 0o4001
  private static let pasteEnd: Int32 = 0o4002

  /// The time of the bytes that are read next, in seconds.
  var now = 0.0
  private var isPasting = false
  /// The end mark may get lost; Esc alone, so many times in a row, ends a paste too.
  private static let escapesOutOfPaste = 3
  private var loneEscapes = 0
  private var codesSincePause = 0
  private var sequence = UnknownSequence()
  private var character = IncompleteCharacter()

  /// Makes curses know the marks around pasted text, and not the mouse, which is off: it would take
  /// the beginning of a click and leave its figures.
  static func defineKeys() {
    define_key("\u{1B}[200~", pasteBegin)
    define_key("\u{1B}[201~", pasteEnd)
    keyok(KEY_MOUSE, false)
  }

  /// - Parameter code: a byte, or the number of a special key.
  /// - Returns: nothing while a character or a sequence is not complete, or where it is no key.
  mutating func key(_ code: Int32) -> Key? {
    codesSincePause += 1
    if code != 27 { loneEscapes = 0 }
    guard (0...255).contains(code) else {
      character = IncompleteCharacter()
      return special(code, withAlt: sequence.end() == .escape)
    }
    switch sequence.take(UInt8(code), at: now) {
    case .nothing: return typed(UInt8(code))
    case .escape: return isPasting ? .other : .escape
    case .some: return .other
    case .paste(let begins):
      isPasting = begins
      return .other
    case .incomplete, .answer: return nil
    }
  }

  /// Nothing more waits to be read at the moment.
  ///
  /// - Returns: Esc, where that was the last and nothing followed it.
  mutating func pause() -> Key? {
    defer { codesSincePause = 0 }
    guard sequence.pause(at: now) == .escape else { return nil }
    guard isPasting else { return .escape }
    loneEscapes = codesSincePause == 1 ? loneEscapes + 1 : 0
    if loneEscapes == Self.escapesOutOfPaste { isPasting = false }
    return .other
  }

  private mutating func special(_ code: Int32, withAlt: Bool) -> Key {
    switch code {
    case Self.pasteBegin: isPasting = true
    case Self.pasteEnd: isPasting = false
    default: return isPasting || withAlt ? .other : Self.named(code)
    }
    return .other
  }

  private mutating func typed(_ byte: UInt8) -> Key? {
    guard let scalar = character.take(byte) else { return character.isBegun ? nil : .other }
    return isPasting ? .other : Self.key(scalar)
  }

  private static func key(_ scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 9: .tab
    case 10, 13: .enter
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
