import SafeText

/// A picture of the screen in memory. Panes draw into it; a `Screen` shows it.
///
/// Everything is clipped, at its rectangle and at the edge: no size and no place is wrong. Only
/// `SafeString` and the canvas's own glyphs get in.
package struct Canvas: Sendable {
  package let size: Size
  /// What it is drawn with.
  package let glyphs: GlyphSet
  private var cells: [Cell]
  /// Combining marks by the index of their cell; valid where the cell says so.
  private var marksByIndex: [Int: [Unicode.Scalar]] = [:]

  /// - Parameter blank: what stands in every cell at first; tests put `·` there to see what a pane
  ///   left out.
  package init(size: Size, glyphs: GlyphSet = .unicode, blank: Unicode.Scalar = " ") {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: Cell(blank, .text), count: size.rows * size.columns)
  }

  package var bounds: Rectangle {
    Rectangle(row: 0, column: 0, rows: size.rows, columns: size.columns)
  }

  /// The cell there; a blank outside the canvas.
  package func cell(row: Int, column: Int) -> Cell {
    bounds.contains(row: row, column: column)
      ? cells[row * size.columns + column] : Cell(" ", .text)
  }

  /// The marks that are drawn over the character there.
  package func marks(row: Int, column: Int) -> [Unicode.Scalar] {
    guard cell(row: row, column: column).hasMarks else { return [] }
    return marksByIndex[row * size.columns + column] ?? []
  }
}

// MARK: - Cells

extension Canvas {
  /// Puts a character of one column; the caller has clipped.
  mutating func put(_ scalar: Unicode.Scalar, row: Int, column: Int, style: Style) {
    let index = row * size.columns + column
    clearHalves(at: index)
    cells[index] = Cell(scalar, style)
  }

  /// Puts a cluster whose columns all lie on the canvas.
  mutating func put(_ cluster: Cluster, row: Int, column: Int, style: Style) {
    let index = row * size.columns + column
    clearHalves(at: index)
    if cluster.width == 2 {
      clearHalves(at: index + 1)
      cells[index + 1] = Cell(" ", style, width: 0)
    }
    cells[index] = Cell(
      cluster.scalar, style, width: UInt8(cluster.width), hasMarks: !cluster.marks.isEmpty)
    if !cluster.marks.isEmpty { marksByIndex[index] = cluster.marks }
  }

  /// Where half of a wide character is about to be drawn over, the other half becomes a blank.
  private mutating func clearHalves(at index: Int) {
    switch cells[index].width {
    case 0: cells[index - 1] = cells[index - 1].blank
    case 2: cells[index + 1] = cells[index + 1].blank
    default: break
    }
  }
}

// MARK: - Areas

extension Canvas {
  /// Makes an area blank.
  package mutating func clear(_ area: Rectangle, style: Style = .text) {
    fill(area, with: " ", style: style)
  }

  /// Draws one glyph into every cell of an area.
  package mutating func fill(_ area: Rectangle, with glyph: Unicode.Scalar, style: Style) {
    let visible = area.intersection(bounds)
    guard !visible.isEmpty else { return }
    for row in visible.row..<visible.endRow {
      for column in visible.column..<visible.endColumn {
        put(glyph, row: row, column: column, style: style)
      }
    }
  }

  /// Gives an area the background of a selected row; characters and styles stay. What is drawn over it
  /// later is not selected.
  package mutating func select(_ area: Rectangle) {
    let visible = area.intersection(bounds)
    guard !visible.isEmpty else { return }
    for row in visible.row..<visible.endRow {
      for column in visible.column..<visible.endColumn {
        cells[row * size.columns + column].isSelected = true
      }
    }
  }
}
