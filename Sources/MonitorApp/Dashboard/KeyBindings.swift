import DashboardModel
import TerminalCanvas

/// What the user can ask for with a key.
enum Command: Equatable, Sendable {
  case help, back, quit, interrupt
  case focusNext, focusPrevious
  case focus(Pane)
  case zoom
  case move(Int)
  case page(Double)
  case first, last
  case pause
  case window(Int)
  case span(Int)
  case times, redraw, open
  // In a replay only.
  case speed(Int)
  case originalSpeed
  case seek(Int64)
  case nextAlert, skipSilence
}

/// The keys and their commands.
enum KeyBindings {
  /// The command of a key; `nil` if it has none.
  static func command(for key: Key) -> Command? {
    switch key {
    case .character(let scalar): characters[Character(scalar)] ?? pane(scalar).map { .focus($0) }
    case .control(let letter): controls[Character(letter)]
    case .function(1): .help
    case .up: .move(-1)
    case .down: .move(1)
    case .pageUp: .page(-1)
    case .pageDown: .page(1)
    case .home: .first
    case .end: .last
    case .tab: .focusNext
    case .backTab: .focusPrevious
    case .enter, .right: .open
    case .escape, .left: .back
    default: nil
    }
  }

  /// The name of a key in messages; `nil` for input that is no key press, such as pasted text.
  static func name(of key: Key) -> String? {
    switch key {
    case .character(let scalar): scalar == " " ? "Space" : String(scalar)
    case .control(let letter): "Ctrl-" + String(letter).uppercased()
    case .function(let number): "F\(number)"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .enter: "Enter"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Delete"
    case .mouse, .other, .resize, .none: nil
    }
  }

  private static let characters: [Character: Command] = [
    "?": .help, "h": .help, "q": .quit, "j": .move(1), "k": .move(-1), "g": .first, "G": .last,
    "z": .zoom, " ": .pause, "p": .pause, "w": .window(1), "W": .window(-1), "c": .span(1),
    "C": .span(-1), "T": .times, ">": .speed(1), "<": .speed(-1), "0": .originalSpeed,
    "]": .seek(10), "[": .seek(-10), "}": .seek(60), "{": .seek(-60), "A": .nextAlert,
    ".": .skipSilence,
  ]

  /// The pane with a digit.
  private static func pane(_ digit: Unicode.Scalar) -> Pane? {
    Pane.numbered.first { $0.digit.map(String.init) == String(digit) }
  }

  private static let controls: [Character: Command] = [
    "c": .interrupt, "l": .redraw, "b": .page(-1), "f": .page(1), "u": .page(-0.5),
    "d": .page(0.5),
  ]
}
