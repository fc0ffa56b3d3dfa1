@testable import CursesTerminal

/// The contrast of two colours, from 1 to 21. (WCAG 2.2, "contrast ratio")
func contrast(_ one: UInt32, _ other: UInt32) -> Double {
  let luminances = [one, other].map { rgb in
    relativeLuminance([16, 8, 0].map { Double(rgb >> $0 & 0xFF) / 255 })
  }
  return (luminances.max()! + 0.05) / (luminances.min()! + 0.05)
}

extension Color {
  /// The colour that a terminal displays at a depth; nil where it has none.
  func displayed(_ depth: ColorDepth) -> UInt32? {
    depth == .truecolor ? rgb : index.map { Color.rgb(at: $0) }
  }
}
