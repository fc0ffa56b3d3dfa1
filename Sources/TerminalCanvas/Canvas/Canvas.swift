import SafeText

/// A grid of cells in memory that panes draw into and a `Screen` displays.
///
/// All drawing is clipped to its rectangle and to the canvas, so every size and every position is
/// valid. A canvas contains only text from `SafeString` and glyphs of its own `GlyphSet`.
package struct Canvas: Sendable {
  /// The size of the canvas in cells.
  package let size: Size
  /// The glyphs for frames and charts; text is converted to their encoding.
  package let glyphs: GlyphSet
  private var cells: [Cell]
  /// Combining marks by the index of their cell; valid only while the cell has `hasMarks` set.
  private var marksByIndex: [Int: [Unicode.Scalar]] = [:]

  /// Creates a canvas whose cells are all blank.
  ///
  /// - Parameter blank: the initial content of every cell; tests use `·` to find cells that a pane
  ///   did not draw.
  /// - Complexity: O(number of cells)
  package init(size: Size, glyphs: GlyphSet = .unicode, blank: Unicode.Scalar = " ") {
    self.size = size
    self.glyphs = glyphs
    cells = Array(repeating: Cell(blank, .text), count: size.rows * size.columns)
  }

  /// The whole canvas as a rectangle.
  package var bounds: Rectangle {
    Rectangle(row: 0, column: 0, rows: size.rows, columns: size.columns)
  }

  /// The cell at a position; a blank cell for a position outside the canvas.
  package func cell(row: Int, column: Int) -> Cell {
    bounds.contains(row: row, column: column)
      ? cells[row * size.columns + column] : Cell(" ", .text)
  }

  /// The combining marks on the character at a position.
  package func marks(row: Int, column: Int) -> [Unicode.Scalar] {
    guard cell(row: row, column: column).hasMarks else { return [] }
    return marksByIndex[row * size.columns + column] ?? []
  }
}

// MARK: - Cells

extension Canvas {
  /// Writes a character one column wide. The position must lie on the canvas.
  mutating func put(_ scalar: Unicode.Scalar, row: Int, column: Int, style: Style) {
    let index = row * size.columns + column
    clearHalves(at: index)
    cells[index] = Cell(scalar, style)
  }

  /// Writes a cluster. All its columns must lie on the canvas.
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

  /// Blanks the other half of a wide character before one half of it is overwritten.
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
  /// Fills an area with spaces.
  package mutating func clear(_ area: Rectangle, style: Style = .text) {
    fill(area, with: " ", style: style)
  }

  /// Writes one glyph, which must be one column wide, into every cell of an area.
  package mutating func fill(_ area: Rectangle, with glyph: Unicode.Scalar, style: Style) {
    let visible = area.intersection(bounds)
    guard !visible.isEmpty else { return }
    for row in visible.row..<visible.endRow {
      for column in visible.column..<visible.endColumn {
        put(glyph, row: row, column: column, style: style)
      }
    }
  }

  /// Gives an area the background of a selected row. Cells with a background of their own keep it.
  package mutating func select(_ area: Rectangle) {
    let visible = area.intersection(bounds)
    guard !visible.isEmpty else { return }
    for row in visible.row..<visible.endRow {
      for column in visible.column..<visible.endColumn {
        let index = row * size.columns + column
        if cells[index].style.ground == nil { cells[index].style.ground = .selection }
      }
    }
  }
}
