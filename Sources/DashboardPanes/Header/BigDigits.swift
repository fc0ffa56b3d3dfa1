import TerminalCanvas

/// A number in digits three rows high, made of half blocks.
struct BigDigits {
  /// The rows of pixels of each character, from the top: `#` is set.
  private static let shapes: [Character: [String]] = [
    "0": ["###", "# #", "# #", "# #", "###"], "1": ["## ", " # ", " # ", " # ", "###"],
    "2": ["###", "  #", "###", "#  ", "###"], "3": ["###", "  #", " ##", "  #", "###"],
    "4": ["# #", "# #", "###", "  #", "  #"], "5": ["###", "#  ", "###", "  #", "###"],
    "6": ["###", "#  ", "###", "# #", "###"], "7": ["###", "  #", "  #", " # ", " # "],
    "8": ["###", "# #", "###", "# #", "###"], "9": ["###", "# #", "###", "  #", "###"],
    ".": [" ", " ", " ", " ", "#"], "k": ["# #", "# #", "## ", "# #", "# #"],
    "M": ["# #", "###", "###", "# #", "# #"], "G": ["###", "#  ", "# #", "# #", "###"],
    "T": ["###", " # ", " # ", " # ", " # "], "P": ["###", "# #", "###", "#  ", "#  "],
    "E": ["###", "#  ", "## ", "#  ", "###"],
  ]

  /// The number of rows.
  static let rows = 3
  let text: String

  /// The columns that the number takes.
  var columns: Int {
    text.reduce(0) { $0 + (Self.shapes[$1]?[0].count ?? 0) + 1 } - (text.isEmpty ? 0 : 1)
  }

  /// Draws the number at the right of an area.
  func draw(in area: Rectangle, style: Style, on canvas: inout Canvas) {
    var start = area.columns - columns
    for character in text {
      guard let shape = Self.shapes[character] else { continue }
      let pixels = shape.map(Array.init)
      for row in 0..<Self.rows {
        for column in 0..<pixels[0].count {
          let upper = pixels[row * 2][column] == "#"
          let lower = row * 2 + 1 < pixels.count && pixels[row * 2 + 1][column] == "#"
          guard upper || lower, start + column >= 0 else { continue }
          let glyph: Unicode.Scalar = upper ? (lower ? "█" : "▀") : "▄"
          canvas.fill(
            area.line(row).slice(from: start + column, columns: 1), with: glyph, style: style)
        }
      }
      start += pixels[0].count + 1
    }
  }
}
