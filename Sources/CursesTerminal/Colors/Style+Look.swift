import TerminalCanvas

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
