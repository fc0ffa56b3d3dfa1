import CNcurses
import TerminalCanvas

/// The attributes and the colour pair of each style for curses. Pairs are made when they are first
/// needed.
struct Palette {
  private var numbering = ColorNumbering.palette
  private var isColored: Bool
  private var pairs: [Style: Int16] = [:]

  /// Initializes the colours of the terminal that was opened last.
  ///
  /// - Parameter isColored: whether colours are wanted.
  init(isColored: Bool) {
    self.isColored = isColored && has_colors() && start_color() == OK
    guard self.isColored else { return }
    _ = use_default_colors()
    numbering = ColorNumbering(ofTerminalWith: Int(curses_colors()))
  }

  /// Sets the style of the characters that are written next.
  mutating func apply(_ style: Style, to window: UnsafeMutablePointer<WINDOW>) {
    _ = curses_set_style(window, style.isBold ? curses_bold() : curses_normal(), pair(style))
  }

  private mutating func pair(_ style: Style) -> Int16 {
    guard isColored else { return 0 }
    if let pair = pairs[style] { return pair }
    let pair = Int16(pairs.count + 1)
    pairs[style] = pair
    init_extended_pair(
      Int32(pair), style.paint.color.map(numbering.number) ?? -1,
      style.ground?.color.map(numbering.number) ?? -1)
    return pair
  }
}

extension Paint {
  /// The colour as an index in xterm's palette of 256; `nil` for the terminal's own colour.
  fileprivate var color: Int16? {
    switch self {
    case .text: nil
    case .muted: 246
    case .faint, .border: 238
    case .accent, .focus: 75
    case .good: 71
    case .clientError, .warningBadge: 178
    case .serverError: 203
    case .badgeText: 231
    case .hits0, .hits1, .hits2, .hits3: 24
    case .hits4, .hits5, .hits6, .hits7: 31
    case .peak, .track: 236
    case .mean: 255
    case .tint: nil
    case .selection: 24
    case .noticeBadge: 26
    case .alertBadge: 160
    }
  }
}
