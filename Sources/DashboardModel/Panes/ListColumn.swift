/// A column of a list.
package struct ListColumn: Equatable, Sendable {
  /// The title above the column, if the list has titles.
  package var title: String
  /// In screen columns.
  package var width: Int
  /// If not all columns fit, those with the lowest ranks are displayed.
  package var rank: Int
  /// The emphasis of its texts.
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
  /// The text, not yet padded to the width of the column.
  package var text: String
  /// The emphasis of the text.
  package var emphasis: Emphasis

  init(_ text: String, _ emphasis: Emphasis) {
    self.text = text
    self.emphasis = emphasis
  }
}

/// The importance or meaning of a text. Views map it to a style.
package enum Emphasis: Equatable, Sendable {
  case plain
  /// The most important text of a row.
  case strong
  case muted
  case good, notice, warning, alert
}
