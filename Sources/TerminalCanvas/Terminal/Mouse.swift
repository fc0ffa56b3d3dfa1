/// An action of the mouse at a cell of the screen. Releases, movements and other buttons are not
/// reported.
package struct Mouse: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    /// The left button was pressed.
    case press
    /// The wheel was turned up, away from the user.
    case wheelUp
    /// The wheel was turned down, towards the user.
    case wheelDown
  }

  package var action: Action
  /// The row from 0.
  package var row: Int
  /// The column from 0.
  package var column: Int

  package init(_ action: Action, row: Int, column: Int) {
    self.action = action
    self.row = row
    self.column = column
  }
}
