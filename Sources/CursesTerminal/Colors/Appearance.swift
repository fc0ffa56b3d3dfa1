import CNcurses

/// The colours and attributes of a style. A colour is an index in xterm's palette of 256; nil is the
/// terminal's default colour.
struct Appearance: Equatable, Sendable {
  var foreground: Int16?
  var background: Int16?
  var isBold = false
  var isDim = false
  var isReverse = false
  var isUnderlined = false

  static let plain = Appearance()
  static let bold = Appearance(isBold: true)
  static let dim = Appearance(isDim: true)
  static let reverse = Appearance(isReverse: true)

  static func color(_ number: Int16, bold: Bool = false) -> Appearance {
    Appearance(foreground: number, isBold: bold)
  }

  /// White letters on a coloured background.
  static func badge(_ number: Int16, white: Int16) -> Appearance {
    Appearance(foreground: white, background: number, isBold: true)
  }
}

extension Appearance {
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
