/// A column of a list.
package struct ListColumn: Equatable, Sendable {
  /// Stands in the list's head, where it has one.
  package var title: String
  /// In columns of the screen.
  package var width: Int
  /// Where there is not room for all, those with the lowest rank are shown.
  package var rank: Int
  /// How its texts are to be read.
  package var emphasis: Emphasis

  init(_ title: String, width: Int, rank: Int = 0, _ emphasis: Emphasis = .plain) {
    self.title = title
    self.width = width
    self.rank = rank
    self.emphasis = emphasis
  }
}

/// A text in a column.
package struct ListCell: Equatable, Sendable {
  package var text: String
  /// How the text is to be read.
  package var emphasis: Emphasis

  init(_ text: String, _ emphasis: Emphasis) {
    self.text = text
    self.emphasis = emphasis
  }
}

/// How a text is to be read; what that looks like is up to the view.
package enum Emphasis: Equatable, Sendable {
  case plain
  /// What the row is about.
  case strong
  case muted
  case good, notice, warning, alert
}
