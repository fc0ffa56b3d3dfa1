import TerminalCanvas

/// Which terminal is used, and how.
package struct TerminalSettings {
  /// The value of `TERM`.
  package var type: String?
  /// Where the picture goes.
  package var output: Int32 = 1
  /// Where keys come from: a terminal, not the log.
  package var input: Int32 = 0
  /// Whether colours are wanted; the terminal may have none all the same.
  package var isColored = true
  package var glyphs = GlyphSet.unicode
  /// The size of the terminal behind a descriptor; nothing where it has none.
  package var measure: (Int32) -> Size? = terminalSize
  /// Seconds of a clock that never jumps. Where it stands still, the rest of a sequence that began
  /// to arrive from the terminal is waited for without a limit.
  package var now: () -> Double = { 0 }

  package init(type: String?) {
    self.type = type
  }
}
