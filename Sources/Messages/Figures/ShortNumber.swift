/// Numbers in at most five characters, whatever their magnitude.
package enum ShortNumber {
  private static let suffixes = ["", "k", "M", "G", "T", "P", "E"]

  /// `950`, `22.4k`, `100k`, `9.2E`; nothing below zero.
  ///
  /// - Parameter limit: from so many thousands, millions, ... on they are whole: with 10, four
  ///   characters are enough.
  package static func text(_ value: Double, wholeFrom limit: Int = 100) -> String {
    let (scaled, suffix) = scaled(value)
    let tenths = Int((scaled * 10).rounded())
    guard !suffix.isEmpty, tenths < 10 * limit else { return "\(Int(scaled.rounded()))" + suffix }
    return "\(tenths / 10).\(tenths % 10)" + suffix
  }

  /// The same without a zero behind the point: `50k`, `1.5M`.
  package static func roundText(_ value: Double) -> String {
    text(value).replacing(".0", with: "")
  }

  /// A number below 1000 that would not round up to it, and the suffix that makes up for the rest.
  private static func scaled(_ value: Double) -> (Double, String) {
    var scaled = value > 0 ? min(value, 9e20) : 0
    for suffix in suffixes {
      if scaled < 999.5 { return (scaled, suffix) }
      scaled /= 1000
    }
    return (999, suffixes[suffixes.count - 1])
  }
}
