/// The importance or meaning of a text. Views map it to a style.
package enum Emphasis: Equatable, Sendable {
  case plain
  /// The most important text of a row.
  case strong
  case muted
  /// Hardly needed: zeros, and the unknown.
  case faint
  /// Information that the user should see, and names of keys.
  case accent
  case good
  /// Client errors, and problems that the program can work around.
  case warning
  /// Server errors and active alerts.
  case alert
}

/// A piece of text with its emphasis.
package struct Words: Equatable, Sendable {
  package var text: String
  package var emphasis: Emphasis

  package init(_ text: String, _ emphasis: Emphasis = .plain) {
    self.text = text
    self.emphasis = emphasis
  }
}
