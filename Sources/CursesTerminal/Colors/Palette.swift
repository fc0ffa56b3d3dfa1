import CNcurses
import TerminalCanvas

/// The attributes and the colour pair of each style for curses. Pairs are made when they are first
/// needed.
struct Palette {
  private struct Look: Hashable {
    let style: Style
    let isBlock: Bool
  }

  private struct CursesStyle {
    let attributes: attr_t
    let pair: Int16
    let omitsBlocks: Bool
  }

  private let scheme: ColorScheme
  private let terminal: TerminalColors
  private var pairs: PairTable
  private var direct = DirectColors()
  private var styles: [Look: CursesStyle] = [:]

  /// - Parameter scheme: the colours of the roles, for the depth of the terminal or a lower one.
  init(_ scheme: ColorScheme, _ terminal: TerminalColors) {
    self.scheme = scheme
    self.terminal = terminal
    let colors = 2 * Paint.allCases.count
    pairs = PairTable(count: terminal.pairCount, reserved: min(colors, terminal.pairCount / 8))
  }

  /// Sets the style of the characters that are written next.
  ///
  /// - Parameter isBlock: whether the characters are block elements.
  /// - Returns: whether spaces must be written instead of block elements.
  mutating func apply(
    _ style: Style, isBlock: Bool, to window: UnsafeMutablePointer<WINDOW>
  ) -> Bool {
    let look = Look(style: style, isBlock: isBlock)
    let entry = styles[look] ?? makeStyle(look)
    _ = curses_set_style(window, entry.attributes, entry.pair)
    return entry.omitsBlocks
  }

  /// The output of curses with the colours of the theme.
  func translating(_ output: [UInt8]) -> [UInt8] {
    direct.isEmpty ? output : direct.replacingPlaceholders(in: output)
  }

  private mutating func makeStyle(_ look: Look) -> CursesStyle {
    let appearance = scheme.appearance(of: look.style, isBlock: look.isBlock)
    let (foreground, background) = (number(appearance.foreground), number(appearance.background))
    let hasDefaultColors = terminal.hasDefaultColors
    let pair = pairs.pair(foreground, background) { pair, foreground, background in
      init_extended_pair(
        Int32(pair), foreground < 0 && !hasDefaultColors ? 7 : foreground,
        background < 0 && !hasDefaultColors ? 0 : background)
    }
    let style = CursesStyle(
      attributes: appearance.attributes, pair: pair, omitsBlocks: appearance.omitsBlocks)
    styles[look] = style
    return style
  }

  /// The number of a colour for curses; -1 for the terminal's own one.
  private mutating func number(_ color: Color?) -> Int32 {
    guard let color else { return -1 }
    if scheme.depth == .truecolor, terminal.numbering == .palette, !color.isNearPalette,
      let number = direct.number(color.rgb)
    {
      return number
    }
    return terminal.numbering.number(color) ?? -1
  }
}
