import CNcurses
import TerminalCanvas

/// The attributes and the colour pair of each style for curses, followed by those of each style in a
/// selected row.
struct Palette {
  private var attributes: [attr_t]
  private var pairs: [Int16]

  /// Initializes the colours of the terminal that was opened last.
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
    // Without the default colours, pairs would replace the terminal's own colours by black and white.
    let hasDefaultColors = depth != .monochrome && use_default_colors() == OK
    attributes = []
    pairs = []
    let appearances =
      Style.allCases.map { $0.appearance(depth) }
      + Style.allCases.map { $0.selectedAppearance(depth) }
    for (index, appearance) in appearances.enumerated() {
      var pair: Int16 = 0
      if appearance.foreground != nil || appearance.background != nil {
        pair = Int16(index) + 1
        let foreground = appearance.foreground.map(numbering.number) ?? (hasDefaultColors ? -1 : 7)
        let background = appearance.background.map(numbering.number) ?? (hasDefaultColors ? -1 : 0)
        init_extended_pair(Int32(pair), foreground, background)
      }
      attributes.append(appearance.attributes)
      pairs.append(pair)
    }
  }

  /// Sets the style of the characters that are written next.
  func apply(_ style: Style, isSelected: Bool, to window: UnsafeMutablePointer<WINDOW>) {
    let index = Int(style.rawValue) + (isSelected ? Style.allCases.count : 0)
    _ = curses_set_style(window, attributes[index], pairs[index])
  }
}
