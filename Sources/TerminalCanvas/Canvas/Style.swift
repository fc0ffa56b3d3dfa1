/// The colours of a cell, and whether its character is bold.
package struct Style: Hashable, Sendable {
  /// The colour of the character.
  package var paint: Paint
  /// The colour of the background; `nil` for that of the terminal.
  package var ground: Paint?
  /// The character is bold.
  package var isBold: Bool

  package init(_ paint: Paint, on ground: Paint? = nil, bold: Bool = false) {
    self.paint = paint
    self.ground = ground
    isBold = bold
  }

  /// The same style on another background.
  package func on(_ ground: Paint?) -> Style { Style(paint, on: ground, bold: isBold) }
}

extension Style {
  /// Ordinary text.
  package static let text = Style(.text)
  /// The most important text of a pane.
  package static let strong = Style(.text, bold: true)
  /// Units, labels and other secondary text.
  package static let muted = Style(.muted)
  /// Zeros, and the unknown.
  package static let faint = Style(.faint)
  /// Titles of panes.
  package static let heading = Style(.text, bold: true)
  /// The border of a pane.
  package static let border = Style(.border)
  /// The border of the pane that has the keyboard focus.
  package static let focusedBorder = Style(.focus)
  /// The name of a key.
  package static let key = Style(.accent, bold: true)
  /// A state without problems.
  package static let good = Style(.good)
  /// Information that the user should see.
  package static let notice = Style(.accent)
  /// A problem that the program can work around.
  package static let warning = Style(.clientError)
  /// An active alert, and server errors.
  package static let alert = Style(.serverError, bold: true)

  /// A badge with information: a short word on a coloured background.
  package static let noticeBadge = Style(.badgeText, on: .noticeBadge, bold: true)
  /// A badge with a warning, for example `PAUSED`.
  package static let warningBadge = Style(.badgeText, on: .warningBadge, bold: true)
  /// A badge for an active alert.
  package static let alertBadge = Style(.badgeText, on: .alertBadge, bold: true)
}
