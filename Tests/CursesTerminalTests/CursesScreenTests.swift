import Glibc
import SafeText
import TerminalCanvas
import Testing

@testable import CursesTerminal

/// Curses keeps its state in the process, so these run one after the other.
@Suite(.serialized)
struct CursesScreenTests {
  init() {
    _ = useCharacterLocale(environment: [:])
  }

  /// A screen of a size that nobody sees; what it holds can be read back.
  func unseenScreen(_ size: Size, type: String = "xterm-256color") throws -> CursesScreen {
    var settings = TerminalSettings(type: type)
    settings.output = open("/dev/null", O_RDWR)
    settings.input = settings.output
    settings.measure = { _ in size }
    defer { close(settings.output) }
    return try CursesScreen(settings)
  }

  func canvas(_ lines: [SafeString], _ size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    for (line, row) in zip(lines, canvas.bounds.lines) { canvas.draw(line, in: row) }
    return canvas
  }

  @Test func holdsWhatTheCanvasHolds() throws {
    let size = Size(rows: 3, columns: 12)
    let screen = try unseenScreen(size)
    let picture = canvas(["┌ é ▁▂▃█ ┐", "日本語 e\u{301}x", "0123456789AB"], size)
    screen.present(picture, changed: [picture.bounds])
    #expect(screen.lines == ["┌ é ▁▂▃█ ┐  ", "日本語 e\u{301}x   ", "0123456789AB"])
  }

  @Test func onlyTheChangedAreasAreTaken() throws {
    let size = Size(rows: 3, columns: 6)
    let screen = try unseenScreen(size)
    let first = canvas(["aaaaaa", "bbbbbb", "日本語"], size)
    screen.present(first, changed: [first.bounds])
    let second = canvas(["xxxxxx", "yyyyyy", "zzzzzz"], size)
    screen.present(second, changed: [second.bounds.line(1), second.bounds.line(0).cut(from: 4)])
    #expect(screen.lines == ["aaaaxx", "yyyyyy", "日本語"])
    screen.present(first, changed: [first.bounds.cut(from: 1, columns: 2)])
    #expect(screen.lines == ["aaaaxx", "ybbyyy", "日本語"])
  }

  @Test func aCharacterThatTheSystemDoesNotKnowKeepsItsPlace() throws {
    let size = Size(rows: 1, columns: 6)
    // In this locale the C library knows no character beyond ASCII.
    _ = useCharacterLocale(environment: ["LC_ALL": "C"])
    let screen = try unseenScreen(size)
    let picture = canvas(["a日éb"], size)
    screen.present(picture, changed: [picture.bounds])
    #expect(screen.lines == ["a???b "])
  }

  @Test(arguments: [
    (1, 1), (1, 80), (24, 1), (2, 10), (500, 500), (3, 200),
  ])
  func s02NoSizeIsTooSmallOrTooLarge(rows: Int, columns: Int) throws {
    let size = Size(rows: rows, columns: columns)
    let screen = try unseenScreen(size)
    #expect(screen.size == size)
    let large = Size(rows: rows + 3, columns: columns + 3)
    var picture = Canvas(size: large)
    for row in picture.bounds.lines {
      picture.draw(SafeString(String(repeating: "日", count: columns)), in: row)
    }
    screen.present(picture, changed: [picture.bounds, picture.bounds.inside])
    for line in screen.lines {
      #expect(SafeString(line).width == columns)
    }
  }

  @Test(arguments: [(0, 0, 24, 80), (0, 7, 24, 80), (60_000, 60_000, 1_000, 2_000)])
  func s02ATerminalWithoutASizeIsTheUsualOne(rows: Int, columns: Int, drawn: Int, wide: Int) throws
  {
    let screen = try unseenScreen(Size(rows: rows, columns: columns))
    #expect(screen.size == Size(rows: drawn, columns: wide))
  }

  @Test(arguments: ["xterm-256color", "xterm", "vt100", "linux", "screen", "vt52", "xterm-mono"])
  func everyStyleCanBeShownOnEveryTerminal(type: String) throws {
    let size = Size(rows: Style.allCases.count, columns: 4)
    let screen = try unseenScreen(size, type: type)
    var picture = Canvas(size: size)
    for (style, row) in zip(Style.allCases, picture.bounds.lines) {
      picture.draw("word", in: row, style: style)
    }
    screen.present(picture, changed: [picture.bounds])
    #expect(screen.lines.allSatisfy { $0 == "word" })
  }

  @Test func s01RandomSizesLeaveAFrameLikeAFreshOne() throws {
    nonisolated(unsafe) var size = Size(rows: 24, columns: 80)
    var settings = TerminalSettings(type: "xterm-256color")
    settings.output = open("/dev/null", O_RDWR)
    settings.input = settings.output
    settings.measure = { _ in size }
    let screen = try CursesScreen(settings)
    close(settings.output)
    for _ in 0..<300 {
      size = Size(rows: .random(in: 1...60), columns: .random(in: 1...200))
      screen.resize()
      #expect(screen.size == size)
      var picture = Canvas(size: size)
      picture.frame(picture.bounds, title: "日本語")
      screen.present(picture, changed: [picture.bounds])
      #expect(screen.lines == picture.lines)
    }
  }
}
