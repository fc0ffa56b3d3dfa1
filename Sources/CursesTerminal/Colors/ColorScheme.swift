import TerminalCanvas

/// Maps the roles of a cell to an appearance, for a theme and a number of colours.
struct ColorScheme: Equatable, Sendable {
  let depth: ColorDepth
  /// Whether the background is light.
  let isLight: Bool

  /// - Parameters:
  ///   - depth: what the terminal can display; a theme may use less.
  ///   - isLight: whether the terminal's background is light, for themes that do not determine it.
  init(_ theme: Theme, depth: ColorDepth, isLight: Bool) {
    self.depth = theme == .sixteen ? min(depth, .sixteen) : depth
    switch theme {
    case .dark: self.isLight = false
    case .light: self.isLight = true
    case .sixteen: self.isLight = isLight
    }
  }

  /// The appearance of a cell.
  ///
  /// A colour fills an area if it is a background, or the colour of a block element.
  ///
  /// - Parameter isBlock: whether the character is a block element (U+2580 to U+259F).
  func appearance(of style: Style, isBlock: Bool) -> Appearance {
    switch depth {
    case .monochrome: monochrome(style, isBlock)
    case .eight, .sixteen: basic(style, isBlock)
    case .palette, .truecolor: full(style, isBlock)
    }
  }

  private func full(_ style: Style, _ isBlock: Bool) -> Appearance {
    let colors = ThemeColors(isLight: isLight)
    var appearance = Appearance(isBold: style.isBold)
    appearance.background = style.ground.flatMap { displayed(colors.color(of: $0, isArea: true)) }
    var paint = style.paint
    // The lower colours of the gradient are similar to the selection.
    if style.ground == .selection, Paint.hits.contains(paint) { paint = isLight ? .hits0 : .hits7 }
    appearance.foreground = colors.color(
      of: paint, isArea: isBlock, isOnGround: appearance.background != nil)
    return appearance
  }

  /// The colour, unless the terminal has no similar one.
  private func displayed(_ color: Color?) -> Color? {
    depth == .truecolor || color?.index != nil ? color : nil
  }

  private func basic(_ style: Style, _ isBlock: Bool) -> Appearance {
    let colors = BasicColors(hasBright: depth == .sixteen, isLight: isLight)
    var appearance = Appearance(isBold: style.isBold)
    let ground = style.ground.flatMap { colors.area($0) }
    let isStacked = isBlock && style.ground != .selection
    let paint =
      if isStacked {
        colors.area(style.paint)
      } else if ground != nil, let role = style.ground {
        colors.text(style.paint, on: role)
      } else {
        colors.text(style.paint)
      }
    appearance.foreground = paint.map { Color(index: $0) }
    appearance.background = ground.map { Color(index: $0) }
    if ground == nil, depth == .eight { appearance.isDim = style.paint.isSecondary }
    // On the selection, both kinds of errors have the same colour.
    if style.ground == .selection, style.paint == .serverError, !isBlock {
      appearance.isUnderlined = true
    }
    return appearance
  }

  private func monochrome(_ style: Style, _ isBlock: Bool) -> Appearance {
    var appearance = Appearance(isBold: style.isBold)
    if let ground = style.ground, ground.isProminentArea {
      appearance.isReverse = true
      appearance.omitsBlocks = ground != .selection
      return appearance
    }
    guard !isBlock else { return appearance }
    switch style.paint {
    case .accent: appearance.isUnderlined = !style.isBold
    case .clientError, .focus, .mean: appearance.isBold = true
    case .serverError:
      appearance.isUnderlined = style.isBold
      appearance.isBold = true
    default: appearance.isDim = style.paint.isSecondary && !style.isBold
    }
    return appearance
  }
}

extension Paint {
  /// Text or lines that are less important than the rest.
  fileprivate var isSecondary: Bool {
    switch self {
    case .muted, .faint, .border, .track: true
    default: false
    }
  }

  /// Whether an area must be visible on a terminal without colours.
  fileprivate var isProminentArea: Bool {
    switch self {
    case .peak, .tint, .track, .border, .text, .muted, .faint: false
    default: true
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a block element, which fills a part of its cell. (Unicode, block "Block Elements")
  var isBlockElement: Bool { (0x2580...0x259F).contains(value) }
}
