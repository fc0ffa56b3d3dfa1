/// One position on the canvas. A cell has no references, so filling a frame is fast.
package struct Cell: Equatable, Sendable {
  /// The character in the cell.
  package internal(set) var scalar: Unicode.Scalar
  /// The colours of the cell.
  package internal(set) var style: Style
  /// The width of the character in columns: 1 or 2, or 0 for the right half of a wide character.
  package internal(set) var width: UInt8
  /// Whether the canvas stores combining marks for this cell.
  package internal(set) var hasMarks: Bool

  init(_ scalar: Unicode.Scalar, _ style: Style, width: UInt8 = 1, hasMarks: Bool = false) {
    self.scalar = scalar
    self.style = style
    self.width = width
    self.hasMarks = hasMarks
  }

  /// The same cell with its character replaced by a space.
  package var blank: Cell { Cell(" ", style) }
}
