import Foundation

/// The values of several runs: the middle one, and how far they spread.
struct Spread {
  /// In ascending order, at least one.
  private let values: [Double]

  /// - Parameter values: at least one.
  init(_ values: [Double]) {
    precondition(!values.isEmpty)
    self.values = values.sorted()
  }

  var least: Double { values[0] }
  var median: Double { quantile(0.5) }

  /// The value that a fraction of the values does not exceed, interpolated between neighbours.
  func quantile(_ fraction: Double) -> Double {
    let place = fraction * Double(values.count - 1)
    let below = Int(place)
    let above = min(below + 1, values.count - 1)
    return values[below] + (values[above] - values[below]) * (place - Double(below))
  }

  /// The median with the quartiles: `12.3 (12.1-12.9)`.
  ///
  /// - Parameters:
  ///   - scale: what the values are multiplied by.
  ///   - digits: the decimals.
  func text(scale: Double = 1, digits: Int) -> String {
    func number(_ fraction: Double) -> String {
      String(format: "%.\(digits)f", quantile(fraction) * scale)
    }
    return "\(number(0.5)) (\(number(0.25))-\(number(0.75)))"
  }
}
