import DashboardModel
import TerminalCanvas

/// What the user can ask for with a key.
enum Command: Equatable, Sendable {
  case help, back, quit, interrupt, end
  case focusNext, focusPrevious
  case focus(Pane)
  case zoom
  case move(Int)
  case page(Double)
  case first, last
  /// Left or right: a column of the chart.
  case sideways(Int)
  case open
  case pause
  // What tables and chart show.
  case window(Int)
  case span(Int)
  case dimension(Int)
  case sort, reverse, compare
  case find
  case findNext(Int)
  /// To the next alert, or the previous one if negative.
  case alert(Int)
  case times, theme, mouse, redraw
  // In a replay only.
  case speed(Int)
  case originalSpeed
  case seek(Int64)
  case skipSilence
}

extension Command {
  /// Whether the command has a meaning while the help is open.
  var worksInHelp: Bool {
    switch self {
    case .help, .back, .quit, .interrupt, .end, .move, .page, .first, .last, .theme, .redraw: true
    default: false
    }
  }
}

/// The keys and their commands.
enum KeyBindings {
  /// The command of a key; `nil` if it has none.
  static func command(for key: Key) -> Command? {
    switch key {
    case .character(let scalar): characters[Character(scalar)] ?? pane(scalar).map { .focus($0) }
    case .control(let letter): controls[Character(letter)]
    case .function(1): .help
    case .function(2): .mouse
    case .function(3): .find
    case .function(6): .sort
    case .function(10): .end
    case .up: .move(-1)
    case .down: .move(1)
    case .pageUp: .page(-1)
    case .pageDown: .page(1)
    case .home: .first
    case .end: .last
    case .tab: .focusNext
    case .backTab: .focusPrevious
    case .enter: .open
    case .left: .sideways(-1)
    case .right: .sideways(1)
    case .escape: .back
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
    "C": .span(-1), "T": .times, "t": .theme, ">": .speed(1), "<": .speed(-1), "0": .originalSpeed,
    "]": .seek(10), "[": .seek(-10), "}": .seek(60), "{": .seek(-60), ".": .skipSilence,
    "a": .alert(1), "A": .alert(-1), "d": .dimension(1), "D": .dimension(-1), "s": .sort,
    "S": .reverse, "=": .compare, "/": .find, "n": .findNext(1), "N": .findNext(-1),
  ]

  /// The pane with a digit.
  private static func pane(_ digit: Unicode.Scalar) -> Pane? {
    Int(String(digit)).flatMap { Pane(digit: $0) }
  }

  private static let controls: [Character: Command] = [
    "c": .interrupt, "l": .redraw, "b": .page(-1), "f": .page(1), "u": .page(-0.5),
    "d": .page(0.5),
  ]
}
