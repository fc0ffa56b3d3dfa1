import TerminalCanvas

/// The terminal that a screen uses, and how it uses it.
package struct TerminalSettings {
  /// The value of `TERM`.
  package var type: String?
  /// The environment variables, which say more about the terminal: `COLORTERM`, `COLORFGBG` and
  /// `TERM_PROGRAM`.
  package var environment: [String: String] = [:]
  /// The descriptor that output is written to.
  package var output: Int32 = 1
  /// The descriptor that keys are read from: a terminal, never the log.
  package var input: Int32 = 0
  /// Whether colours are wanted; the terminal may still have none.
  package var isColored = true
  /// The colours; nil for those that suit the background.
  package var theme: Theme?
  /// The longest time to wait for the terminal's answers about its background and its abilities, in
  /// seconds; it is not asked if this is 0.
  package var answerTimeout = 0.0
  /// The glyphs that the terminal can display.
  package var glyphs = GlyphSet.unicode
  /// The size of the terminal behind a descriptor, or nil where the terminal reports none.
  package var measure: (Int32) -> Size? = terminalSize
  /// The time in seconds from a monotonic clock. If it stands still, an incomplete escape sequence
  /// from the terminal never times out.
  package var now: () -> Double = { 0 }

  /// Creates settings for standard input and standard output.
  package init(type: String?) {
    self.type = type
  }
}
