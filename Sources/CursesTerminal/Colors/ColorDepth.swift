/// The number of colours that the program can use on a terminal.
enum ColorDepth: Equatable, CaseIterable, Sendable {
  /// No colours.
  case monochrome
  /// The eight basic colours.
  case eight
  /// The eight basic colours and their bright variants.
  case sixteen
  /// All colours of xterm's palette of 256.
  case full

  /// - Parameter count: the number of colours in the terminal description. Terminals with millions of
  ///   colours can display the whole palette, under other numbers (`ColorNumbering`).
  init(colors count: Int) {
    switch count {
    case ..<8: self = .monochrome
    case 8..<16: self = .eight
    // The palettes of terminals with 88 colours match xterm's only in the first sixteen.
    case 16..<256: self = .sixteen
    default: self = .full
    }
  }
}
