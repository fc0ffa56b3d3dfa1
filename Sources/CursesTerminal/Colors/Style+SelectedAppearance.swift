import TerminalCanvas

extension Style {
  /// The appearance in a selected row: a colour for the same role that is legible on the selection's
  /// background, or reverse on a terminal without colours.
  func selectedAppearance(_ depth: ColorDepth) -> Appearance {
    var appearance = appearance(depth)
    // Badges have their own background.
    if appearance.background != nil || appearance.isReverse { return appearance }
    guard depth != .monochrome else {
      appearance.isReverse = true
      return appearance
    }
    let colors = SelectionColors(depth)
    appearance.background = colors.background
    appearance.isDim = false
    switch self {
    case .muted, .border, .axis, .barTrack: appearance.foreground = colors.muted
    case .bar, .chartBar, .focusedBorder, .notice: appearance.foreground = colors.accent
    case .good: appearance.foreground = colors.good
    case .warning, .chartPeak, .threshold: appearance.foreground = colors.warning
    case .alert, .chartAlertBar, .chartAlertSpan:
      appearance.foreground = colors.alert
      // With few colours, alerts and warnings have the same one.
      appearance.isUnderlined = colors.alert == colors.warning
    case .text, .strong, .heading, .key, .noticeBadge, .warningBadge, .alertBadge:
      appearance.foreground = colors.text
    }
    return appearance
  }
}

/// Colours for a selected row. Its background is dark blue, so they are legible on dark and on light
/// terminals.
private struct SelectionColors {
  var background: Int16
  var text: Int16
  var muted: Int16
  var accent: Int16
  var good: Int16
  var warning: Int16
  var alert: Int16

  init(_ depth: ColorDepth) {
    switch depth {
    case .full:
      (background, text, muted, accent) = (18, 231, 248, 75)
      (good, warning, alert) = (114, 215, 203)
    case .sixteen:
      (background, text, muted, accent) = (4, 15, 7, 14)
      (good, warning, alert) = (10, 11, 11)
    case .eight, .monochrome:
      (background, text, muted, accent) = (4, 7, 7, 6)
      (good, warning, alert) = (2, 3, 3)
    }
  }
}
