import Glibc  // links the mathematics library that rounding needs

/// The vertical scale of a chart: from zero to a round number, with ticks of 1, 2 or 5 times a power
/// of ten.
package struct ChartScale: Equatable, Sendable {
  /// The value at the top; above zero.
  package let top: Double
  /// From one tick to the next.
  package let step: Double
  /// How many decimals the labels of the ticks need.
  package let fractionDigits: Int

  /// - Parameters:
  ///   - value: what must fit under the top; anything not above zero counts as 1.
  ///   - most: how many steps there may be at most, at least 1.
  package init(reaching value: Double, steps most: Int) {
    // Beyond this a chart has lost its meaning, and arithmetic its precision.
    let value = value.isFinite && value > 0 ? min(max(value, 1e-6), 1e15) : 1
    let most = Double(max(1, most))
    // Decimal fractions are not exact in binary, so 3 * 0.1 may be a hair above 0.3.
    let enough = value * (1 - 1e-12)
    var power = 1.0
    var divisor = 1.0
    var digits = 0
    while power * 10 * most < enough { power *= 10 }
    while power / divisor * most >= enough {
      divisor *= 10
      digits += 1
    }
    let factor = [1.0, 2, 5, 10].first { power * $0 / divisor * most >= enough } ?? 10
    step = power * factor / divisor
    top = (enough / step).rounded(.up) * step
    fractionDigits = factor == 10 ? max(0, digits - 1) : digits
  }

  /// The values of the ticks, from zero to the top.
  package var ticks: [Double] {
    (0...Int((top / step).rounded())).map { Double($0) * step }
  }

  /// The part of the height that a value takes, 0 to 1.
  package func fraction(_ value: Double) -> Double {
    unitFraction(value / top)
  }

  /// In which of so many rows a level lies, counted from the top.
  package func row(of value: Double, in rows: Int) -> Int {
    max(0, rows - 1 - min(rows - 1, Int(fraction(value) * Double(rows))))
  }
}

/// A fraction brought into 0 to 1; what is no number counts as nothing.
func unitFraction(_ value: Double) -> Double {
  value > 0 ? min(1, value) : 0
}

/// Eighths of a cell that a fraction of so many cells fills: what is above zero is never invisible.
func eighths(_ fraction: Double, of cells: Int) -> Int {
  let fraction = unitFraction(fraction)
  guard fraction > 0 else { return 0 }
  return max(1, Int((fraction * Double(cells) * 8).rounded()))
}
