import SafeText
import TerminalKit
import Testing

@testable import TerminalCanvas

/// Everything on canvases that are too small for it.
struct SmallCanvasTests {
  @Test(arguments: 0...4, 0...4)
  func everythingCanBeDrawnAtEverySize(rows: Int, columns: Int) {
    for glyphs in [GlyphSet.unicode, .ascii] {
      var canvas = Canvas(size: Size(rows: rows, columns: columns), glyphs: glyphs)
      var texts = FrameTexts()
      (texts.title, texts.note) = ([StyledText("title")], [StyledText("note")])
      let inside = canvas.frame(canvas.bounds, texts)
      canvas.draw("日本", in: inside)
      canvas.draw("日本", in: canvas.bounds)
      canvas.draw([StyledText("a"), StyledText("日")], in: canvas.bounds, align: .center)
      canvas.bar(2, in: canvas.bounds, paint: .good)
      canvas.sparkline([1, nil, 3], in: canvas.bounds, paint: .good)
      canvas.scrollMark(in: canvas.bounds, first: 1, of: 9, style: .border)
      canvas.select(canvas.bounds)
      #expect(canvas.lines.count == rows)
      #expect(canvas.groundLines.allSatisfy { $0.count == columns && !$0.contains(".") })
    }
  }
}
