import CNcurses
import TerminalCanvas

/// How many colours a terminal has, as far as it matters here.
enum ColorDepth: Equatable, CaseIterable, Sendable {
  case monochrome
  case eight
  case sixteen
  case full

  /// - Parameter count: as the terminal's description says. Those with millions show all of the 256,
  ///   under other numbers (`ColorNumbering`).
  init(colors count: Int) {
    switch count {
    case ..<8: self = .monochrome
    case 8..<16: self = .eight
    // Those with 88 agree with the usual palette only on the first sixteen.
    case 16..<256: self = .sixteen
    default: self = .full
    }
  }
}

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

extension Style {
  /// The look at a colour depth; where colours are missing, weight and reverse stand for them.
  ///
  /// Whether the terminal is dark or light is unknown, so the colours are those of medium
  /// brightness: they keep a contrast of at least 3.5 on black and on white.
  func look(_ depth: ColorDepth) -> Look {
    switch depth {
    case .full: fullLook
    case .sixteen: paletteLook(.bright)
    case .eight: paletteLook(.basic)
    case .monochrome: monochromeLook
    }
  }

  private var fullLook: Look {
    switch self {
    case .text: .plain
    case .strong, .heading, .key: .bold
    case .muted, .border, .axis: .color(243)
    case .focusedBorder: .color(32, bold: true)
    case .bar, .chartBar: .color(32)
    case .barTrack: .color(243)
    case .good: .color(28)
    case .notice: .color(32)
    case .warning: .color(130, bold: true)
    case .alert: .color(196, bold: true)
    case .chartAlertBar: .color(196)
    // A tint over much of the chart: it must not outshine the columns.
    case .chartAlertSpan: .color(131)
    case .chartPeak: .color(133)
    case .threshold: .color(130)
    case .noticeBadge: .badge(26, white: 231)
    case .warningBadge: .badge(130, white: 231)
    case .alertBadge: .badge(160, white: 231)
    }
  }

  /// Green, yellow and cyan vanish on white, dark blue on black: of the basic colours only red and
  /// magenta can be read on both.
  private func paletteLook(_ colors: BasicColors) -> Look {
    switch self {
    case .text, .good: .plain
    case .strong, .heading, .key: .bold
    case .muted, .border, .axis, .barTrack: .dim
    case .focusedBorder: Look(foreground: colors.accent, isBold: true)
    case .bar, .chartBar: Look(foreground: colors.accent)
    case .notice: Look(foreground: colors.accent, isBold: true)
    case .warning: .color(colors.warning, bold: true)
    case .alert: .color(colors.alert, bold: true)
    case .chartAlertBar, .chartAlertSpan: .color(colors.alert)
    case .chartPeak, .threshold: .color(colors.warning)
    case .noticeBadge: Look(foreground: colors.accent, isBold: true, isReverse: true)
    case .warningBadge: Look(foreground: colors.warning, isBold: true, isReverse: true)
    case .alertBadge: Look(foreground: colors.alert, isBold: true, isReverse: true)
    }
  }

  private var monochromeLook: Look {
    switch self {
    case .text, .good, .border, .bar, .chartBar, .chartAlertSpan, .axis, .threshold: .plain
    case .muted, .barTrack: .dim
    case .strong, .heading, .key, .focusedBorder, .warning, .chartAlertBar, .chartPeak: .bold
    case .notice: Look(isUnderlined: true)
    case .alert: Look(isBold: true, isUnderlined: true)
    case .noticeBadge: .reverse
    case .warningBadge, .alertBadge: Look(isBold: true, isReverse: true)
    }
  }
}

/// Colours out of the terminal's own eight or sixteen.
private struct BasicColors {
  let alert: Int16
  let warning: Int16
  /// For bars; the terminal's own where no further colour can be read on black and white.
  let accent: Int16?

  static let basic = BasicColors(alert: 1, warning: 5, accent: nil)
  static let bright = BasicColors(alert: 9, warning: 13, accent: 12)
}

/// The styles as curses knows them: attributes and a pair of colours for each, then the same for
/// selected rows.
struct Palette {
  private var attributes: [attr_t]
  private var pairs: [Int16]

  /// Starts the colours of the terminal that was opened last.
  ///
  /// - Parameter isColored: whether colours are wanted.
  init(isColored: Bool) {
    var depth = ColorDepth.monochrome
    var numbering = ColorNumbering.palette
    if isColored && has_colors() && start_color() == OK {
      depth = ColorDepth(colors: Int(curses_colors()))
      numbering = ColorNumbering(ofTerminalWith: Int(curses_colors()))
      if Int(curses_color_pairs()) <= 2 * Style.allCases.count { depth = .monochrome }
    }
    // Without it, pairs would paint black and white over the terminal's own colours.
    let ownColors = depth != .monochrome && use_default_colors() == OK
    attributes = []
    pairs = []
    let looks =
      Style.allCases.map { $0.look(depth) } + Style.allCases.map { $0.selectedLook(depth) }
    for (index, look) in looks.enumerated() {
      var pair: Int16 = 0
      if look.foreground != nil || look.background != nil {
        pair = Int16(index) + 1
        let foreground = look.foreground.map(numbering.number) ?? (ownColors ? -1 : 7)
        let background = look.background.map(numbering.number) ?? (ownColors ? -1 : 0)
        init_extended_pair(Int32(pair), foreground, background)
      }
      attributes.append(look.attributes)
      pairs.append(pair)
    }
  }

  func apply(_ style: Style, isSelected: Bool, to window: UnsafeMutablePointer<WINDOW>) {
    let index = Int(style.rawValue) + (isSelected ? Style.allCases.count : 0)
    _ = curses_set_style(window, attributes[index], pairs[index])
  }
}

extension Look {
  fileprivate var attributes: attr_t {
    var bits = curses_normal()
    if isBold { bits |= curses_bold() }
    if isDim { bits |= curses_dim() }
    if isReverse { bits |= curses_reverse() }
    if isUnderlined { bits |= curses_underline() }
    return bits
  }
}
