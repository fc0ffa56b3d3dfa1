import CNcurses

/// How a style looks. A colour is its number in the terminal's palette; nil is the terminal's own.
struct Look: Equatable, Sendable {
  var foreground: Int16?
  var background: Int16?
  var isBold = false
  var isDim = false
  var isReverse = false
  var isUnderlined = false

  static let plain = Look()
  static let bold = Look(isBold: true)
  static let dim = Look(isDim: true)
  static let reverse = Look(isReverse: true)

  static func color(_ number: Int16, bold: Bool = false) -> Look {
    Look(foreground: number, isBold: bold)
  }

  /// White letters on a colour.
  static func badge(_ number: Int16, white: Int16) -> Look {
    Look(foreground: white, background: number, isBold: true)
  }
}

extension Look {
  var attributes: attr_t {
    var bits = curses_normal()
    if isBold { bits |= curses_bold() }
    if isDim { bits |= curses_dim() }
    if isReverse { bits |= curses_reverse() }
    if isUnderlined { bits |= curses_underline() }
    return bits
  }
}
