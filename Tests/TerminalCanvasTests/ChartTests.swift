import SafeText
import Testing

@testable import TerminalCanvas

struct ChartTests {
  private func chart(
    _ columns: [ChartColumn], top: Double, rows: Int, threshold: Double? = nil,
    glyphs: GlyphSet = .unicode
  ) -> Canvas {
    var canvas = Canvas(size: Size(rows: rows, columns: columns.count), glyphs: glyphs, blank: "·")
    canvas.chart(
      columns, scale: ChartScale(reaching: top, steps: 8), threshold: threshold,
      in: canvas.bounds)
    return canvas
  }

  private func values(_ values: Double?...) -> [ChartColumn] {
    values.map { ChartColumn(value: $0) }
  }

  @Test func columnsAreExactToAnEighth() {
    let canvas = chart(values(0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, nil), top: 16, rows: 2)
    #expect(canvas.lines == ["         ▄█ ", " ▁▂▃▄▅▆▇███ "])
    #expect(canvas.styleLines == [".........cc.", ".cccccccccc."])
  }

  @Test func whatIsAboveZeroIsSeen() {
    #expect(chart(values(0.0001, 0), top: 1_000, rows: 3).lines.last == "▁ ")
  }

  @Test func whatIsAboveTheScaleOrNoNumberIsHarmless() {
    let canvas = chart(values(1e300, .infinity, .nan, -5), top: 10, rows: 1)
    #expect(canvas.lines == ["██  "])
  }

  @Test func thePeakIsMarkedWhereItDiffers() {
    let columns = [
      ChartColumn(value: 2, peak: 10), ChartColumn(value: 2, peak: 2.2),
      ChartColumn(value: 2, peak: 6),
    ]
    let canvas = chart(columns, top: 10, rows: 5)
    #expect(canvas.lines == ["•  ", "   ", "  •", "   ", "███"])
    #expect(canvas.styleLines[0] == "p..")
  }

  @Test func theThresholdStandsWhereItsValueIs() {
    let canvas = chart(values(0, 20, 4), top: 20, rows: 4, threshold: 10)
    #expect(canvas.lines == [" █ ", "╌█╌", " █ ", " █▆"])
    #expect(canvas.styleLines[1] == "tct")
    #expect(chart(values(0), top: 20, rows: 4, threshold: 30).lines.joined() == "    ")
  }

  @Test func anAlertTintsItsSpan() {
    let columns = [
      ChartColumn(value: 5), ChartColumn(value: 5, isAlert: true),
      ChartColumn(value: nil, isAlert: true),
    ]
    let canvas = chart(columns, top: 10, rows: 2)
    #expect(canvas.lines == [" ░░", "██░"])
    #expect(canvas.styleLines == [".~~", "cC~"])
  }

  @Test func inASCIIHeightsAreStillTold() {
    let canvas = chart(values(1, 3, 5, 7, 8), top: 8, rows: 1, glyphs: .ascii)
    #expect(canvas.lines == ["..:##"])
  }

  @Test(arguments: [
    (0.0, "        "), (0.001, "▏       "), (0.5, "████    "), (0.53125, "████▎   "),
    (1, "████████"), (7, "████████"), (-1, "        "), (.nan, "        "),
  ])
  func barsAreExactToAnEighth(fraction: Double, drawn: String) {
    var canvas = Canvas(size: Size(rows: 1, columns: 8), blank: "·")
    canvas.bar(fraction, in: canvas.bounds)
    #expect(canvas.lines == [drawn])
  }

  @Test(
    arguments: [
      (40, 4, [0, 10, 20, 30, 40], 0), (41, 4, [0, 20, 40, 60], 0), (1, 2, [0, 0.5, 1], 1),
      (0.3, 3, [0, 0.1, 0.2, 0.3], 1), (7, 1, [0, 10], 0), (12.31, 5, [0, 5, 10, 15], 0),
      (0, 4, [0, 0.5, 1], 1), (1_206, 3, [0, 500, 1_000, 1_500], 0), (0.02, 2, [0, 0.01, 0.02], 2),
      (1, 10, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1], 1),
    ] as [(Double, Int, [Double], Int)])
  func theScaleIsRound(value: Double, steps: Int, ticks: [Double], digits: Int) {
    let scale = ChartScale(reaching: value, steps: steps)
    #expect(scale.ticks.count == ticks.count)
    for (tick, expected) in zip(scale.ticks, ticks) { #expect(abs(tick - expected) < 1e-9) }
    #expect(scale.fractionDigits == digits)
  }

  @Test func everyScaleCoversItsValueInAtMostItsSteps() {
    for exponent in -8...20 {
      for mantissa in [1.0, 1.01, 1.9, 2, 3.3, 5, 5.01, 9.99] {
        var value = mantissa
        for _ in 0..<abs(exponent) { value *= exponent > 0 ? 10 : 0.1 }
        for steps in [0, 1, 2, 3, 5, 8, 12] {
          let scale = ChartScale(reaching: value, steps: steps)
          #expect(scale.top >= min(value, 1e15) * (1 - 1e-9))
          #expect(scale.ticks.count - 1 <= max(1, steps))
          #expect(scale.row(of: 0, in: 7) == 6)
          #expect(scale.row(of: scale.top, in: 7) == 0)
        }
      }
    }
    for odd in [Double.nan, .infinity, -3] { #expect(ChartScale(reaching: odd, steps: 3).top == 1) }
  }
}
