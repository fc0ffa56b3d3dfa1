import SafeText

/// Text in one style.
package struct Span: Equatable, Sendable {
  package var text: SafeString
  package var style: Style

  package init(_ text: SafeString, _ style: Style = .text) {
    self.text = text
    self.style = style
  }
}
