import SafeText
import TerminalKit
import Testing

@testable import TerminalCanvas

/// The border of a pane with its texts.
struct FrameTests {
  private func canvas(_ rows: Int, _ columns: Int, _ glyphs: GlyphSet = .unicode) -> Canvas {
    Canvas(size: Size(rows: rows, columns: columns), glyphs: glyphs, blank: "·")
  }

  /// A frame with a text in each of its places.
  private func framed(_ columns: Int, _ glyphs: GlyphSet = .unicode) -> Canvas {
    var canvas = canvas(3, columns, glyphs)
    var texts = FrameTexts()
    texts.title = [StyledText("¹", .notice), StyledText("sections", .heading)]
    texts.legend = [StyledText("legend", .good)]
    texts.note = [StyledText("last 10 s", .muted)]
    texts.readout = [StyledText("/find", .notice)]
    texts.footnote = [StyledText("1-5 of 9", .muted)]
    canvas.frame(canvas.bounds, texts, focused: true)
    return canvas
  }

  @Test func everyTextHasItsPlaceInTheBorder() {
    let canvas = framed(50)
    #expect(
      canvas.lines == [
        "╭─ ¹sections ──── legend ──────────── last 10 s ─╮",
        "│················································│",
        "╰─ /find ───────────────────────────── 1-5 of 9 ─╯",
      ])
    #expect(canvas.styleLines[0] == "fftaTTTTTTTTtfffftggggggtfffffffffffftmmmmmmmmmtff")
  }

  @Test func theBorderShowsWhichPaneHasTheFocus() {
    var canvas = canvas(3, 4)
    #expect(canvas.frame(canvas.bounds) == Rectangle(row: 1, column: 1, rows: 1, columns: 2))
    #expect(canvas.styleLines == ["bbbb", "bttb", "bbbb"])
    canvas.frame(canvas.bounds, focused: true)
    #expect(canvas.styleLines == ["ffff", "fttf", "ffff"])
  }

  /// The title is cut; the note is left out before it would be cut, and the legend before the note.
  @Test(arguments: [
    (38, true, true), (37, false, true), (26, false, true), (25, false, false),
  ])
  func onlyTextsThatFitWholeStandBesideTheTitle(columns: Int, hasLegend: Bool, hasNote: Bool) {
    let top = framed(columns).lines[0]
    #expect(top.contains(" ¹sections "), "\(top)")
    #expect(top.contains(" legend ") == hasLegend, "\(top)")
    #expect(top.contains(" last 10 s ") == hasNote, "\(top)")
  }

  @Test(arguments: [(15, "╭─ ¹sections ─╮"), (14, "╭─ ¹sectio… ─╮"), (7, "╭─ ¹ ─╮"), (6, "╭────╮")])
  func aTitleThatDoesNotFitIsCut(columns: Int, top: String) {
    #expect(framed(columns).lines[0] == top)
  }

  @Test(arguments: [
    (23, true), (21, true), (20, false), (11, false),
  ])
  func theFootnoteIsLeftOutWhereItDoesNotFitBesideTheReadout(columns: Int, hasFootnote: Bool) {
    let bottom = framed(columns).lines[2]
    #expect(bottom.contains(" /find "), "\(bottom)")
    #expect(bottom.contains(" 1-5 of 9 ") == hasFootnote, "\(bottom)")
  }

  /// No text touches another or a corner, at any width.
  @Test(arguments: 0...60)
  func textsAreSeparatedByBlanksAtEveryWidth(columns: Int) {
    for glyphs in [GlyphSet.unicode, .ascii] {
      let canvas = framed(columns, glyphs)
      guard columns >= 2 else { continue }
      for row in [0, 2] {
        let line = canvas.lines[row]
        #expect(line.unicodeScalars.count == columns)
        #expect(line.first == Character(glyphs.corners[row == 0 ? 0 : 3]))
        #expect(line.last == Character(glyphs.corners[row == 0 ? 1 : 2]))
        for text in ["legend", "last 10 s", "1-5 of 9"] where line.contains(text) {
          #expect(line.contains(" \(text) "), "\(line)")
        }
      }
    }
  }

  @Test func anASCIIFrameContainsOnlyASCII() {
    let canvas = framed(50, .ascii)
    #expect(canvas.lines[0].hasPrefix(#"+- \xC2\xB9sections -"#), "\(canvas.lines[0])")
    #expect(canvas.lines[0].hasSuffix(" last 10 s -+"))
    var text = canvas.lines.joined()
    text.replace("·", with: "")
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: [(0, 0), (1, 1), (1, 9), (2, 1), (2, 2)])
  func theSmallestFramesCanBeDrawn(rows: Int, columns: Int) {
    var canvas = canvas(rows, columns)
    var texts = FrameTexts()
    texts.title = [StyledText("title")]
    texts.footnote = [StyledText("foot")]
    #expect(canvas.frame(canvas.bounds, texts).isEmpty)
    let corners = canvas.lines.joined().filter { $0 != "·" }
    #expect(corners == (rows == 2 && columns == 2 ? "╭╮╰╯" : ""))
  }

  // MARK: - Scroll mark

  private func mark(_ rows: Int, first: Int, of count: Int) -> [Int] {
    var canvas = canvas(rows, 1)
    canvas.scrollMark(in: canvas.bounds, first: first, of: count, style: .border)
    return (0..<rows).filter { canvas.lines[$0] == "┃" }
  }

  @Test func aListThatIsWhollyVisibleHasNoMark() {
    #expect(mark(5, first: 0, of: 5).isEmpty)
    #expect(mark(5, first: 0, of: 0).isEmpty)
    #expect(mark(1, first: 2, of: 9).isEmpty)
  }

  @Test(arguments: [2, 3, 5, 10, 30], [6, 7, 31, 60, 1000])
  func theMarkReachesAnEndOnlyWhereTheFirstOrLastRowIsVisible(rows: Int, count: Int) {
    guard count > rows else { return }
    var last = 0
    for first in 0...count - rows {
      let places = mark(rows, first: first, of: count)
      #expect(places.count == max(1, rows * rows / count))
      #expect(places == Array(places[0]...places[places.count - 1]))
      #expect((places[0] == 0) == (first == 0) || rows <= 2, "\(first): \(places)")
      let isAtEnd = places.last == rows - 1
      #expect(isAtEnd == (first == count - rows) || rows <= 2, "\(first): \(places)")
      #expect(places[0] >= last)
      last = places[0]
    }
    #expect(last == rows - max(1, rows * rows / count))
  }
}
