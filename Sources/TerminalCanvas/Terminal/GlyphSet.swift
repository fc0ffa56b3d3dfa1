import SafeText

/// The characters that frames, charts and markers are drawn with.
package struct GlyphSet: Sendable {
  /// The encoding of the terminal; all drawn text is converted to it.
  package let encoding: TextEncoding

  /// The horizontal edge of a frame: `─`.
  package let horizontal: Unicode.Scalar
  /// The vertical edge of a frame, and the cursor of a chart: `│`.
  package let vertical: Unicode.Scalar
  /// The corners of a frame, clockwise from the upper left one: `╭╮╯╰`.
  package let corners: [Unicode.Scalar]
  /// The part of a scroll bar that stands for the visible rows: `┃`.
  package let thumb: Unicode.Scalar
  /// A strip along an axis, and the completed part of a progress line: `━`.
  package let strip: Unicode.Scalar
  /// The left half of a strip: `╸`.
  package let stripLeft: Unicode.Scalar
  /// The right half of a strip: `╺`.
  package let stripRight: Unicode.Scalar
  /// A strip shorter than half a column: `•`.
  package let stripPoint: Unicode.Scalar

  /// The line of a threshold: `╌`.
  package let threshold: Unicode.Scalar
  /// A line in a chart, at five heights of a cell from the lowest to the highest: `⎽⎼─⎻⎺`.
  package let lines: [Unicode.Scalar]
  /// A highest value that exceeds the scale of the chart: `↑`.
  package let peakAboveScale: Unicode.Scalar
  /// Time of which nothing is known, and a zero: `·`.
  package let dot: Unicode.Scalar
  /// Chart columns of 0/8 to 8/8 of a cell's height.
  package let heights: [Unicode.Scalar]
  /// Bars of 0/8 to 8/8 of a cell's width.
  package let lengths: [Unicode.Scalar]
  /// The characters of areas where they are not drawn as a background: the layers of a chart from the
  /// bottom, then the highest value. Empty where they are.
  package let areas: [Unicode.Scalar]

  /// A rising value, and an ascending order: `▲`.
  package let up: SafeString
  /// A falling value, and a descending order: `▼`.
  package let down: SafeString
  /// A state that lasts: `●`.
  package let active: SafeString
  /// A state that has ended: `○`.
  package let ended: SafeString
  /// A colour in a legend: `■`.
  package let sample: SafeString
  /// Between a name and how often it occurs: `×`.
  package let times: SafeString

  /// Line-drawing and block characters.
  package static let unicode = GlyphSet(
    encoding: .unicode, horizontal: "─", vertical: "│", corners: ["╭", "╮", "╯", "╰"],
    thumb: "┃", strip: "━", stripLeft: "╸", stripRight: "╺", stripPoint: "•", threshold: "╌",
    lines: ["⎽", "⎼", "─", "⎻", "⎺"], peakAboveScale: "↑", dot: "·",
    heights: [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
    lengths: [" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"], areas: [],
    up: "▲", down: "▼", active: "●", ended: "○", sample: "■", times: "×")

  /// Replacements for terminals that display ASCII only.
  package static let ascii = GlyphSet(
    encoding: .ascii, horizontal: "-", vertical: "|", corners: ["+", "+", "+", "+"],
    thumb: "#", strip: "=", stripLeft: "=", stripRight: "=", stripPoint: "'", threshold: "-",
    lines: ["_", "_", "~", "~", "~"], peakAboveScale: "^", dot: ".",
    heights: [" ", ".", ".", ".", ":", ":", ":", "#", "#"],
    lengths: [" ", " ", "-", "-", "=", "=", "=", "#", "#"], areas: ["5", "4", "#", ":"],
    up: "^", down: "v", active: "*", ended: "o", sample: "#", times: "x")

  /// The number of a pane in front of its title: `¹`, or in ASCII `1 `.
  package func number(_ digit: Int) -> SafeString {
    let digits: [SafeString] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return encoding == .ascii || !digits.indices.contains(digit)
      ? SafeString("\(digit) ") : digits[digit]
  }
}
