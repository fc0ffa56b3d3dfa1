import SafeText
import TerminalCanvas

/// The most important keys, as many as fit, after a temporary message.
struct FooterPane {
  private static let live: [(SafeString, SafeString)] = [
    ("?", "help"), ("q", "quit"), ("Tab", "pane"), ("j k", "move"), ("Space", "pause"),
    ("w", "window"), ("z", "zoom"), ("c", "chart"), ("T", "times"),
  ]
  private static let replay: [(SafeString, SafeString)] = [
    ("?", "help"), ("q", "quit"), ("Space", "pause"), ("< >", "speed"), ("[ ]", "10 s"),
    ("{ }", "1 min"), ("A", "next alert"), (".", "skip silence"), ("Tab", "pane"), ("w", "window"),
  ]

  /// - Parameter message: displayed before the keys.
  static func draw(
    isReplay: Bool, message: SafeString?, in area: Rectangle, on canvas: inout Canvas
  ) {
    canvas.clear(area)
    var rest = area.inset(left: 1)
    if let message {
      rest = rest.slice(from: canvas.draw(message, in: rest, style: .notice) + 3)
    }
    for (key, meaning) in isReplay ? replay : live {
      guard key.width + 1 + meaning.width <= rest.columns else { break }
      let used = canvas.draw(
        [StyledText(key, .key), StyledText(" "), StyledText(meaning, .muted)], in: rest)
      rest = rest.slice(from: used + 2)
    }
  }
}
