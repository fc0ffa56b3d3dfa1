/// A part of a canvas, in cells; `row` 0 is the top, `column` 0 the left edge.
///
/// It never has a negative extent; cutting more off than there is leaves an empty one.
package struct Rectangle: Equatable, Sendable {
  package let row: Int
  package let column: Int
  package let rows: Int
  package let columns: Int

  package init(row: Int, column: Int, rows: Int, columns: Int) {
    self.row = row
    self.column = column
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }

  package var isEmpty: Bool { rows == 0 || columns == 0 }
  package var size: Size { Size(rows: rows, columns: columns) }
  /// The first row below it.
  package var endRow: Int { row + rows }
  /// The first column right of it.
  package var endColumn: Int { column + columns }

  package func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < endRow && column >= self.column && column < endColumn
  }

  /// What it has in common with another; empty where they do not touch.
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
  /// Without so many cells at each edge.
  package func inset(
    top: Int = 0, left: Int = 0, bottom: Int = 0, right: Int = 0
  ) -> Rectangle {
    let top = min(max(0, top), rows)
    let left = min(max(0, left), columns)
    return Rectangle(
      row: row + top, column: column + left, rows: rows - top - bottom,
      columns: columns - left - right)
  }

  /// Without its border.
  package var inside: Rectangle { inset(top: 1, left: 1, bottom: 1, right: 1) }

  /// Its row at `offset` from its top; empty where it has no such row.
  package func line(_ offset: Int) -> Rectangle {
    guard offset >= 0 && offset < rows else {
      return Rectangle(row: row, column: column, rows: 0, columns: columns)
    }
    return Rectangle(row: row + offset, column: column, rows: 1, columns: columns)
  }

  /// Its columns from `offset` on, `columns` of them at most.
  package func cut(from offset: Int, columns wanted: Int = .max) -> Rectangle {
    let offset = min(max(0, offset), columns)
    return Rectangle(
      row: row, column: column + offset, rows: rows,
      columns: min(max(0, wanted), columns - offset))
  }

  /// Its lines from top to bottom, one row each.
  package var lines: [Rectangle] { (0..<rows).map(line) }
}
