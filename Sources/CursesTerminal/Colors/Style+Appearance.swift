import TerminalCanvas

extension Style {
  /// The appearance at a colour depth. Where colours are missing, bold and reverse replace them.
  ///
  /// It is unknown whether the terminal has a dark or a light background, so the colours have medium
  /// brightness: their contrast is at least 3.5 both on black and on white.
  func appearance(_ depth: ColorDepth) -> Appearance {
    switch depth {
    case .full: fullAppearance
    case .sixteen: paletteAppearance(.bright)
    case .eight: paletteAppearance(.basic)
    case .monochrome: monochromeAppearance
    }
  }

  private var fullAppearance: Appearance {
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
    // The shading covers much of the chart and must be less prominent than the columns.
    case .chartAlertSpan: .color(131)
    case .chartPeak: .color(133)
    case .threshold: .color(130)
    case .noticeBadge: .badge(26, white: 231)
    case .warningBadge: .badge(130, white: 231)
    case .alertBadge: .badge(160, white: 231)
    }
  }

  /// Green, yellow and cyan are illegible on white, dark blue on black: of the basic colours only red
  /// and magenta are legible on both.
  private func paletteAppearance(_ colors: BasicColors) -> Appearance {
    switch self {
    case .text, .good: .plain
    case .strong, .heading, .key: .bold
    case .muted, .border, .axis, .barTrack: .dim
    case .focusedBorder: Appearance(foreground: colors.accent, isBold: true)
    case .bar, .chartBar: Appearance(foreground: colors.accent)
    case .notice: Appearance(foreground: colors.accent, isBold: true)
    case .warning: .color(colors.warning, bold: true)
    case .alert: .color(colors.alert, bold: true)
    case .chartAlertBar, .chartAlertSpan: .color(colors.alert)
    case .chartPeak, .threshold: .color(colors.warning)
    case .noticeBadge: Appearance(foreground: colors.accent, isBold: true, isReverse: true)
    case .warningBadge: Appearance(foreground: colors.warning, isBold: true, isReverse: true)
    case .alertBadge: Appearance(foreground: colors.alert, isBold: true, isReverse: true)
    }
  }

  private var monochromeAppearance: Appearance {
    switch self {
    case .text, .good, .border, .bar, .chartBar, .chartAlertSpan, .axis, .threshold: .plain
    case .muted, .barTrack: .dim
    case .strong, .heading, .key, .focusedBorder, .warning, .chartAlertBar, .chartPeak: .bold
    case .notice: Appearance(isUnderlined: true)
    case .alert: Appearance(isBold: true, isUnderlined: true)
    case .noticeBadge: .reverse
    case .warningBadge, .alertBadge: Appearance(isBold: true, isReverse: true)
    }
  }
}

/// Colours for terminals with eight or sixteen colours.
private struct BasicColors {
  let alert: Int16
  let warning: Int16
  /// The colour of bars; nil where no further colour is legible on both black and white.
  let accent: Int16?

  static let basic = BasicColors(alert: 1, warning: 5, accent: nil)
  static let bright = BasicColors(alert: 9, warning: 13, accent: 12)
}
