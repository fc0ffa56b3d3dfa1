import CNcurses
import TerminalCanvas

/// Converts the codes that curses reads into keys.
///
/// Special keys have codes above 255. All other codes are bytes, of UTF-8 text or of sequences that
/// the terminal description does not know. Curses can decode UTF-8 itself, but an invalid byte would
/// swallow the keys after it. And curses delivers an unknown sequence byte by byte: each would act as a
/// key, so Alt-q would quit and a mouse click would move the focus.
struct KeyReader {
  /// Codes of the markers around pasted text, which must not act as keys.
  private static let pasteBegin: Int32 = 0o4001
  private static let pasteEnd: Int32 = 0o4002

  /// The time in seconds at which the next codes arrive.
  var now = 0.0
  /// Whether reports of the mouse are delivered as keys; otherwise they are ignored.
  var reportsMouse = false
  private var isPasting = false
  /// The number of times that Esc must be pressed alone to leave a paste whose end marker was lost.
  private static let escapesOutOfPaste = 3
  private var loneEscapes = 0
  private var codesSincePause = 0
  private var sequence = UnknownSequence()
  private var character = IncompleteCharacter()

  /// Defines the markers around pasted text as keys. Undefines the mouse: curses would consume the
  /// beginning of a report and deliver the rest as keys.
  static func defineKeys() {
    define_key("\u{1B}[200~", pasteBegin)
    define_key("\u{1B}[201~", pasteEnd)
    keyok(KEY_MOUSE, false)
  }

  /// Processes the next code.
  ///
  /// - Parameter code: a byte, or the code of a special key.
  /// - Returns: the key, or nil while a character or a sequence is incomplete, and for a response of
  ///   the terminal.
  mutating func key(_ code: Int32) -> Key? {
    codesSincePause += 1
    if code != 27 { loneEscapes = 0 }
    guard (0...255).contains(code) else {
      character = IncompleteCharacter()
      return special(code, withAlt: sequence.end() == .escape)
    }
    switch sequence.append(UInt8(code), at: now) {
    case .outside: return typed(UInt8(code))
    case .escape: return isPasting ? .other : .escape
    case .unknownKey: return .other
    case .paste(let begins):
      isPasting = begins
      return .other
    case .mouse(let mouse): return reportsMouse && !isPasting ? .mouse(mouse) : nil
    case .incomplete, .response: return nil
    }
  }

  /// Notes that no further code is waiting.
  ///
  /// - Returns: the Esc key if the last code was an Esc.
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
    guard let scalar = character.append(byte) else { return character.isStarted ? nil : .other }
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
