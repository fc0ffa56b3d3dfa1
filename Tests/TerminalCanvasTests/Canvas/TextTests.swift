import SafeText
import TerminalKit
import Testing

@testable import TerminalCanvas

/// Text on a canvas, and the edges of areas.
struct TextTests {
  private func canvas(_ rows: Int, _ columns: Int, _ glyphs: GlyphSet = .unicode) -> Canvas {
    Canvas(size: Size(rows: rows, columns: columns), glyphs: glyphs, blank: "·")
  }

  @Test func textIsAlignedLeftRightOrInTheCenter() {
    var canvas = canvas(3, 9)
    canvas.draw("abc", in: canvas.bounds.line(0))
    canvas.draw("abc", in: canvas.bounds.line(1), style: .alert, align: .right)
    canvas.draw("abc", in: canvas.bounds.line(2), align: .center)
    #expect(canvas.lines == ["abc······", "······abc", "···abc···"])
    #expect(canvas.styleLines == ["ttttttttt", "ttttttEEE", "ttttttttt"])
  }

  @Test func textIsTruncatedAtItsArea() {
    var canvas = canvas(1, 12)
    let area = canvas.bounds.slice(from: 2, columns: 5)
    #expect(canvas.draw("/section/long", in: area) == 5)
    #expect(canvas.lines == ["··/sec…·····"])
  }

  @Test(arguments: 0...12)
  func truncationNeverLeavesHalfAWideCharacter(columns: Int) {
    var canvas = canvas(1, 12)
    let area = canvas.bounds.slice(from: 1, columns: columns)
    canvas.draw("é\u{300}日本語é", in: area)
    let width = (0..<12).reduce(0) { $0 + Int(canvas.cell(row: 0, column: $1).width) }
    #expect(width == 12)
    #expect(canvas.cell(row: 0, column: area.endColumn).scalar == "·" || area.endColumn > 11)
  }

  @Test func overwritingHalfAWideCharacterBlanksTheOtherHalf() {
    var canvas = canvas(1, 6)
    canvas.draw("日本語", in: canvas.bounds)
    canvas.draw("x", in: canvas.bounds.slice(from: 1))
    canvas.draw("y", in: canvas.bounds.slice(from: 4))
    #expect(canvas.lines == [" x本y "])
    canvas.draw("日", in: canvas.bounds.slice(from: 3))
    #expect(canvas.lines == [" x 日 "])
  }

  @Test func aWideCharacterAcrossTheEdgeOfTheCanvasIsNotDrawn() {
    var canvas = canvas(1, 3)
    let beyond = Rectangle(row: 0, column: -1, rows: 1, columns: 9)
    canvas.draw("日本", in: beyond)
    #expect(canvas.lines == [" 本"])
  }

  @Test func combiningMarksAreRemovedWithTheirCharacter() {
    var canvas = canvas(1, 3)
    canvas.draw("ae\u{301}", in: canvas.bounds)
    #expect(canvas.marks(row: 0, column: 1) == ["\u{301}"])
    #expect(canvas.lines == ["ae\u{301}·"])
    canvas.draw("b", in: canvas.bounds.slice(from: 1))
    #expect(canvas.marks(row: 0, column: 1).isEmpty)
  }

  @Test func styledTextsAreDrawnSideBySide() {
    var canvas = canvas(2, 10)
    canvas.draw([StyledText("rate "), StyledText("12.5", .strong)], in: canvas.bounds.line(0))
    canvas.draw(
      [StyledText("日"), StyledText("abc", .alert)], in: canvas.bounds.line(1), align: .right)
    #expect(canvas.lines == ["rate 12.5·", "·····日abc"])
    #expect(canvas.styleLines == ["tttttTTTTt", "tttttttEEE"])
  }

  @Test func styledTextsThatDoNotFitAreTruncated() {
    var canvas = canvas(1, 7)
    #expect(
      canvas.draw([StyledText("abcd"), StyledText("efgh"), StyledText("i")], in: canvas.bounds) == 7
    )
    #expect(canvas.lines == ["abcdef…"])
  }

  @Test func nothingIsDrawnOutsideTheCanvas() {
    var canvas = canvas(2, 4)
    let far = Rectangle(row: -1, column: -2, rows: 9, columns: 20)
    canvas.draw("0123456789", in: far)
    canvas.clear(far.line(2))
    canvas.fill(
      Rectangle(row: 7, column: 0, rows: 1, columns: 4), with: canvas.glyphs.horizontal,
      style: .border)
    #expect(canvas.lines == ["····", "    "])
  }

  @Test func selectingARowChangesOnlyItsBackground() {
    var canvas = canvas(1, 5)
    canvas.draw("a日", in: canvas.bounds, style: .alert)
    canvas.bar(1, in: canvas.bounds.slice(from: 3, columns: 1), paint: .good)
    let before = (canvas.lines, canvas.styleLines)
    canvas.select(canvas.bounds.slice(from: 0, columns: 4))
    #expect(canvas.lines == before.0)
    #expect(canvas.styleLines == before.1)
    #expect(canvas.groundLines == ["sssg."])
    // Overwriting half of a wide character leaves the other half selected.
    canvas.draw("x", in: canvas.bounds.slice(from: 1))
    #expect(canvas.lines == ["ax  ·"])
    #expect(canvas.groundLines == ["s.sg."])
  }

  @Test func everyStyleHasItsOwnLetter() {
    #expect(Set(Paint.allCases.map(\.letter)).count == Paint.allCases.count)
  }
}
