/// A key press or another event from the keyboard.
package enum Key: Hashable, Sendable {
  /// A key that types a character.
  case character(Unicode.Scalar)
  /// Ctrl with a letter; the letter is in lower case.
  case control(Unicode.Scalar)
  /// A function key by its number.
  case function(Int)
  case up, down, left, right
  case pageUp, pageDown, home, end
  case tab, backTab
  case enter, escape, backspace, delete
  /// An action of the mouse, while `Screen.reportsMouse` is on.
  case mouse(Mouse)
  /// An unsupported key, or pasted text.
  case other
  /// The size of the terminal changed.
  case resize
  /// No key is waiting.
  case none
}
