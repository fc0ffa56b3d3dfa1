import Testing

@testable import TerminalCanvas

/// The scale of a chart and its ticks.
struct ChartScaleTests {
  @Test(
    arguments: [
      // The value, rows, greatest number of steps; expected step, rows per step, decimals of labels.
      (40, 8, 4, 10, 2, 0), (29, 6, 3, 10, 2, 0), (30, 6, 3, 10, 2, 0), (1, 6, 5, 0.2, 1, 1),
      (0.3, 7, 3, 0.1, 2, 1), (7, 2, 1, 5, 1, 0), (12.31, 10, 5, 5, 4, 0),
      (0, 6, 3, 0.5, 2, 1), (120_600, 9, 4, 50_000, 3, 0), (0.02, 6, 3, 0.01, 2, 2),
    ] as [(Double, Int, Int, Double, Int, Int)])
  func theScaleHasRoundSteps(
    value: Double, rows: Int, steps: Int, step: Double, rowsPerStep: Int, digits: Int
  ) {
    let scale = ChartScale(reaching: value, rows: rows, steps: steps)
    #expect(abs(scale.step - step) < 1e-9, "\(scale)")
    #expect(scale.rowsPerStep == rowsPerStep, "\(scale)")
    #expect(scale.fractionDigits == digits, "\(scale)")
  }

  @Test func everyScaleCoversItsValueAndItsTicksAreAnEqualNumberOfRowsApart() {
    for exponent in -8...20 {
      for mantissa in [1.0, 1.01, 1.9, 2, 3.3, 4.5, 5, 5.01, 9.99] {
        var value = mantissa
        for _ in 0..<abs(exponent) { value *= exponent > 0 ? 10 : 0.1 }
        for rows in [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 13, 20, 60] {
          expectEven(ChartScale(reaching: value, rows: rows, steps: 5), value)
        }
      }
    }
    for odd in [Double.nan, .infinity, -3] {
      #expect(
        ChartScale(reaching: odd, rows: 6, steps: 3) == ChartScale(reaching: 1, rows: 6, steps: 3))
    }
  }

  private func expectEven(_ scale: ChartScale, _ value: Double) {
    #expect(scale.top >= min(value, 1e15) * (1 - 1e-9), "\(scale)")
    #expect(scale.top <= max(min(value, 1e15), 1e-6) * 2.5 * (1 + 1e-9), "\(scale)")
    #expect((1...6).contains(scale.ticks.count))
    #expect(scale.ticks.count > 1 || scale.rows == 1)
    for (index, tick) in scale.ticks.enumerated() {
      #expect(abs(tick.value - Double(index) * scale.step) <= tick.value * 1e-12)
      #expect(tick.row == scale.rows - 1 - index * scale.rowsPerStep)
      #expect(scale.row(of: tick.value) == tick.row)
    }
  }
}
