/// Formats a number of bytes in decimal units with one decimal: `0 B`, `999 B`, `171.8 kB`.
package struct ByteSizeText {
  package var bytes: Int64

  package init(bytes: Int64) {
    self.bytes = bytes
  }

  /// The formatted size.
  package var text: String {
    // Sums saturate here, so this is a lower bound: 2^63 bytes are 8 EiB.
    if bytes == Int64.max { return ">= 8 EiB" }
    guard bytes.magnitude >= 1000 else { return "\(bytes) B" }
    var unit: UInt64 = 1000
    for name in ["kB", "MB", "GB", "TB", "PB"] {
      let tenths = Self.tenths(bytes.magnitude, of: unit)
      if tenths < 10_000 { return "\(tenths / 10).\(tenths % 10) \(name)" }
      unit *= 1000
    }
    let tenths = Self.tenths(bytes.magnitude, of: unit)
    return "\(tenths / 10).\(tenths % 10) EB"
  }

  /// The amount in tenths of the unit, rounded half up.
  private static func tenths(_ amount: UInt64, of unit: UInt64) -> UInt64 {
    let (whole, rest) = amount.quotientAndRemainder(dividingBy: unit)
    return whole * 10 + (rest / (unit / 20) + 1) / 2
  }
}
