import Glibc  // Links the mathematics library that `rounded` needs.

/// The vertical scale of a chart: it starts at zero and has ticks at multiples of 1, 2 or 5 times a
/// power of ten, an equal number of rows apart. A tick marks the lower edge of its row; zero is the
/// lower edge of the lowest row.
package struct ChartScale: Equatable, Sendable {
  /// The number of rows of the chart, at least 1.
  package let rows: Int
  /// The difference in value between two ticks; above zero.
  package let step: Double
  /// The number of rows between two ticks.
  package let rowsPerStep: Int
  /// The number of decimals that the tick labels need.
  package let fractionDigits: Int

  /// Chooses the scale that leaves the least of the chart empty.
  ///
  /// - Parameters:
  ///   - value: the value that must fit below the top; values that are not above zero count as 1.
  ///   - rows: the number of rows of the chart.
  ///   - steps: the greatest number of steps, at least 1.
  /// - Complexity: O(`rows`)
  package init(reaching value: Double, rows: Int, steps: Int) {
    // Values outside this range cannot be shown precisely.
    let value = value.isFinite && value > 0 ? min(max(value, 1e-6), 1e15) : 1
    let rows = max(1, rows)
    let scales = Self.steps(upTo: value).flatMap { step -> [ChartScale] in
      // The tolerance is needed because 3 * 0.1 is slightly greater than 0.3.
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

  /// Candidate steps from a hundredth of a value to ten times the value, with the number of decimals
  /// that each needs.
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

  /// How bad the scale is for a value: the ratio of the top to the value, increased for charts with a
  /// single tick above zero, and for large charts with a tick in every row.
  private func badness(for value: Double) -> Double {
    let steps = (rows - 1) / rowsPerStep
    // Of scales with the same top, the one with more ticks.
    let coarseness = 1 + Double(rowsPerStep) * 1e-6
    return top / value * coarseness
      * (rows > 3 && steps < 2 ? 1.6 : rows > 4 && rowsPerStep < 2 ? 1.15 : 1)
  }

  /// The value at the upper edge of the highest row.
  package var top: Double { step * Double(rows) / Double(rowsPerStep) }

  /// The ticks from zero upwards: the value of each and its row, counted from the top.
  package var ticks: [(value: Double, row: Int)] {
    (0...(rows - 1) / rowsPerStep).map { index in
      (Double(index) * step, rows - 1 - index * rowsPerStep)
    }
  }

  /// The height of a value as a fraction of the chart's height, from 0 to 1.
  package func fraction(_ value: Double) -> Double {
    unitFraction(value / top)
  }

  /// The row that a value lies in, counted from the top.
  package func row(of value: Double) -> Int {
    // The tolerance makes sure that the value of a tick lies in the row of that tick.
    let above = Int((fraction(value) * Double(rows) * (1 + 1e-12)).rounded(.down))
    return max(0, rows - 1 - above)
  }
}
