import Glibc
import SafeText
import TerminalCanvas
import Testing

@testable import CursesTerminal

/// Curses has one global state, so these tests run one after another.
@Suite(.serialized)
struct CursesScreenTests {
  init() {
    _ = setCharacterLocale(environment: [:])
  }

  func canvas(_ lines: [SafeString], _ size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    for (line, row) in zip(lines, canvas.bounds.lines) { canvas.draw(line, in: row) }
    return canvas
  }

  @Test func showsWhatTheCanvasHolds() throws {
    let size = Size(rows: 3, columns: 12)
    let screen = try RecordedScreen(size)
    screen.present(canvas(["┌ é ▁▂▃█ ┐", "日本語 e\u{301}x", "0123456789AB"], size))
    #expect(screen.lines() == ["┌ é ▁▂▃█ ┐", "日本語 e\u{301}x", "0123456789AB"])
  }

  @Test func drawsOnlyTheChangedAreas() throws {
    let size = Size(rows: 3, columns: 6)
    let screen = try RecordedScreen(size)
    let first = canvas(["aaaaaa", "bbbbbb", "日本語"], size)
    screen.present(first)
    let second = canvas(["xxxxxx", "yyyyyy", "zzzzzz"], size)
    screen.present(second, changed: [second.bounds.line(1), second.bounds.line(0).slice(from: 4)])
    #expect(screen.lines() == ["aaaaxx", "yyyyyy", "日本語"])
    screen.present(first, changed: [first.bounds.slice(from: 1, columns: 2)])
    #expect(screen.lines() == ["aaaaxx", "ybbyyy", "日本語"])
  }

  @Test func aCharacterThatTheSystemDoesNotKnowKeepsItsColumns() throws {
    let size = Size(rows: 1, columns: 6)
    // In this locale the C library knows no character beyond ASCII.
    _ = setCharacterLocale(environment: ["LC_ALL": "C"])
    let screen = try RecordedScreen(size)
    screen.present(canvas(["a日éb"], size))
    #expect(screen.lines() == ["a???b"])
  }

  @Test(arguments: [
    (1, 1), (1, 80), (24, 1), (2, 10), (500, 500), (3, 200),
  ])
  func noSizeIsTooSmallOrTooLarge(rows: Int, columns: Int) throws {
    let size = Size(rows: rows, columns: columns)
    let screen = try RecordedScreen(size)
    #expect(screen.screen.size == size)
    let large = Size(rows: rows + 3, columns: columns + 3)
    var picture = Canvas(size: large)
    for row in picture.bounds.lines {
      picture.draw(SafeString(String(repeating: "日", count: columns)), in: row)
    }
    screen.present(picture, changed: [picture.bounds, picture.bounds.inside])
    let shown = screen.shown()
    #expect(shown.unknown.isEmpty && !shown.movedOutside)
    #expect(shown.widths == Array(repeating: columns, count: rows))
    #expect(
      shown.lines
        == Array(repeating: String(repeating: "日", count: columns / 2), count: rows))
  }

  @Test(arguments: [(0, 0, 24, 80), (0, 7, 24, 80), (60_000, 60_000, 1_000, 2_000)])
  func aTerminalWithoutASizeIsDrawnInTheUsualOne(
    rows: Int, columns: Int, drawnRows: Int, drawnColumns: Int
  ) throws {
    let screen = try RecordedScreen(Size(rows: rows, columns: columns))
    #expect(screen.screen.size == Size(rows: drawnRows, columns: drawnColumns))
  }

  @Test(arguments: ["xterm-256color", "xterm", "vt100", "linux", "screen", "vt52", "xterm-mono"])
  func everyStyleCanBeShownOnEveryTerminal(type: String) throws {
    // Keep the last column free: curses may need several steps to write the lower right corner.
    let size = Size(rows: Paint.allCases.count, columns: 5)
    let screen = try RecordedScreen(size, type: type)
    var picture = Canvas(size: size)
    for (style, row) in zip(Paint.allCases.map { Style($0) }, picture.bounds.lines) {
      picture.draw("word", in: row, style: style)
    }
    screen.present(picture)
    let text = String(decoding: screen.drainOutput(), as: UTF8.self)
    #expect(text.ranges(of: "word").count == Paint.allCases.count)
  }

  @Test func framesOfRandomSizesAreDrawnWhole() throws {
    let screen = try RecordedScreen(Size(rows: 24, columns: 80))
    for _ in 0..<100 {
      let size = Size(rows: .random(in: 1...60), columns: .random(in: 1...200))
      screen.resize(to: size)
      #expect(screen.screen.size == size)
      var picture = Canvas(size: size)
      picture.frame(picture.bounds, FrameTexts(title: [StyledText("日本語", .heading)]))
      screen.present(picture)
      let drawn = picture.lines.map { $0.allSatisfy { $0 == " " } ? "" : $0 }
      #expect(screen.lines() == drawn)
    }
  }
}
