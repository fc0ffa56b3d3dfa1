import CNcurses
import TerminalCanvas

/// What the terminal that was opened last can display.
struct TerminalColors {
  let depth: ColorDepth
  let numbering: ColorNumbering
  let pairCount: Int
  /// Whether the terminal's own colours can be selected. Without them, pairs would replace these by
  /// black and white.
  let hasDefaultColors: Bool

  /// Starts the colours of curses.
  ///
  /// - Parameters:
  ///   - isColored: whether colours are wanted.
  ///   - supportsTruecolor: whether the terminal understands sequences for direct colours, whatever its
  ///     description says.
  init(isColored: Bool, supportsTruecolor: Bool) {
    guard isColored, has_colors(), start_color() == OK else {
      depth = .monochrome
      numbering = .palette
      pairCount = 0
      hasDefaultColors = false
      return
    }
    let count = Int(curses_colors())
    numbering = ColorNumbering(ofTerminalWith: count)
    depth = ColorDepth(
      colors: count, isTruecolor: supportsTruecolor || numbering != .palette)
    pairCount = Int(curses_color_pairs())
    hasDefaultColors = use_default_colors() == OK
  }
}
