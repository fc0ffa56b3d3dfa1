/// The reason why a terminal cannot display the dashboard.
package enum TerminalFailure: Error, Equatable, Sendable {
  /// `TERM` is not set, or empty.
  case typeNotSet
  /// The terminal database does not contain this type.
  case unknownType(String)
  /// The terminal database contains neither this type nor one compatible with most terminals.
  case noDescriptions(String)
  /// A terminal of this type cannot move the cursor: a printer or an editor's console, for example.
  case noCursorAddressing(String)
  /// A descriptor for output or keys is not open.
  case notOpen
  /// Output would go into a file or a pipe.
  case notATerminal
  /// Curses cannot use the terminal description of this type, which is broken.
  case cannotStart(String)

  /// The object of the failure, which precedes the reason in a message.
  package var object: String {
    switch self {
    case .typeNotSet, .unknownType, .noDescriptions, .noCursorAddressing: "TERM"
    case .notOpen, .cannotStart: "terminal"
    case .notATerminal: "standard output"
    }
  }

  /// The reason in human-readable form, with a suggestion. It contains the type as the environment gave
  /// it, not sanitized.
  package var reason: String {
    let cause =
      switch self {
      case .typeNotSet: "not set, so it is not known how to draw"
      case .unknownType(let type): "'\(type)' is not a known type of terminal"
      case .noDescriptions(let type): "neither '\(type)' nor 'xterm' is known on this machine"
      case .noCursorAddressing(let type): "a terminal of type '\(type)' cannot show a dashboard"
      case .notOpen: "cannot be opened"
      case .notATerminal: "not a terminal, which a dashboard needs"
      case .cannotStart(let type): "cannot be set up as '\(type)'"
      }
    return "\(cause); try \(suggestion)"
  }

  private var suggestion: String {
    switch self {
    // Nearly every current terminal is compatible with xterm.
    case .typeNotSet, .unknownType: "TERM=xterm-256color lm2000 ..., or --output text"
    case .noDescriptions: "installing the terminal descriptions (ncurses-base), or --output text"
    case .noCursorAddressing, .notOpen, .notATerminal, .cannotStart: "--output text"
    }
  }
}
