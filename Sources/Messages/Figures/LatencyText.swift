import Glibc

/// Formats latencies, which are in microseconds.
package enum LatencyText {
  /// Seconds as a decimal number of three significant digits, as short as it can be: `0.0187`, `12.3`.
  package static func seconds(_ microseconds: Double) -> String {
    guard microseconds > 0 else { return "0" }
    let (digits, exponent) = significant(microseconds)
    // In units of 10^-8 s: the last of three digits of the shortest latency, 1 µs.
    return decimal(digits * power(exponent), places: 8)
  }

  /// Seconds as a decimal number, to the microsecond: `0.01873`.
  package static func exactSeconds(_ microseconds: Int64) -> String {
    decimal(max(0, microseconds), places: 6)
  }

  /// A latency for people, of three significant digits: `0.87ms`, `18.7ms`, `1.25s`, `125s`.
  package static func text(_ microseconds: Double) -> String {
    guard microseconds > 0 else { return "0ms" }
    let (digits, exponent) = significant(microseconds)
    let scaled = digits * power(exponent)
    return scaled < 100_000_000
      ? decimal(scaled, places: 5) + "ms" : decimal(scaled, places: 8) + "s"
  }

  /// Three significant digits and the power of ten of the first: `digits * 10^(exponent - 2)`.
  private static func significant(_ value: Double) -> (digits: Int64, exponent: Int) {
    let value = min(max(value, 1), 1e15)
    var exponent = Int(log10(value).rounded(.down))
    var digits = (value / pow(10, Double(exponent - 2))).rounded()
    if digits < 100 {
      // The logarithm was rounded up to a whole number.
      exponent -= 1
      digits = (value / pow(10, Double(exponent - 2))).rounded()
    }
    if digits >= 1000 { (digits, exponent) = ((digits / 10).rounded(), exponent + 1) }
    return (Int64(digits), exponent)
  }

  private static func power(_ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// A whole number divided by a power of ten, without zeros at the end.
  private static func decimal(_ value: Int64, places: Int) -> String {
    let unit = power(places)
    let (whole, rest) = value.quotientAndRemainder(dividingBy: unit)
    guard rest > 0 else { return "\(whole)" }
    var fraction = "\(unit + rest)".dropFirst()
    while fraction.last == "0" { fraction.removeLast() }
    return "\(whole).\(fraction)"
  }
}
