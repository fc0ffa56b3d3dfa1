import CNcurses

/// The colours and attributes of a cell. A missing colour is the terminal's own one.
struct Appearance: Equatable, Sendable {
  var foreground: Color?
  var background: Color?
  var isBold = false
  var isDim = false
  var isReverse = false
  var isUnderlined = false
  /// A block element is replaced by a space: a reversed cell is filled already.
  var omitsBlocks = false

  /// The attributes as curses represents them.
  var attributes: attr_t {
    var bits = curses_normal()
    if isBold { bits |= curses_bold() }
    if isDim { bits |= curses_dim() }
    if isReverse { bits |= curses_reverse() }
    if isUnderlined { bits |= curses_underline() }
    return bits
  }
}
