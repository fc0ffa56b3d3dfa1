/// The size of a screen or of a part of it, in cells; never negative.
package struct Size: Equatable, Sendable {
  /// The number of rows.
  package let rows: Int
  /// The number of columns.
  package let columns: Int

  /// Creates a size; negative numbers count as 0.
  package init(rows: Int, columns: Int) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }

  /// Whether the size has no cells.
  package var isEmpty: Bool { rows == 0 || columns == 0 }
}
