extension Canvas {
  /// Draws a column chart into `area`: one cell for each column from the left edge, zero at the lower
  /// edge, with a vertical resolution of an eighth of a cell.
  ///
  /// - Parameter scale: a scale with as many rows as `area`.
  package mutating func chart(
    _ columns: [ChartColumn], _ settings: ChartSettings, scale: ChartScale, in area: Rectangle
  ) {
    clear(area)
    guard !area.isEmpty else { return }
    let painter = ChartPainter(settings: settings, scale: scale, glyphs: glyphs)
    for (offset, column) in columns.prefix(area.columns).enumerated() {
      let cells = painter.cells(of: column, isCursor: offset == settings.cursor)
      for (row, cell) in cells.enumerated() {
        fill(area.line(row).slice(from: offset, columns: 1), with: cell.scalar, style: cell.style)
      }
    }
  }
}
