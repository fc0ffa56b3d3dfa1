import SafeText
import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

/// After a resize nobody knows what the terminal displays, and clearing it first would flicker.
extension CursesScreenTests {
  private static let clears = ["\u{1B}[2J", "\u{1B}[J", "\u{1B}[0J", "\u{1B}[1J", "\u{1B}[3J"]

  /// A canvas with text, lines and areas.
  private func busyCanvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    canvas.frame(canvas.bounds, FrameTexts(title: [StyledText("日本語", .heading)]))
    for (index, line) in canvas.bounds.inside.lines.enumerated() where index.isMultiple(of: 2) {
      canvas.clear(line.slice(from: 2, columns: 30), style: Style(.text, on: .hits3))
      canvas.draw("word \(index)", in: line.slice(from: 5), style: .alert)
    }
    return canvas
  }

  private func expectWhole(_ screen: RecordedScreen, _ canvas: Canvas) {
    let picture = screen.shown()
    let fresh = canvas.lines.map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    #expect(picture.lines == fresh)
    #expect(!picture.movedOutside)
    for row in 0..<canvas.size.rows {
      for column in 0..<canvas.size.columns {
        let hasGround = canvas.cell(row: row, column: column).style.ground != nil
        let style = picture.style(row: row, column: column)
        guard (style.background != nil) != hasGround else { continue }
        Issue.record("row \(row), column \(column): \(style)")
        return
      }
    }
  }

  @Test(
    arguments: ["xterm-256color", "xterm", "screen-256color", "tmux-256color", "linux", "vt100"])
  func everyCellIsWrittenAgainWithoutAClear(type: String) throws {
    let screen = try RecordedScreen(Size(rows: 24, columns: 80), type: type)
    screen.present(busyCanvas(screen.screen.size))
    _ = screen.shown()
    let sizes = [(30, 100), (10, 40), (24, 80), (24, 120), (40, 80), (24, 80), (24, 80)]
    for (rows, columns) in sizes {
      screen.resize(to: Size(rows: rows, columns: columns))
      // The terminal kept, moved or erased what it displayed, and moved the cursor.
      let row = Int.random(in: 1...rows)
      let garbage = String(repeating: "#", count: columns)
      screen.disturb(
        (1...rows).map { "\u{1B}[\($0);1H\u{1B}[41m\(garbage)" }.joined()
          + "\u{1B}[\(row);\(Int.random(in: 1...columns))H\u{1B}[m")
      let canvas = busyCanvas(screen.screen.size)
      screen.present(canvas)
      let output = screen.drainOutput()
      let kinds = TerminalBytes(output).items
      for clear in Self.clears { #expect(!kinds.contains(.sequence(clear)), "\(rows)x\(columns)") }
      screen.disturb(String(decoding: output, as: UTF8.self))
      if type != "vt100" { expectWhole(screen, canvas) }
    }
  }

  @Test func aBlankScreenIsNotDisplayedBetweenTheSizes() throws {
    let screen = try RecordedScreen(Size(rows: 10, columns: 40))
    screen.present(busyCanvas(screen.screen.size))
    _ = screen.drainOutput()
    screen.resize(to: Size(rows: 12, columns: 30))
    screen.screen.flush()
    #expect(screen.drainOutput().isEmpty)
  }

  @Test func aRingBetweenAResizeAndTheNextFrameDoesNoHarm() throws {
    let screen = try RecordedScreen(Size(rows: 10, columns: 40))
    screen.present(busyCanvas(screen.screen.size))
    _ = screen.shown()
    screen.resize(to: Size(rows: 12, columns: 50))
    screen.disturb("\u{1B}[7;7H")
    screen.screen.beep()
    let canvas = busyCanvas(screen.screen.size)
    screen.present(canvas)
    expectWhole(screen, canvas)
  }

  @Test func aRedrawClearsTheScreen() throws {
    let screen = try RecordedScreen(Size(rows: 10, columns: 40))
    let canvas = busyCanvas(screen.screen.size)
    screen.present(canvas)
    screen.disturb("\u{1B}[H#####\u{1B}[5;5H")
    screen.screen.redraw()
    expectWhole(screen, canvas)
  }

  @Test func aNewSizeWhileSuspendedIsDrawnAfterResuming() throws {
    let screen = try RecordedScreen(Size(rows: 10, columns: 40))
    screen.present(busyCanvas(screen.screen.size))
    screen.screen.suspend()
    _ = screen.shown()
    screen.resize(to: Size(rows: 12, columns: 30))
    #expect(screen.drainOutput().isEmpty)
    screen.screen.resume()
    screen.resize(to: Size(rows: 12, columns: 30))
    let canvas = busyCanvas(screen.screen.size)
    screen.present(canvas)
    expectWhole(screen, canvas)
  }
}
