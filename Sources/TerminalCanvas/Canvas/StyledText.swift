import SafeText

/// A piece of text in a single style.
package struct StyledText: Equatable, Sendable {
  /// The text.
  package var text: SafeString
  /// The style of the whole text.
  package var style: Style

  /// Creates a piece of text in a style.
  package init(_ text: SafeString, _ style: Style = .text) {
    self.text = text
    self.style = style
  }
}
