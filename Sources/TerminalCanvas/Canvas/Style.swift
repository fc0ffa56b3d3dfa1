/// The role of a cell's content. The terminal driver maps a role to colours and attributes; no
/// meaning is conveyed by colour alone.
package enum Style: UInt8, CaseIterable, Sendable {
  /// Ordinary text.
  case text
  /// The most important text of a pane, for example the current rate.
  case strong
  /// Units, labels and other secondary text.
  case muted
  /// Titles of panes and headings of columns.
  case heading
  /// The border of a pane.
  case border
  /// The border of the pane that has the keyboard focus.
  case focusedBorder
  /// The filled part of a bar in a table.
  case bar
  /// The unfilled part of a bar in a table.
  case barTrack
  /// The name of a key.
  case key

  // States.
  /// A state without problems.
  case good
  /// Information that the user should see.
  case notice
  /// A problem that the program can work around.
  case warning
  /// An active alert.
  case alert

  // Charts.
  /// A column of a chart.
  case chartBar
  /// A column of a chart during an alert.
  case chartAlertBar
  /// The cells above a column during an alert.
  case chartAlertSpan
  /// The highest value within a column, where it is above the mean.
  case chartPeak
  /// The line at the alert threshold.
  case threshold
  /// The axis, its ticks and its labels.
  case axis

  // Badges: short words on a coloured background, for example `PAUSED`.
  /// A badge with information.
  case noticeBadge
  /// A badge with a warning.
  case warningBadge
  /// A badge for an active alert.
  case alertBadge
}
