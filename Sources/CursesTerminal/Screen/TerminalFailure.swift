/// Why there can be no dashboard on this terminal.
package enum TerminalFailure: Error, Equatable, Sendable {
  /// `TERM` is not set, or empty.
  case typeNotSet
  /// The terminal database does not know this type.
  case unknownType(String)
  /// It knows neither this type nor any that most terminals could be drawn as.
  case noDescriptions(String)
  /// It cannot put the cursor somewhere: a printer, a pipe, an editor's console.
  case noCursorAddressing(String)
  /// What output or keys go through is not open.
  case notOpen
  /// The picture would go into a file or a pipe.
  case notATerminal
  /// Curses did not start; a broken terminal description.
  case cannotStart(String)

  /// What the failure is about, to stand in front of the reason.
  package var object: String {
    switch self {
    case .typeNotSet, .unknownType, .noDescriptions, .noCursorAddressing: "TERM"
    case .notOpen, .cannotStart: "terminal"
    case .notATerminal: "standard output"
    }
  }

  /// In a person's words, with what to try. Holds the type as it was given: not harmless yet.
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
    return "\(cause); try \(wayOut)"
  }

  private var wayOut: String {
    switch self {
    // Nearly every terminal of today draws what xterm does.
    case .typeNotSet, .unknownType: "TERM=xterm-256color lm2000 ..., or --output text"
    case .noDescriptions: "installing the terminal descriptions (ncurses-base), or --output text"
    case .noCursorAddressing, .notOpen, .notATerminal, .cannotStart: "--output text"
    }
  }
}
