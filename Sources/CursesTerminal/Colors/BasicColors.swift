import TerminalCanvas

/// The colours of the roles for terminals with eight or sixteen colours, as indexes of these colours.
/// Their exact values are the terminal's; the choice assumes xterm's.
struct BasicColors {
  /// Whether the bright variants, 8 to 15, exist.
  let hasBright: Bool
  /// Whether the background is light.
  let isLight: Bool

  private func dark(_ eight: Int16, _ sixteen: Int16) -> Int16 { hasBright ? sixteen : eight }

  /// The colour of a character on the terminal's background; nil for the terminal's own colour.
  func text(_ paint: Paint) -> Int16? {
    switch paint {
    case .text: nil
    case .muted: hasBright ? (isLight ? 8 : 7) : nil
    case .faint, .border, .track, .peak: hasBright ? 8 : nil
    case .accent, .focus: isLight ? 4 : dark(6, 14)
    // Green and yellow are illegible on white.
    case .good: isLight ? nil : dark(2, 10)
    case .clientError: isLight ? 5 : dark(3, 11)
    case .mean: isLight ? 0 : dark(7, 15)
    case .badgeText: dark(7, 15)
    case .tint, .selection: nil
    default: area(paint)
    }
  }

  /// The colour of an area; nil for none. Faint areas would be as bright as text with eight colours.
  func area(_ paint: Paint) -> Int16? {
    switch paint {
    case .hits0, .hits1, .hits2, .hits3, .hits4, .hits5, .hits6, .hits7:
      isLight ? 4 : dark(6, 12)
    case .clientError: isLight ? 3 : dark(3, 11)
    case .serverError: isLight ? 1 : dark(1, 9)
    case .selection: isLight ? 7 : 4
    case .noticeBadge: 4
    case .warningBadge: 3
    case .alertBadge: 1
    case .peak: hasBright ? (isLight ? 7 : 8) : nil
    case .tint, .track: nil
    default: text(paint)
    }
  }

  /// The colour of a character on the background of a role.
  func text(_ paint: Paint, on ground: Paint) -> Int16? {
    switch ground {
    case .selection: isLight ? onLightSelection(paint) : onDarkSelection(paint)
    case .warningBadge: 0
    case .noticeBadge, .alertBadge: dark(7, 15)
    case .tint, .track: text(paint)
    case .peak: area(ground) == nil ? text(paint) : isLight ? 0 : 15
    // Cyan, yellow and red are bright, blue is dark.
    case .clientError: 0
    case .serverError: isLight ? dark(7, 15) : 0
    default: isLight || hasBright ? dark(7, 15) : 0
    }
  }

  /// On blue. Red is illegible on it.
  private func onDarkSelection(_ paint: Paint) -> Int16 {
    switch paint {
    case .accent, .focus: dark(6, 14)
    case .good: dark(2, 10)
    case .clientError, .serverError: dark(3, 11)
    case .muted, .faint, .border: 7
    default: dark(7, 15)
    }
  }

  /// On light grey.
  private func onLightSelection(_ paint: Paint) -> Int16 {
    switch paint {
    case .accent, .focus: 4
    case .clientError: 5
    case .serverError: 1
    default: 0
    }
  }
}
