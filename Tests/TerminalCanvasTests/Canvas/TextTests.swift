import SafeText
import TerminalKit
import Testing

@testable import TerminalCanvas

struct CanvasTests {
  private func canvas(_ rows: Int, _ columns: Int, _ glyphs: GlyphSet = .unicode) -> Canvas {
    Canvas(size: Size(rows: rows, columns: columns), glyphs: glyphs, blank: "·")
  }

  @Test func textIsAlignedLeftRightOrInTheCenter() {
    var canvas = canvas(3, 9)
    canvas.draw("abc", in: canvas.bounds.line(0))
    canvas.draw("abc", in: canvas.bounds.line(1), style: .alert, align: .right)
    canvas.draw("abc", in: canvas.bounds.line(2), align: .center)
    #expect(canvas.lines == ["abc······", "······abc", "···abc···"])
    #expect(canvas.styleLines == [".........", "......aaa", "........."])
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
    #expect(canvas.styleLines == [".....TTTT.", ".......aaa"])
  }

  @Test func styledTextsThatDoNotFitAreTruncated() {
    var canvas = canvas(1, 7)
    #expect(
      canvas.draw([StyledText("abcd"), StyledText("efgh"), StyledText("i")], in: canvas.bounds) == 7
    )
    #expect(canvas.lines == ["abcdef…"])
  }

  @Test func aFrameHasATitleAndANote() {
    var canvas = canvas(3, 24)
    let inside = canvas.frame(canvas.bounds, title: "Hits", note: "last 10 s", focused: true)
    #expect(
      canvas.lines == [
        "┌ Hits ───── last 10 s ┐",
        "│······················│",
        "└──────────────────────┘",
      ])
    #expect(canvas.styleLines[0] == "BhhhhhhBBBBBmmmmmmmmmmmB")
    #expect(inside == Rectangle(row: 1, column: 1, rows: 1, columns: 22))
  }

  @Test(arguments: [
    (20, "┌ Top sections ────┐"), (16, "┌ Top sections ┐"), (12, "┌ Top sec… ┐"),
    (6, "┌ T… ┐"), (4, "┌──┐"), (2, "┌┐"),
  ])
  func aTitleIsTruncatedToFitTheFrame(columns: Int, top: String) {
    var canvas = canvas(2, columns)
    canvas.frame(canvas.bounds, title: "Top sections", note: "last 10 s")
    #expect(canvas.lines[0] == top)
  }

  @Test func anASCIICanvasContainsOnlyASCII() {
    var canvas = canvas(4, 30, .ascii)
    canvas.clear(canvas.bounds)
    let inside = canvas.frame(canvas.bounds, title: "é", note: "x")
    canvas.draw("日 and a long text that is cut", in: inside)
    canvas.bar(0.45, in: inside.line(1))
    #expect(
      canvas.lines == [
        #"+ \xC3\xA9 --------------- x +"#,
        #"|\xE6\x97\xA5 and a long tex~|"#,
        "|############=               |",
        "+----------------------------+",
      ])
    #expect(canvas.lines.joined().utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: [
    Size(rows: 0, columns: 0), Size(rows: 1, columns: 1), Size(rows: 2, columns: 1),
  ])
  func everythingCanBeDrawnOnTheSmallestCanvases(size: Size) {
    var canvas = Canvas(size: size)
    let inside = canvas.frame(canvas.bounds, title: "title", note: "note", footnote: "f")
    canvas.draw("日本", in: inside)
    canvas.draw("日本", in: canvas.bounds)
    canvas.draw([StyledText("a"), StyledText("日")], in: canvas.bounds, align: .center)
    canvas.bar(2, in: canvas.bounds)
    canvas.select(canvas.bounds)
    canvas.chart(
      [ChartColumn(value: 3, peak: 9, isAlert: true)],
      scale: ChartScale(reaching: 10, rows: 1, steps: 4),
      threshold: 4, in: canvas.bounds)
    #expect(canvas.lines.count == size.rows)
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
    canvas.bar(1, in: canvas.bounds.slice(from: 3, columns: 1))
    let before = (canvas.lines, canvas.styleLines)
    canvas.select(canvas.bounds.slice(from: 0, columns: 4))
    #expect(canvas.lines == before.0)
    #expect(canvas.styleLines == before.1)
    #expect(canvas.groundLines == ["ssss."])
    // Overwriting half of a wide character leaves the other half selected.
    canvas.draw("x", in: canvas.bounds.slice(from: 1))
    #expect(canvas.lines == ["ax █·"])
    #expect(canvas.groundLines == ["s.ss."])
  }

  @Test func everyStyleHasItsOwnLetter() {
    #expect(Set(Paint.allCases.map(\.letter)).count == Paint.allCases.count)
  }
}
