/// How many colours a terminal has, as far as it matters here.
enum ColorDepth: Equatable, CaseIterable, Sendable {
  case monochrome
  case eight
  case sixteen
  case full

  /// - Parameter count: as the terminal's description says. Those with millions show all of the 256,
  ///   under other numbers (`ColorNumbering`).
  init(colors count: Int) {
    switch count {
    case ..<8: self = .monochrome
    case 8..<16: self = .eight
    // Those with 88 agree with the usual palette only on the first sixteen.
    case 16..<256: self = .sixteen
    default: self = .full
    }
  }
}
