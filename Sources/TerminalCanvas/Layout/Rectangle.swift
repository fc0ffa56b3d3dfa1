/// A rectangular part of a canvas, in cells. Row 0 is the top row, column 0 the leftmost column.
///
/// Its size is never negative: removing more rows or columns than there are gives an empty rectangle.
package struct Rectangle: Equatable, Sendable {
  /// The top row.
  package let row: Int
  /// The leftmost column.
  package let column: Int
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int

  /// Creates a rectangle; a negative number of rows or columns counts as 0.
  package init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }

  /// Whether the rectangle has no cells.
  package var isEmpty: Bool { rows == 0 || columns == 0 }
  /// The first row below the rectangle.
  package var endRow: Int { row + rows }
  /// The first column to the right of the rectangle.
  package var endColumn: Int { column + columns }

  /// Whether a position lies in the rectangle.
  package func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < endRow && column >= self.column && column < endColumn
  }

  /// The cells that two rectangles share; empty where they do not overlap.
  package func intersection(_ other: Rectangle) -> Rectangle {
    let top = max(row, other.row)
    let left = max(column, other.column)
    return Rectangle(
      row: top, column: left, rows: min(endRow, other.endRow) - top,
      columns: min(endColumn, other.endColumn) - left)
  }
}

// MARK: - Parts

extension Rectangle {
  /// The rectangle reduced by a number of cells at each edge.
  package func inset(
    top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0
  ) -> Rectangle {
    let top = min(max(0, top), rows)
    let left = min(max(0, left), columns)
    return Rectangle(
      row: row + top, column: column + left, rows: rows - top - bottom,
      columns: columns - left - right)
  }

  /// The rectangle without its outermost rows and columns.
  package var inside: Rectangle { inset(top: 1, left: 1, bottom: 1, right: 1) }

  /// The row at `offset` from the top; empty where there is no such row.
  package func line(_ offset: Int) -> Rectangle {
    guard offset >= 0 && offset < rows else {
      return Rectangle(row: row, column: column, rows: 0, columns: columns)
    }
    return Rectangle(row: row + offset, column: column, rows: 1, columns: columns)
  }

  /// At most `columns` columns starting at `offset`.
  package func slice(from offset: Int, columns wanted: Int = .max) -> Rectangle {
    let offset = min(max(0, offset), columns)
    return Rectangle(
      row: row, column: column + offset, rows: rows,
      columns: min(max(0, wanted), columns - offset))
  }

  /// The rows of the rectangle from top to bottom.
  package var lines: [Rectangle] { (0..<rows).map(line) }
}
