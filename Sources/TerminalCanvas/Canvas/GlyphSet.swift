import SafeText

/// The shapes that frames, charts and marks are drawn with.
package struct GlyphSet: Sendable {
  /// What the terminal can show; all text drawn is converted to it.
  package let repertoire: Repertoire

  package let horizontal: Unicode.Scalar
  package let vertical: Unicode.Scalar
  /// A line on which something has got that far: `━`.
  package let heavy: Unicode.Scalar
  package let topLeft: Unicode.Scalar
  package let topRight: Unicode.Scalar
  package let bottomLeft: Unicode.Scalar
  package let bottomRight: Unicode.Scalar
  /// An axis with a tick to its left: `┤`.
  package let tick: Unicode.Scalar
  /// The line of a threshold: `╌`.
  package let threshold: Unicode.Scalar
  /// A peak above a column.
  package let peak: Unicode.Scalar
  /// A peak above the scale: `↑`.
  package let peakBeyond: Unicode.Scalar
  /// The free cells of an alert's span.
  package let shade: Unicode.Scalar
  /// Columns that are 0/8 to 8/8 of a cell high.
  package let heights: [Unicode.Scalar]
  /// Bars that are 0/8 to 8/8 of a cell long.
  package let lengths: [Unicode.Scalar]

  /// Going up, going down.
  package let up: SafeString
  package let down: SafeString
  /// A state that is on, and one that is over: `●`, `○`.
  package let active: SafeString
  package let over: SafeString
  package static let unicode = GlyphSet(
    repertoire: .unicode, horizontal: "─", vertical: "│", heavy: "━", topLeft: "┌", topRight: "┐",
    bottomLeft: "└", bottomRight: "┘", tick: "┤", threshold: "╌", peak: "•", peakBeyond: "↑",
    shade: "░",
    heights: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    lengths: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    up: "▲", down: "▼", active: "●", over: "○")

  package static let ascii = GlyphSet(
    repertoire: .ascii, horizontal: "-", vertical: "|", heavy: "=", topLeft: "+", topRight: "+",
    bottomLeft: "+", bottomRight: "+", tick: "+", threshold: "-", peak: "'", peakBeyond: "^",
    shade: ":",
    heights: [" ", ".", ".", ".", ":", ":", ":", "#", "#"],
    lengths: [" ", " ", "-", "-", "=", "=", "=", "#", "#"],
    up: "^", down: "v", active: "*", over: "o")
}
