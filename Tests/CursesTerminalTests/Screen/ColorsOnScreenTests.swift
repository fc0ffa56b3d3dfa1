import Glibc
import SafeText
import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

/// The colours that a terminal displays.
extension CursesScreenTests {
  /// A row for each role: the word on the terminal's background, then a space on the role's.
  private func swatches() -> Canvas {
    var canvas = Canvas(size: Size(rows: Paint.allCases.count, columns: 8))
    for (paint, row) in zip(Paint.allCases, canvas.bounds.lines) {
      canvas.draw("word", in: row, style: Style(paint))
      canvas.clear(row.slice(from: 5, columns: 2), style: Style(.text, on: paint))
    }
    return canvas
  }

  private func row(_ paint: Paint) -> Int { Paint.allCases.firstIndex(of: paint) ?? -1 }

  private func shown(
    _ type: String, _ environment: [String: String] = [:], theme: Theme = .dark
  ) throws -> TerminalPicture {
    let canvas = swatches()
    let screen = try RecordedScreen(canvas.size, type: type) {
      $0.environment = environment
      $0.theme = theme
    }
    screen.present(canvas)
    let picture = screen.shown()
    #expect(picture.lines.allSatisfy { $0.hasPrefix("word") })
    #expect(picture.unknown.isEmpty)
    return picture
  }

  @Test(arguments: ["truecolor", "24bit"])
  func directColoursAreDisplayedWhereTheTerminalClaimsThem(value: String) throws {
    for (theme, accent, selection) in [
      (Theme.dark, TerminalStyle.Color.rgb(88, 166, 255), TerminalStyle.Color.rgb(31, 58, 95)),
      (.light, .rgb(9, 105, 218), .rgb(212, 232, 252)),
    ] {
      let picture = try shown("xterm-256color", ["COLORTERM": value], theme: theme)
      #expect(picture.style(row: row(.accent), column: 0).foreground == accent)
      #expect(picture.style(row: row(.selection), column: 5).background == selection)
      #expect(picture.style(row: row(.text), column: 0) == TerminalStyle())
      let ramp = Paint.hits.map { picture.style(row: row($0), column: 5).background?.description }
      #expect(Set(ramp).count == 8)
    }
  }

  @Test func otherTerminalsDisplayThePalette() throws {
    let picture = try shown("xterm-256color")
    #expect(picture.style(row: row(.accent), column: 0).foreground == .index(75))
    #expect(picture.style(row: row(.tint), column: 5).background == nil)
    #expect(picture.style(row: row(.alertBadge), column: 5).background == .index(160))
    let basic = try shown("xterm-256color", ["COLORTERM": "truecolor"], theme: .sixteen)
    #expect(basic.style(row: row(.accent), column: 0).foreground == .index(14))
    #expect(basic.style(row: row(.alertBadge), column: 5).background == .index(1))
  }

  /// With eight colours a description has no sequences for direct ones.
  @Test func aTerminalWithEightColoursUsesOnlyThese() throws {
    let picture = try shown("xterm", ["COLORTERM": "truecolor"])
    #expect(picture.style(row: row(.hits3), column: 5).background == .index(6))
    #expect(picture.style(row: row(.track), column: 5).background == nil)
    let light = try shown("xterm", theme: .light)
    #expect(light.style(row: row(.hits3), column: 5).background == .index(4))
  }

  /// Pairs are few: 64 with eight colours. Every text stays legible, and no call fails.
  @Test(arguments: ["xterm", "xterm-256color", "linux"])
  func allCombinationsOfRolesCanBeDisplayed(type: String) throws {
    let count = Paint.allCases.count
    let screen = try RecordedScreen(Size(rows: count, columns: count + 1), type: type) {
      $0.environment = ["COLORTERM": "truecolor"]
    }
    var canvas = Canvas(size: screen.screen.size)
    for (ground, row) in zip(Paint.allCases, canvas.bounds.lines) {
      for (paint, column) in zip(Paint.allCases, 0...) {
        let cell = row.slice(from: column, columns: 1)
        canvas.draw("x", in: cell, style: Style(paint, on: ground))
      }
    }
    screen.present(canvas)
    let picture = screen.shown()
    #expect(picture.lines == Array(repeating: String(repeating: "x", count: count), count: count))
    let selected = picture.style(row: row(.selection), column: row(.muted))
    #expect(selected.foreground != selected.background && selected.background != nil)
  }

