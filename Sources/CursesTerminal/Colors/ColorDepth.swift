/// The number of colours that the program uses on a terminal.
enum ColorDepth: Int, Comparable, CaseIterable, Sendable {
  /// No colours.
  case monochrome
  /// The eight basic colours.
  case eight
  /// The eight basic colours and their bright variants.
  case sixteen
  /// All colours of xterm's palette of 256.
  case palette
  /// Colours by their red, green and blue parts.
  case truecolor

  /// - Parameters:
  ///   - count: the number of colours in the terminal description.
  ///   - isTruecolor: whether the terminal is known to display direct colours.
  init(colors count: Int, isTruecolor: Bool) {
    switch count {
    case ..<8: self = .monochrome
    case 8..<16: self = .eight
    // The palettes of terminals with 88 colours match xterm's only in the first sixteen.
    case 16..<256: self = .sixteen
    default: self = isTruecolor ? .truecolor : .palette
    }
  }

  static func < (one: ColorDepth, other: ColorDepth) -> Bool { one.rawValue < other.rawValue }
}
