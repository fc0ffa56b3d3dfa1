import TerminalKit
import Testing

@testable import TerminalCanvas

/// Bars and sparklines.
struct BarTests {
  private func bar(_ fraction: Double, _ columns: Int, _ glyphs: GlyphSet = .unicode) -> Canvas {
    var canvas = Canvas(size: Size(rows: 1, columns: columns), glyphs: glyphs, blank: "x")
    canvas.bar(fraction, in: canvas.bounds, paint: .hits5)
    return canvas
  }

  @Test(arguments: [
    (0.0, "        ", "kkkkkkkk"), (0.001, "▏       ", "kkkkkkkk"),
    (0.5, "        ", "5555kkkk"), (0.53125, "    ▎   ", "5555kkkk"),
    (0.99, "       ▉", "5555555k"), (1, "        ", "55555555"),
    (7, "        ", "55555555"), (-1, "        ", "kkkkkkkk"), (.nan, "        ", "kkkkkkkk"),
  ])
  func barsAreExactToAnEighthAndHaveATrack(fraction: Double, characters: String, ground: String) {
    let canvas = bar(fraction, 8)
    #expect(canvas.lines == [characters])
    #expect(canvas.groundLines == [ground])
    #expect(canvas.styleLines == ["55555555"])
  }

  @Test func inASCIIABarIsOfCharacters() {
    #expect(bar(0.45, 10, .ascii).lines == ["####=....."])
    #expect(bar(0, 3, .ascii).lines == ["..."])
    #expect(bar(1, 3, .ascii).groundLines == ["..."])
  }

  @Test func aBarTakesTheFirstRowOfItsAreaOnly() {
    var canvas = Canvas(size: Size(rows: 2, columns: 3), blank: "x")
    canvas.bar(1, in: canvas.bounds.slice(from: 1), paint: .good)
    #expect(canvas.lines == ["x  ", "xxx"])
    canvas.bar(1, in: Rectangle(row: 0, column: 0, rows: 0, columns: 3), paint: .good)
    #expect(canvas.lines == ["x  ", "xxx"])
  }

  // MARK: - Sparklines

  private func sparkline(_ values: [Int?], _ glyphs: GlyphSet = .unicode) -> Canvas {
    var canvas = Canvas(size: Size(rows: 1, columns: 8), glyphs: glyphs, blank: "x")
    canvas.sparkline(values, in: canvas.bounds, paint: .hits5)
    return canvas
  }

  @Test func theGreatestValueOfASparklineLeavesAGapToTheRowAbove() {
    for greatest in [1, 2, 7, 8, 9, 1000, Int(Int32.max)] {
      #expect(sparkline([greatest, 0]).lines == ["▇▁xxxxxx"])
    }
    #expect(sparkline([0, 1, 2, 3, 4, 6, 7, 8]).lines == ["▁▁▂▃▄▅▆▇"])
  }

  @Test func zeroIsFaintAndTheUnknownIsBlank() {
    let canvas = sparkline([nil, 0, 1, 100])
    #expect(canvas.lines == ["x▁▁▇xxxx"])
    #expect(canvas.styleLines == ["t.55tttt"])
    #expect(sparkline([0, 0]).lines == ["▁▁xxxxxx"])
    #expect(sparkline([]).lines == ["xxxxxxxx"])
  }

  @Test func aSparklineEndsAtItsArea() {
    var canvas = Canvas(size: Size(rows: 1, columns: 8), blank: "x")
    canvas.sparkline(
      Array(repeating: 4, count: 20), in: canvas.bounds.slice(from: 2, columns: 3), paint: .good)
    #expect(canvas.lines == ["xx▇▇▇xxx"])
  }

  @Test func inASCIIASparklineHasFourHeights() {
    #expect(sparkline([0, 1, 2, 3, 4, 6, 7, 8], .ascii).lines == ["....:::#"])
  }
}
