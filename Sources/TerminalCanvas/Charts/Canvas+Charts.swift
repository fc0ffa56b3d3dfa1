extension Canvas {
  /// Draws a bar from the left over the first row of `area`, exact to an eighth of a cell.
  ///
  /// - Parameter fraction: the part that is filled, 0 to 1.
  package mutating func bar(
    _ fraction: Double, in area: Rectangle, style: Style = .bar, track: Style = .barTrack
  ) {
    let filled = eighths(fraction, of: area.columns)
    for column in 0..<area.line(0).columns {
      let part = min(8, max(0, filled - column * 8))
      fill(
        area.line(0).cut(from: column, columns: 1), with: glyphs.lengths[part],
        style: part > 0 ? style : track)
    }
  }

  /// Draws columns side by side from the left of `area`, zero at its bottom, exact to an eighth of a
  /// cell; cells that no column reaches are blank, or show the threshold, or an alert's span.
  ///
  /// - Parameter scale: one for as many rows as the area has.
  package mutating func chart(
    _ columns: [ChartColumn], scale: ChartScale, threshold: Double? = nil, in area: Rectangle
  ) {
    clear(area)
    guard !area.isEmpty else { return }
    for (offset, column) in columns.prefix(area.columns).enumerated() where column.isAlert {
      fill(area.cut(from: offset, columns: 1), with: glyphs.shade, style: .chartAlertSpan)
    }
    if let threshold, threshold <= scale.top {
      let row = scale.row(of: threshold)
      fill(area.line(row), with: glyphs.threshold, style: .threshold)
    }
    for (offset, column) in columns.prefix(area.columns).enumerated() {
      draw(column, scale: scale, in: area.cut(from: offset, columns: 1))
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
      // It lies somewhere above: a mark of its own, or it would be read as the value of that row.
      if filled <= (area.rows - 1) * 8 {
        fill(area.line(0), with: glyphs.peakBeyond, style: .chartPeak)
      }
      return
    }
    let reached = eighths(scale.fraction(peak), of: area.rows)
    let row = (reached + 7) / 8
    // A mark in the cell where the column ends, or right above it, would say more than is true.
    if row > (filled + 7) / 8 && reached - filled >= 4 {
      fill(area.line(area.rows - row), with: glyphs.peak, style: .chartPeak)
    }
  }
}
