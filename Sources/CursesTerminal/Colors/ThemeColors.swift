import TerminalCanvas

/// The colours of the roles for terminals with 256 colours or more. The contrast of text with the
/// background is at least 4.5, that of faint text at least 3 (WCAG 2.2, success criterion 1.4.3).
struct ThemeColors {
  /// Whether the background is light.
  let isLight: Bool

  /// The colour of a role; nil for the terminal's own colour.
  ///
  /// - Parameters:
  ///   - isArea: the colour fills an area, as a background or by a block element. Text needs a darker
  ///     colour than an area where the background is light.
  ///   - isOnGround: the colour is that of a character on the background of another role.
  func color(of paint: Paint, isArea: Bool = false, isOnGround: Bool = false) -> Color? {
    if isOnGround, !isArea, let color = isLight ? darkened(paint) : lightened(paint) {
      return color
    }
    if isLight { return isArea && paint == .clientError ? Color(0xB07500, 136) : light(paint) }
    return dark(paint)
  }

  private func dark(_ paint: Paint) -> Color? {
    switch paint {
    case .text: nil
    case .muted: Color(0x8B949E, 246)
    case .faint: Color(0x6E7681, 243)
    case .accent, .focus: Color(0x58A6FF, 75)
    case .good: Color(0x3FB950, 71)
    case .clientError: Color(0xD29922, 178)
    case .serverError: Color(0xF85149, 203)
    case .badgeText: Color(0xFFFFFF, 231)
    case .border: Color(0x3D444D, 238)
    case .hits0, .hits1, .hits2, .hits3, .hits4, .hits5, .hits6, .hits7:
      hits(paint, from: Color(0x1C4F7C, 24), to: Color(0x58B0F5, 31))
    case .peak: Color(0x1D3347, 236)
    case .mean: Color(0xF0F6FC, 255)
    case .tint: Color(0x2B1517, nil)
    case .track: Color(0x21262D, 235)
    // The bars of a selected row must differ from its background, so it is not one of theirs.
    case .selection: Color(0x1F3A5F, 237)
    case .noticeBadge: Color(0x1F5FA8, 25)
    case .warningBadge: Color(0x8A5A00, 94)
    case .alertBadge: Color(0xDA3633, 160)
    }
  }

  private func light(_ paint: Paint) -> Color? {
    switch paint {
    case .text: nil
    case .muted: Color(0x59636E, 241)
    case .faint: Color(0x818B98, 245)
    case .accent, .focus: Color(0x0969DA, 26)
    case .good: Color(0x1A7F37, 28)
    case .clientError: Color(0x9A6700, 94)
    case .serverError: Color(0xCF222E, 160)
    case .badgeText: Color(0xFFFFFF, 231)
    case .border: Color(0xC4CCD4, 251)
    case .hits0, .hits1, .hits2, .hits3, .hits4, .hits5, .hits6, .hits7:
      hits(paint, from: Color(0x0A5CC0, 26), to: Color(0x4F9DF0, 32))
    case .peak: Color(0xDBE9F8, 254)
    case .mean: Color(0x101418, 233)
    case .tint: Color(0xFFECEA, nil)
    case .track: Color(0xEAEEF2, 254)
    case .selection: Color(0xD4E8FC, 189)
    case .noticeBadge: Color(0x0969DA, 26)
    case .warningBadge: Color(0x9A6700, 94)
    case .alertBadge: Color(0xCF222E, 160)
    }
  }

  /// A colour of the gradient. The palette has too few similar colours: the lower half takes the first
  /// one, the upper half the second.
  private func hits(_ paint: Paint, from first: Color, to last: Color) -> Color {
    let step = Int(paint.rawValue - Paint.hits0.rawValue)
    let steps = Paint.hits.count - 1
    let index = step <= steps / 2 ? first.index : last.index
    return .between(first.rgb, last.rgb, step: step, of: steps, index: index ?? 0)
  }

  /// The colour of text on a dark background of a role; nil where it is the usual one.
  private func lightened(_ paint: Paint) -> Color? {
    switch paint {
    case .text: Color(0xF0F6FC, 255)
    case .muted: Color(0xA9B3BE, 250)
    case .faint: Color(0x8B949E, 246)
    case .accent, .focus: Color(0x79C0FF, 117)
    case .good: Color(0x56D364, 114)
    case .clientError: Color(0xE3B341, 221)
    case .serverError: Color(0xFF938A, 217)
    default: nil
    }
  }

  /// The colour of text on a light background of a role; nil where it is the usual one.
  private func darkened(_ paint: Paint) -> Color? {
    switch paint {
    case .text: Color(0x101418, 233)
    case .muted: Color(0x4A545F, 240)
    case .faint: Color(0x6E7781, 243)
    case .accent, .focus: Color(0x0550AE, 25)
    case .good: Color(0x116329, 22)
    case .clientError: Color(0x7D4E00, 58)
    case .serverError: Color(0xA40E26, 124)
    default: nil
    }
  }
}
