extension Canvas {
  /// Draws a horizontal bar into the first row of `area`, starting at its left edge, with a resolution
  /// of an eighth of a cell.
  ///
  /// - Parameter fraction: the filled part of the bar, from 0 to 1.
  package mutating func bar(
    _ fraction: Double, in area: Rectangle, style: Style = .bar, track: Style = .barTrack
  ) {
    let filled = eighths(fraction, of: area.columns)
    for column in 0..<area.line(0).columns {
      let part = min(8, max(0, filled - column * 8))
      fill(
        area.line(0).slice(from: column, columns: 1), with: glyphs.lengths[part],
        style: part > 0 ? style : track)
    }
  }

  /// Draws a column chart into `area`: one cell for each column from the left edge, zero at the lower
  /// edge, with a vertical resolution of an eighth of a cell. Cells above a column show the threshold
  /// line or the shading of an alert, or are blank.
  ///
  /// - Parameters:
  ///   - scale: a scale with as many rows as `area`.
  ///   - threshold: the value to draw a line at; omitted where it is above the scale.
  package mutating func chart(
    _ columns: [ChartColumn], scale: ChartScale, threshold: Double? = nil, in area: Rectangle
  ) {
    clear(area)
    guard !area.isEmpty else { return }
    for (offset, column) in columns.prefix(area.columns).enumerated() where column.isAlert {
      fill(area.slice(from: offset, columns: 1), with: glyphs.shade, style: .chartAlertSpan)
    }
    if let threshold, threshold <= scale.top {
      let row = scale.row(of: threshold)
      fill(area.line(row), with: glyphs.threshold, style: .threshold)
    }
    for (offset, column) in columns.prefix(area.columns).enumerated() {
      draw(column, scale: scale, in: area.slice(from: offset, columns: 1))
    }
  }

  private mutating func draw(_ column: ChartColumn, scale: ChartScale, in area: Rectangle) {
    guard let value = column.value else { return }
    let filled = eighths(scale.fraction(value), of: area.rows)
    let style: Style = column.isAlert ? .chartAlertBar : .chartBar
    let full = filled / 8
    fill(area.inset(top: area.rows - full), with: glyphs.heights[8], style: style)
    if filled % 8 > 0 {
      fill(area.line(area.rows - 1 - full), with: glyphs.heights[filled % 8], style: style)
    }
    guard let peak = column.peak else { return }
    guard peak <= scale.top else {
      // An ordinary marker in the top row would be read as the value of that row.
      if filled <= (area.rows - 1) * 8 {
        fill(area.line(0), with: glyphs.peakAboveScale, style: .chartPeak)
      }
      return
    }
    let reached = eighths(scale.fraction(peak), of: area.rows)
    let row = (reached + 7) / 8
    // A marker in the cell where the column ends, or close above it, would suggest a greater
    // difference than there is.
    if row > (filled + 7) / 8 && reached - filled >= 4 {
      fill(area.line(area.rows - row), with: glyphs.peak, style: .chartPeak)
    }
  }
}
