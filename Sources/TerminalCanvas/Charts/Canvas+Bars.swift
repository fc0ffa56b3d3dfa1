extension Canvas {
  /// Draws a horizontal bar into the first row of `area`, starting at its left edge, with a resolution
  /// of an eighth of a cell.
  ///
  /// - Parameters:
  ///   - fraction: the filled part of the bar, from 0 to 1.
  ///   - paint: the colour of the filled part.
  package mutating func bar(_ fraction: Double, in area: Rectangle, paint: Paint) {
    let line = area.line(0)
    let filled = eighths(fraction, of: line.columns)
    for column in 0..<line.columns {
      let part = min(8, max(0, filled - column * 8))
      let cell = line.slice(from: column, columns: 1)
      if glyphs.areas.isEmpty {
        let ground: Paint = part == 8 ? paint : .track
        fill(cell, with: part == 8 ? " " : glyphs.lengths[part], style: Style(paint, on: ground))
      } else {
        fill(cell, with: part > 0 ? glyphs.lengths[part] : glyphs.dot, style: Style(paint))
      }
    }
  }

  /// Draws a sparkline into the first row of `area`, one cell for each value from the left edge. The
  /// greatest value leaves a gap to the row above; a value that is not known is blank.
  package mutating func sparkline(_ values: [Int?], in area: Rectangle, paint: Paint) {
    let greatest = max(1, values.reduce(0) { max($0, $1 ?? 0) })
    for (column, value) in values.prefix(area.columns).enumerated() {
      guard let value else { continue }
      let height = value > 0 ? max(1, Int((Double(value) / Double(greatest) * 7).rounded())) : 1
      fill(
        area.line(0).slice(from: column, columns: 1), with: glyphs.heights[height],
        style: Style(value > 0 ? paint : .faint))
    }
  }
}
