import TerminalCanvas

extension Style {
  /// The look in a selected row: the same role, in a colour that can be read on the background of the
  /// selection; without colours, in reverse.
  func selectedLook(_ depth: ColorDepth) -> Look {
    var look = look(depth)
    // Badges bring their own background.
    if look.background != nil || look.isReverse { return look }
    guard depth != .monochrome else {
      look.isReverse = true
      return look
    }
    let colors = SelectionColors(depth)
    look.background = colors.background
    look.isDim = false
    switch self {
    case .muted, .border, .axis, .barTrack: look.foreground = colors.muted
    case .bar, .chartBar, .focusedBorder, .notice: look.foreground = colors.accent
    case .good: look.foreground = colors.good
    case .warning, .chartPeak, .threshold: look.foreground = colors.warning
    case .alert, .chartAlertBar, .chartAlertSpan:
      look.foreground = colors.alert
      // In few colours it is that of a warning.
      look.isUnderlined = colors.alert == colors.warning
    case .text, .strong, .heading, .key, .noticeBadge, .warningBadge, .alertBadge:
      look.foreground = colors.text
    }
    return look
  }
}

/// Colours for a selected row: on a dark blue they are the same on dark and on light terminals.
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
