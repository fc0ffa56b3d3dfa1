/// Formats numbers of any magnitude in at most five characters.
package enum ShortNumber {
  private static let suffixes = ["", "k", "M", "G", "T", "P", "E"]

  /// Formats a number as `950`, `22.4k`, `100k` or `9.2E`; a negative one as `0`.
  ///
  /// - Parameter limit: from this many thousands, millions and so on, decimals are omitted. With
  ///   10, four characters suffice.
  package static func text(_ value: Double, wholeFrom limit: Int = 100) -> String {
    let (scaled, suffix) = scaled(value)
    let tenths = Int((scaled * 10).rounded())
    guard !suffix.isEmpty, tenths < 10 * limit else { return "\(Int(scaled.rounded()))" + suffix }
    return "\(tenths / 10).\(tenths % 10)" + suffix
  }

  /// Formats a number in the same way, but without `.0`: `50k`, `1.5M`.
  package static func roundText(_ value: Double) -> String {
    text(value).replacing(".0", with: "")
  }

  /// The number divided by powers of 1000 until it does not round to 1000, and the suffix for them.
  private static func scaled(_ value: Double) -> (Double, String) {
    var scaled = value > 0 ? min(value, 9e20) : 0
    for suffix in suffixes {
      if scaled < 999.5 { return (scaled, suffix) }
      scaled /= 1000
    }
    return (999, suffixes[suffixes.count - 1])
  }
}
