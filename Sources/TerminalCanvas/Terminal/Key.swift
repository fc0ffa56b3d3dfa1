/// What a person pressed.
package enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// Ctrl with a letter, in lower case.
  case control(Unicode.Scalar)
  case function(Int)
  case up, down, left, right
  case pageUp, pageDown, home, end
  case tab, backTab
  case enter, escape, backspace, delete
  /// Something without a meaning here: the mouse, a key of another world.
  case other
  /// The terminal has another size.
  case resize
  /// Nothing is waiting.
  case none
}
