import DashboardModel
import SafeText
import TerminalCanvas

/// The line at the bottom: what is being typed, or a temporary message and as many keys as fit.
struct FooterPane {
  let model: FooterModel

  func draw(in area: Rectangle, on canvas: inout Canvas) {
    canvas.clear(area)
    // Some terminals cannot draw into the corner at the right.
    var rest = area.inset(left: 1, right: 1)
    if let prompt = model.prompt {
      let room = rest.columns - prompt.purpose.count - 3
      let text = prompt.text.converted(to: canvas.glyphs.encoding).suffix(max(0, room))
      canvas.draw(
        [
          StyledText(SafeString(prompt.purpose + ": "), .key), StyledText(text, .strong),
          StyledText(" ", Style(.text, on: .selection)),
          StyledText("   Enter finds, Esc cancels", .muted),
        ], in: rest)
      return
    }
    if let message = model.message {
      rest = rest.slice(from: canvas.draw(message, in: rest, style: .notice) + 3)
    }
    for hint in model.keys {
      let (key, meaning) = (SafeString(hint.key), SafeString(hint.meaning))
      guard key.width + 1 + meaning.width <= rest.columns else { break }
      let used = canvas.draw(
        [StyledText(key, .key), StyledText(" "), StyledText(meaning, .muted)], in: rest)
      rest = rest.slice(from: used + 2)
    }
  }
}
