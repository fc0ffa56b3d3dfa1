/// One place on the screen: eight bytes, without references, so that a frame is filled fast.
package struct Cell: Equatable, Sendable {
  package internal(set) var scalar: Unicode.Scalar
  package internal(set) var style: Style
  /// In columns: 1, 2, or 0 where the wide character to the left reaches into it.
  package internal(set) var width: UInt8
  /// Whether the canvas keeps marks that are drawn over the character.
  package internal(set) var hasMarks: Bool
  /// A background; everything else about the cell stays.
  package internal(set) var isSelected = false

  init(_ scalar: Unicode.Scalar, _ style: Style, width: UInt8 = 1, hasMarks: Bool = false) {
    self.scalar = scalar
    self.style = style
    self.width = width
    self.hasMarks = hasMarks
  }

  /// The same without its character.
  package var blank: Cell {
    var cell = Cell(" ", style)
    cell.isSelected = isSelected
    return cell
  }
}
