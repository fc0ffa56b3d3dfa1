import Glibc  // links the mathematics library that rounding needs

/// The vertical scale of a chart: from zero up, with ticks of 1, 2 or 5 times a power of ten that lie
/// an equal number of rows apart. Zero is the lower edge of the lowest row, and a tick that of its
/// row.
package struct ChartScale: Equatable, Sendable {
  /// Rows of the chart, at least 1.
  package let rows: Int
  /// From one tick to the next, as a value; above zero.
  package let step: Double
  /// The same in rows.
  package let rowsPerStep: Int
  /// How many decimals the labels of the ticks need.
  package let fractionDigits: Int

  /// A scale that leaves little of the chart empty.
  ///
  /// - Parameters:
  ///   - value: what must fit under the top; anything not above zero counts as 1.
  ///   - rows: of the chart.
  ///   - steps: how many steps there may be at most, at least 1.
  package init(reaching value: Double, rows: Int, steps: Int) {
    // Beyond this a chart has lost its meaning, and arithmetic its precision.
    let value = value.isFinite && value > 0 ? min(max(value, 1e-6), 1e15) : 1
    let rows = max(1, rows)
    let scales = Self.steps(upTo: value).flatMap { step -> [ChartScale] in
      // Decimal fractions are not exact in binary, so 3 * 0.1 may be a hair above 0.3.
      let most = Int((step.value * Double(rows) / value * (1 + 1e-12)).rounded(.down))
      return (1...max(1, rows - 1)).filter { $0 <= most && (rows - 1) / $0 <= max(1, steps) }.map {
        ChartScale(rows: rows, step: step.value, rowsPerStep: $0, digits: step.digits)
      }
    }
    self =
      scales.min { $0.badness(for: value) < $1.badness(for: value) }
      ?? ChartScale(rows: rows, step: value, rowsPerStep: rows, digits: 0)
  }

  init(rows: Int, step: Double, rowsPerStep: Int, digits: Int = 0) {
    self.rows = rows
    self.step = step
    self.rowsPerStep = rowsPerStep
    fractionDigits = digits
  }

  /// Steps from a hundredth of a value to ten times as much, with the decimals that they need.
  private static func steps(upTo value: Double) -> [(value: Double, digits: Int)] {
    var exponent = Int(log10(value).rounded(.down)) - 2
    var steps: [(value: Double, digits: Int)] = []
    for _ in 0..<4 {
      for factor in [1.0, 2, 5] {
        let power = pow(10, Double(abs(exponent)))
        steps.append((exponent < 0 ? factor / power : factor * power, max(0, -exponent)))
      }
      exponent += 1
    }
    return steps
  }

  /// How much of the chart is empty. A lone tick above zero tells little, and one in every row much.
  private func badness(for value: Double) -> Double {
    let steps = (rows - 1) / rowsPerStep
    return top / value * (rows > 3 && steps < 2 ? 1.6 : rows > 4 && rowsPerStep < 2 ? 1.15 : 1)
  }

  /// The value at the upper edge of the highest row.
  package var top: Double { step * Double(rows) / Double(rowsPerStep) }

  /// The ticks, from zero up: their values, and their rows counted from the top.
  package var ticks: [(value: Double, row: Int)] {
    (0...(rows - 1) / rowsPerStep).map { index in
      (Double(index) * step, rows - 1 - index * rowsPerStep)
    }
  }

  /// The part of the height that a value takes, 0 to 1.
  package func fraction(_ value: Double) -> Double {
    unitFraction(value / top)
  }

  /// In which row a level lies, counted from the top.
  package func row(of value: Double) -> Int {
    // What is exactly a tick belongs to the row of that tick.
    let above = Int((fraction(value) * Double(rows) * (1 + 1e-12)).rounded(.down))
    return max(0, rows - 1 - above)
  }
}
