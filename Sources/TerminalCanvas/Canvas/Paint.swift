/// A colour by its role. The terminal driver maps it to a colour of the theme; no meaning is conveyed
/// by colour alone.
package enum Paint: UInt8, CaseIterable, Sendable {
  // Text.
  /// Ordinary text, in the terminal's own colour.
  case text
  /// Units, labels and other secondary text.
  case muted
  /// Text that is hardly needed: zeros, and the unknown.
  case faint
  /// The name of a key, the focus, and information that the user should see.
  case accent
  /// A state without problems.
  case good
  /// Responses with a status of 400-499, and a problem that the program can work around.
  case clientError
  /// Responses with a status of 500-599, and an active alert.
  case serverError
  /// Text on a badge.
  case badgeText

  // Lines and areas.
  /// The border of a pane.
  case border
  /// The border of the pane that has the keyboard focus.
  case focus
  /// Hits that are not errors, in charts and bars: from the bottom of a chart to its top.
  case hits0, hits1, hits2, hits3, hits4, hits5, hits6, hits7
  /// The highest value within a column of a chart, where it is above the mean.
  case peak
  /// The line of the mean over the alert window.
  case mean
  /// The background of a chart during an alert.
  case tint
  /// The unfilled part of a bar.
  case track
  /// The background of a selected row.
  case selection
  /// The background of a badge with information.
  case noticeBadge
  /// The background of a badge with a warning.
  case warningBadge
  /// The background of a badge for an active alert.
  case alertBadge

  /// The colours of hits that are not errors, from the bottom of a chart to its top.
  package static let hits: [Paint] = [
    .hits0, .hits1, .hits2, .hits3, .hits4, .hits5, .hits6, .hits7,
  ]
}
