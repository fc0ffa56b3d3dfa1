/// What a cell means. Which colour that is, the terminal decides; a meaning is never told by colour
/// alone.
package enum Style: UInt8, CaseIterable, Sendable {
  case text
  /// Text that matters most on its pane: the rate now.
  case strong
  /// Units, labels, what is read second.
  case muted
  /// Titles of panes and heads of columns.
  case heading
  case border
  /// The border of the pane that keys go to.
  case focusedBorder
  /// The filled part of a bar within a table.
  case bar
  /// The rest of it.
  case barTrack
  /// The name of a key.
  case key

  // States.
  case good
  case notice
  case warning
  case alert

  // Charts.
  /// A column of a chart.
  case chartBar
  /// A column of a chart while an alert was on.
  case chartAlertBar
  /// The free cells above a column while an alert was on.
  case chartAlertSpan
  /// The highest value under a column, where that is above the mean.
  case chartPeak
  /// The line that the alert's mean is compared with.
  case threshold
  /// Scale, ticks and times.
  case axis

  // Short words that stand out, in reverse: `PAUSED`.
  case noticeBadge
  case warningBadge
  case alertBadge

  /// What stands for the style in a picture that a person compares.
  package var letter: Character {
    switch self {
    case .text: "."
    case .strong: "T"
    case .muted: "m"
    case .heading: "h"
    case .border: "b"
    case .focusedBorder: "B"
    case .bar: "="
    case .barTrack: "-"
    case .key: "k"
    case .good: "g"
    case .notice: "n"
    case .warning: "w"
    case .alert: "a"
    case .chartBar: "c"
    case .chartAlertBar: "C"
    case .chartAlertSpan: "~"
    case .chartPeak: "p"
    case .threshold: "t"
    case .axis: "x"
    case .noticeBadge: "N"
    case .warningBadge: "W"
    case .alertBadge: "A"
    }
  }
}
