import SafeText

/// The line at the bottom: what is being typed, else a message and the most important keys.
package struct FooterModel: Equatable, Sendable {
  /// The text that is being typed, with what it is for.
  package var prompt: (purpose: String, text: SafeString)?
  /// A temporary message before the keys.
  package var message: SafeString?
  /// The keys, the most important first.
  package var keys: [KeyHint]

  package static func == (left: FooterModel, right: FooterModel) -> Bool {
    left.prompt?.purpose == right.prompt?.purpose && left.prompt?.text == right.prompt?.text
      && left.message == right.message && left.keys == right.keys
  }

  private static let help = KeyHint("?", "help")
  private static let quit = KeyHint("q", "quit")
  private static let all = KeyHint("Esc", "all sources")
  private static let live = [
    KeyHint("Tab", "pane"), KeyHint("Space", "pause"), KeyHint("t", "theme"),
  ]
  private static let replay = [
    KeyHint("Space", "pause"), KeyHint("< >", "speed"), KeyHint("[ ]", "10 s"),
    KeyHint("{ }", "1 min"), KeyHint("a", "next alert"), KeyHint(".", "skip silence"),
  ]

  init(_ status: RunStatus, _ state: ViewState) {
    prompt = state.prompt.map { ("find", SafeString($0)) }
    message = status.message.map { SafeString($0) }
    if state.openAlert != nil {
      let onward = status.replay == nil ? [] : [KeyHint("Enter", "go there")]
      keys =
        [Self.help, KeyHint("Esc", "back")] + onward
        + [KeyHint("Left Right", "time cursor"), KeyHint("a A", "next, previous alert")]
    } else {
      let pane = state.focus.content.keys
      let leave = state.shownSource == nil || state.isInside ? Self.quit : Self.all
      keys =
        [Self.help, leave] + (status.replay == nil ? pane + Self.live : Self.replay + pane)
    }
  }
}
