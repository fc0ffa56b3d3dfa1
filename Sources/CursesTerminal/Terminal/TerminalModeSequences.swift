/// Synchronized output: the terminal displays a frame at once when it is complete. (private mode 2026,
/// a convention of terminals)
enum SynchronizedOutput {
  static let begin = Array("\u{1B}[?2026h".utf8)
  static let end = Array("\u{1B}[?2026l".utf8)
}

/// Reports of mouse buttons, with positions in decimal digits. (xterm's private modes 1000 and 1006)
enum MouseReports {
  static let enable = Array("\u{1B}[?1000h\u{1B}[?1006h".utf8)
  static let disable = Array("\u{1B}[?1006l\u{1B}[?1000l".utf8)
}
