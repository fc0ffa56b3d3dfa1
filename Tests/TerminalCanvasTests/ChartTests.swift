import SafeText
import TerminalKit
import Testing

@testable import TerminalCanvas

struct ChartTests {
  private func chart(
    _ columns: [ChartColumn], top: Double, rows: Int, threshold: Double? = nil,
    glyphs: GlyphSet = .unicode
  ) -> Canvas {
    var canvas = Canvas(size: Size(rows: rows, columns: columns.count), glyphs: glyphs, blank: "·")
    canvas.chart(
      columns, scale: ChartScale(rows: rows, step: top, rowsPerStep: rows), threshold: threshold,
      in: canvas.bounds)
    return canvas
  }

  private func values(_ values: Double?...) -> [ChartColumn] {
    values.map { ChartColumn(value: $0) }
  }

  @Test func columnsAreDrawnInEighthsOfACell() {
    let canvas = chart(values(0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, nil), top: 16, rows: 2)
    #expect(canvas.lines == ["         ▄█ ", " ▁▂▃▄▅▆▇███ "])
    #expect(canvas.styleLines == [".........cc.", ".cccccccccc."])
  }

  @Test func valuesAboveZeroAreVisible() {
    #expect(chart(values(0.0001, 0), top: 1_000, rows: 3).lines.last == "▁ ")
  }

  @Test func valuesAboveTheScaleAreClampedAndNaNIsNotDrawn() {
    let canvas = chart(values(1e300, .infinity, .nan, -5), top: 10, rows: 1)
    #expect(canvas.lines == ["██  "])
  }

  @Test func thePeakIsMarkedWhereItDiffersFromTheMean() {
    let columns = [
      ChartColumn(value: 2, peak: 10), ChartColumn(value: 2, peak: 2.2),
      ChartColumn(value: 2, peak: 6),
    ]
    let canvas = chart(columns, top: 10, rows: 5)
    #expect(canvas.lines == ["•  ", "   ", "  •", "   ", "███"])
    #expect(canvas.styleLines[0] == "p..")
  }

  @Test func theThresholdIsDrawnInTheRowOfItsValue() {
    let canvas = chart(values(0, 20, 4), top: 20, rows: 4, threshold: 10)
    #expect(canvas.lines == [" █ ", "╌█╌", " █ ", " █▆"])
    #expect(canvas.styleLines[1] == "tct")
    #expect(chart(values(0), top: 20, rows: 4, threshold: 30).lines.joined() == "    ")
  }

  @Test func theSecondsOfAnAlertAreShaded() {
    let columns = [
      ChartColumn(value: 5), ChartColumn(value: 5, isAlert: true),
      ChartColumn(value: nil, isAlert: true),
    ]
    let canvas = chart(columns, top: 10, rows: 2)
    #expect(canvas.lines == [" ░░", "██░"])
    #expect(canvas.styleLines == [".~~", "cC~"])
  }

  @Test func asciiGlyphsDistinguishHeights() {
    let canvas = chart(values(1, 3, 5, 7, 8), top: 8, rows: 1, glyphs: .ascii)
    #expect(canvas.lines == ["..:##"])
  }

  @Test(arguments: [
    (0.0, "        "), (0.001, "▏       "), (0.5, "████    "), (0.53125, "████▎   "),
    (1, "████████"), (7, "████████"), (-1, "        "), (.nan, "        "),
  ])
  func barsAreDrawnInEighthsOfACell(fraction: Double, expected: String) {
    var canvas = Canvas(size: Size(rows: 1, columns: 8), blank: "·")
    canvas.bar(fraction, in: canvas.bounds)
    #expect(canvas.lines == [expected])
  }

  @Test func aPeakAboveTheScaleHasItsOwnMarker() {
    let columns = [
      ChartColumn(value: 2, peak: 10), ChartColumn(value: 2, peak: 10.1),
      ChartColumn(value: 2, peak: 1e300), ChartColumn(value: 9, peak: 11),
    ]
    let canvas = chart(columns, top: 10, rows: 5)
    #expect(canvas.lines[0] == "•↑↑▄")
    #expect(canvas.styleLines[0] == "pppc")
    #expect(chart(columns, top: 10, rows: 5, glyphs: .ascii).lines[0] == "'^^:")
  }

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