  @Test(arguments: ["xterm-mono", "vt100", "xterm-256color"])
  func withoutColoursAColumnOfAChartIsVisible(type: String) throws {
    let size = Size(rows: 4, columns: 6)
    let screen = try RecordedScreen(size, type: type) { $0.isColored = false }
    var canvas = Canvas(size: size)
    canvas.clear(canvas.bounds.line(0).slice(from: 0, columns: 2), style: Style(.text, on: .hits4))
    canvas.fill(
      canvas.bounds.line(1).slice(from: 0, columns: 2), with: "▃",
      style: Style(.hits4, on: .serverError))
    canvas.fill(canvas.bounds.line(2).slice(from: 0, columns: 2), with: "▃", style: Style(.hits4))
    canvas.draw("AL", in: canvas.bounds.line(3), style: .alertBadge)
    screen.present(canvas)
    let picture = screen.shown()
    #expect(picture.lines == ["", "", "▃▃", "AL"])
    for (row, isReverse) in [(0, true), (1, true), (2, false), (3, true)] {
      for column in 0..<2 {
        let style = picture.style(row: row, column: column)
        #expect(style.attributes.contains(7) == isReverse, "row \(row)")
        #expect(style.foreground == nil && style.background == nil)
      }
    }
  }

  // MARK: - Another theme

  @Test func anotherThemeDrawsEverythingAgainWithoutAClear() throws {
    let canvas = swatches()
    let fresh = try Theme.allCases.reduce(into: [:]) { pictures, theme in
      pictures[theme] = try shown("xterm-256color", ["COLORTERM": "truecolor"], theme: theme)
    }
    let screen = try RecordedScreen(canvas.size) { $0.environment = ["COLORTERM": "truecolor"] }
    screen.present(canvas)
    _ = screen.shown()
    for theme in [Theme.light, .sixteen, .dark, .light] {
      screen.screen.setTheme(theme)
      #expect(screen.screen.theme == theme)
      screen.screen.flush()
      #expect(screen.drainOutput().isEmpty)
      screen.present(canvas)
      let output = screen.drainOutput()
      #expect(!TerminalBytes(output).items.contains(.sequence("\u{1B}[2J")))
      screen.disturb(String(decoding: output, as: UTF8.self))
      let fresh = try #require(fresh[theme])
      let picture = screen.shown()
      #expect(picture.lines == fresh.lines)
      for row in 0..<canvas.size.rows {
        for column in [0, 3, 5, 6] {
          let style = picture.style(row: row, column: column)
          #expect(style == fresh.style(row: row, column: column), "\(theme), row \(row)")
        }
      }
    }
  }

  // MARK: - The mouse

  @Test func theMouseIsReportedOnRequest() throws {
    let on = "\u{1B}[?1000h\u{1B}[?1006h"
    let off = "\u{1B}[?1006l\u{1B}[?1000l"
    let terminal = PseudoTerminal()
    var settings = TerminalSettings(type: "xterm-256color")
    settings.output = terminal.inner
    settings.input = terminal.inner
    let screen = try CursesScreen(settings)
    screen.flush()
    #expect(!screen.reportsMouse && !terminal.readText().contains("?100"))
    screen.reportsMouse = true
    #expect(terminal.readText() == on)
    screen.reportsMouse = true
    #expect(terminal.read().isEmpty)
    terminal.type("\u{1B}[<64;3;2M~")
    #expect(keysUpToTilde(screen) == [.mouse(Mouse(.wheelUp, row: 1, column: 2))])
    screen.suspend()
    #expect(terminal.readText().contains(off))
    screen.resume()
    #expect(terminal.readText().contains(on))
    terminal.type("\u{1B}[<0;1;1M~")
    #expect(keysUpToTilde(screen) == [.mouse(Mouse(.press, row: 0, column: 0))])
    screen.reportsMouse = false
    #expect(terminal.readText() == off)
    terminal.type("\u{1B}[<0;1;1M~")
    #expect(keysUpToTilde(screen).isEmpty)
    screen.reportsMouse = true
    _ = terminal.read()
    screen.restore()
    #expect(TerminalBytes(terminal.read()).kinds.contains("\u{1B}[?1000l"))
  }

  private func keysUpToTilde(_ screen: CursesScreen) -> [Key] {
    var keys: [Key] = []
    while keys.last != .character("~") {
      let key = screen.nextKey()
      if key != .none { keys.append(key) }
    }
    return keys.dropLast()
  }

  @Test(arguments: ["vt100", "linux", "ansi"])
  func aTerminalWithoutAMouseReportsNone(type: String) throws {
    let screen = try RecordedScreen(Size(rows: 3, columns: 10), type: type)
    _ = screen.drainOutput()
    screen.screen.reportsMouse = true
    #expect(!screen.screen.reportsMouse)
    #expect(screen.drainOutput().isEmpty)
  }
}
