/// Makes the cells of a column chart. Full cells are spaces with a background, because a full block
/// does not fill the cell in every terminal.
struct ChartPainter {
  /// A character with its colours.
  struct Glyph: Equatable {
    var scalar: Unicode.Scalar
    var style: Style
  }

  let settings: ChartSettings
  let scale: ChartScale
  let glyphs: GlyphSet

  private var rows: Int { scale.rows }
  private var thresholdRow: Int? {
    settings.threshold.flatMap { $0 <= scale.top ? scale.row(of: $0) : nil }
  }

  /// The cells of one column, from the top to the bottom.
  func cells(of column: ChartColumn, isCursor: Bool) -> [Glyph] {
    let parts = ColumnParts(column, scale)
    let tint: Paint? = column.isTinted ? .tint : nil
    let thresholdRow = thresholdRow
    var cells = (0..<rows).map { row in
      let fill = parts.cell(rows - 1 - row)
      guard fill.isUniform else { return boundary(fill, tint, row: row) }
      if fill.lower == .empty || fill.lower == .peak {
        let ground = ground(fill.lower, tint, row: row)
        if isCursor { return Glyph(scalar: glyphs.vertical, style: Style(.accent, on: ground)) }
        if row == thresholdRow {
          return Glyph(scalar: glyphs.threshold, style: Style(.muted, on: ground))
        }
      }
      return uniform(fill.lower, tint, row: row)
    }
    if column.isUnknown {
      cells[rows - 1] = Glyph(scalar: glyphs.dot, style: Style(.faint, on: tint))
    }
    if let peak = column.peak, peak > scale.top, parts.fill(at: rows * 8 - 1) == .peak {
      cells[0] = Glyph(
        scalar: glyphs.peakAboveScale, style: Style(.text, on: ground(.peak, tint, row: 0)))
    }
    if let line = column.line, line <= scale.top {
      let (row, glyph) = self.line(at: scale.fraction(line), parts, tint)
      // The whole of a low column stands in the lowest row, which the line must not hide.
      if row < rows - 1 || parts.cell(0).isUniform { cells[row] = glyph }
    }
    return cells
  }

  /// A cell that one thing fills: as a background, or where that is not possible, with a character.
  private func uniform(_ fill: ColumnFill, _ tint: Paint?, row: Int) -> Glyph {
    let area: Int? =
      switch fill {
      case .empty: nil
      case .layer(let index): index
      case .peak: glyphs.areas.count - 1
      }
    guard let area, glyphs.areas.indices.contains(area) else {
      return Glyph(scalar: " ", style: Style(.text, on: paint(fill, row: row) ?? tint))
    }
    return Glyph(scalar: glyphs.areas[area], style: Style(paint(fill, row: row) ?? .text, on: tint))
  }

  /// A cell in which one thing ends and another begins.
  private func boundary(_ fill: CellFill, _ tint: Paint?, row: Int) -> Glyph {
    // Without backgrounds a cell shows one layer, that of its greater part.
    if !glyphs.areas.isEmpty, case .layer = fill.upper {
      return uniform(fill.eighths > 4 ? fill.lower : fill.upper, tint, row: row)
    }
    return Glyph(
      scalar: glyphs.heights[fill.eighths],
      style: Style(paint(fill.lower, row: row) ?? .text, on: ground(fill.upper, tint, row: row)))
  }

  /// The cell of the line, and its row from the top.
  private func line(
    at fraction: Double, _ parts: ColumnParts, _ tint: Paint?
  ) -> (row: Int, glyph: Glyph) {
    let steps = glyphs.lines.count
    let height = min(rows * steps - 1, Int(fraction * Double(rows * steps)))
    let (level, step) = height.quotientAndRemainder(dividingBy: steps)
    let row = rows - 1 - level
    let fill = parts.nearest(level)
    return (
      row, Glyph(scalar: glyphs.lines[step], style: Style(.mean, on: ground(fill, tint, row: row)))
    )
  }

  /// The background behind a character.
  private func ground(_ fill: ColumnFill, _ tint: Paint?, row: Int) -> Paint? {
    glyphs.areas.isEmpty ? paint(fill, row: row) ?? tint : tint
  }

  /// The colour of a fill at a row; `nil` for an empty one.
  private func paint(_ fill: ColumnFill, row: Int) -> Paint? {
    switch fill {
    case .empty: return nil
    case .peak: return .peak
    case .layer(let index):
      let paints = settings.layers[min(index, settings.layers.count - 1)]
      return paints[min(paints.count - 1, (rows - 1 - row) * paints.count / rows)]
    }
  }
}
