import SafeText

/// The characters that frames, charts and markers are drawn with.
package struct GlyphSet: Sendable {
  /// The encoding of the terminal; all drawn text is converted to it.
  package let encoding: TextEncoding

  /// The horizontal edge of a frame: `─`.
  package let horizontal: Unicode.Scalar
  /// The vertical edge of a frame: `│`.
  package let vertical: Unicode.Scalar
  /// The completed part of a progress line: `━`.
  package let progress: Unicode.Scalar
  /// The upper left corner of a frame: `┌`.
  package let topLeft: Unicode.Scalar
  /// The upper right corner of a frame: `┐`.
  package let topRight: Unicode.Scalar
  /// The lower left corner of a frame: `└`.
  package let bottomLeft: Unicode.Scalar
  /// The lower right corner of a frame: `┘`.
  package let bottomRight: Unicode.Scalar
  /// A vertical axis with a tick mark on its left: `┤`.
  package let tick: Unicode.Scalar
  /// The line of a threshold: `╌`.
  package let threshold: Unicode.Scalar
  /// The highest value of a chart column, above the column: `•`.
  package let peak: Unicode.Scalar
  /// A highest value that exceeds the scale of the chart: `↑`.
  package let peakAboveScale: Unicode.Scalar
  /// Fills the cells above a chart column during an alert: `░`.
  package let shade: Unicode.Scalar
  /// Chart columns of 0/8 to 8/8 of a cell's height.
  package let heights: [Unicode.Scalar]
  /// Bars of 0/8 to 8/8 of a cell's width.
  package let lengths: [Unicode.Scalar]

  /// A rising value: `▲`.
  package let up: SafeString
  /// A falling value: `▼`.
  package let down: SafeString
  /// A state that lasts: `●`.
  package let active: SafeString
  /// A state that has ended: `○`.
  package let ended: SafeString

  /// Line-drawing and block characters.
  package static let unicode = GlyphSet(
    encoding: .unicode, horizontal: "─", vertical: "│", progress: "━", topLeft: "┌", topRight: "┐",
    bottomLeft: "└", bottomRight: "┘", tick: "┤", threshold: "╌", peak: "•", peakAboveScale: "↑",
    shade: "░",
    heights: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    lengths: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"],
    up: "▲", down: "▼", active: "●", ended: "○")

  /// Replacements for terminals that display ASCII only.
  package static let ascii = GlyphSet(
    encoding: .ascii, horizontal: "-", vertical: "|", progress: "=", topLeft: "+", topRight: "+",
    bottomLeft: "+", bottomRight: "+", tick: "+", threshold: "-", peak: "'", peakAboveScale: "^",
    shade: ":",
    heights: [" ", ".", ".", ".", ":", ":", ":", "#", "#"],
    lengths: [" ", " ", "-", "-", "=", "=", "=", "#", "#"],
    up: "^", down: "v", active: "*", ended: "o")
}
