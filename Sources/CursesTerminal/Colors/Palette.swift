import CNcurses
import TerminalCanvas

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
