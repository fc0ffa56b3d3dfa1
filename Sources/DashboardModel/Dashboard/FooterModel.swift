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
  private static let live = [
    KeyHint("Tab", "pane"), KeyHint("Space", "pause"), KeyHint("t", "theme"), KeyHint("q", "quit"),
  ]
  private static let replay = [
    KeyHint("Space", "pause"), KeyHint("< >", "speed"), KeyHint("[ ]", "10 s"),
    KeyHint("{ }", "1 min"), KeyHint("a", "next alert"), KeyHint(".", "skip silence"),
  ]

  init(_ status: RunStatus, _ state: ViewState) {
    prompt = state.prompt.map { ("find", SafeString($0)) }
    message = status.message.map { SafeString($0) }
    if state.openAlert != nil {
      keys = [Self.help, KeyHint("Esc", "back"), KeyHint("Left Right", "time cursor")]
    } else {
      let pane = state.focus.content.keys
      keys = [Self.help] + (status.replay == nil ? pane + Self.live : Self.replay + pane)
    }
  }
}
