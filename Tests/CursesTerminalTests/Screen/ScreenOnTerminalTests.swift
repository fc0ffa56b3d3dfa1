import Glibc
import SafeText
import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

/// The bytes that a screen sends to a terminal, and the state that it leaves the terminal in.
extension CursesScreenTests {
  private func settings(
    _ terminal: PseudoTerminal, type: String? = "xterm-256color"
  ) -> TerminalSettings {
    var settings = TerminalSettings(type: type)
    settings.output = terminal.inner
    settings.input = terminal.inner
    return settings
  }

  @Test func theScreenUsesTheAlternateScreenAndRestoresTheTerminal() throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    let screen = try CursesScreen(settings(terminal))
    #expect(terminal.modes != before)
    let picture = canvas(["hello"], screen.size)
    screen.present(picture, changed: [picture.bounds])
    let shown = terminal.readText()
    for sequence in ["\u{1B}[?1049h", "\u{1B}[?25l", "\u{1B}[?2004h", "hello"] {
      #expect(shown.contains(sequence))
    }
    screen.restore()
    let left = terminal.readText()
    for sequence in ["\u{1B}[?1049l", "\u{1B}[?25h", "\u{1B}[?2004l"] {
      #expect(left.contains(sequence))
    }
    #expect(terminal.modes == before)
    screen.restore()
    #expect(terminal.read().isEmpty)
  }

  @Test func anUnchangedFrameWritesNothing() throws {
    let terminal = PseudoTerminal()
    let screen = try CursesScreen(settings(terminal))
    let picture = canvas(["hello", "世界"], screen.size)
    screen.present(picture, changed: [picture.bounds])
    _ = terminal.read()
    screen.present(picture, changed: [picture.bounds])
    screen.present(picture, changed: [])
    screen.flush()
    #expect(terminal.read().isEmpty)
    let other = canvas(["hellO", "世界"], screen.size)
    screen.present(other, changed: [other.bounds])
    let bytes = terminal.read().count
    #expect((1...20).contains(bytes))
  }

  @Test func aRedrawWritesEverythingAgain() throws {
    let terminal = PseudoTerminal()
    let screen = try CursesScreen(settings(terminal))
    let picture = canvas(["hello"], screen.size)
    screen.present(picture, changed: [picture.bounds])
    _ = terminal.read()
    screen.redraw()
    #expect(terminal.readText().contains("hello"))
  }

  @Test func aNewSizeIsReadFromTheTerminalAndDrawnCompletely() throws {
    let terminal = PseudoTerminal(size: Size(rows: 10, columns: 40))
    let screen = try CursesScreen(settings(terminal))
    #expect(screen.size == Size(rows: 10, columns: 40))
    #expect(!screen.resize())
    terminal.resize(to: Size(rows: 12, columns: 30))
    #expect(screen.resize())
    #expect(screen.size == Size(rows: 12, columns: 30))
    let picture = canvas(Array(repeating: "line", count: 12), screen.size)
    screen.present(picture, changed: [picture.bounds])
    #expect(terminal.readText().occurrences(of: "line") == 12)
  }

  @Test func theSizeInTheEnvironmentIsIgnored() throws {
    setenv("COLUMNS", "99999999", 1)
    setenv("LINES", "-1", 1)
    defer {
      unsetenv("COLUMNS")
      unsetenv("LINES")
    }
    let terminal = PseudoTerminal(size: Size(rows: 11, columns: 44))
    let screen = try CursesScreen(settings(terminal))
    #expect(screen.size == Size(rows: 11, columns: 44))
  }

  @Test func suspendingRestoresTheTerminalUntilItIsResumed() throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    let screen = try CursesScreen(settings(terminal))
    let ours = terminal.modes
    let picture = canvas(["hello"], screen.size)
    screen.present(picture, changed: [picture.bounds])
    _ = terminal.read()
    screen.suspend()
    #expect(terminal.modes == before)
    #expect(terminal.readText().contains("\u{1B}[?1049l"))
    screen.suspend()
    screen.present(picture, changed: [picture.bounds])
    #expect(screen.nextKey() == .none)
    #expect(terminal.read().isEmpty)
    terminal.resize(to: Size(rows: 9, columns: 33))
    screen.resume()
    #expect(terminal.modes == ours)
    #expect(screen.size == Size(rows: 9, columns: 33))
    let small = canvas(["again"], screen.size)
    screen.present(small, changed: [small.bounds])
    let shown = terminal.readText()
    for sequence in ["\u{1B}[?1049h", "\u{1B}[?25l", "\u{1B}[?2004h", "again"] {
      #expect(shown.contains(sequence))
    }
    screen.restore()
    #expect(terminal.modes == before)
  }

  /// The string that resets the palette of the Linux console has no terminator.
  @Test(arguments: ["xterm-256color", "xterm", "linux", "screen-256color"])
  func resumingKeepsThePaletteAndDrawsEverything(type: String) throws {
    let terminal = PseudoTerminal()
    let screen = try CursesScreen(settings(terminal, type: type))
    for leave in [screen.suspend, screen.detach] {
      leave()
      _ = terminal.read()
      screen.resume()
      let lines = canvas(["first", "second"], screen.size)
      screen.present(lines, changed: [lines.bounds])
      let bytes = terminal.read()
      #expect(TerminalBytes(bytes).strings.isEmpty)
      var picture = TerminalPicture(size: screen.size)
      picture.append(bytes)
      #expect(picture.lines.starts(with: ["first", "second"]))
    }
    screen.restore()
    #expect(TerminalBytes(terminal.read()).strings.isEmpty)
  }

  @Test(arguments: [("vt100", false), ("ansi", false), ("xterm-mono", false), ("linux", true)])
  func aCursorThatCannotBeHiddenRestsInTheLowerRightCorner(type: String, isHidden: Bool) throws {
    let terminal = PseudoTerminal(size: Size(rows: 10, columns: 40))
    let screen = try CursesScreen(settings(terminal, type: type))
    var picture = TerminalPicture(size: screen.size)
    for lines in [["hello", "world"], ["hello", "there"]] as [[SafeString]] {
      let canvas = canvas(lines, screen.size)
      screen.present(canvas, changed: [canvas.bounds])
      let bytes = terminal.read()
      #expect(isHidden || !bytes.isEmpty)
      picture.append(bytes)
      #expect((picture.cursor == (9, 39)) != isHidden)
      screen.present(canvas, changed: [canvas.bounds])
      #expect(terminal.read().isEmpty)
    }
    terminal.resize(to: Size(rows: 5, columns: 20))
    screen.resize()
    picture.resize(to: screen.size)
    let small = canvas(["small"], screen.size)
    screen.present(small, changed: [small.bounds])
    picture.append(terminal.read())
    #expect((picture.cursor == (4, 19)) != isHidden)
  }

  /// Without an alternate screen the dashboard stays visible, and the shell must write below it.
  @Test(arguments: [("vt100", true), ("linux", true), ("xterm-256color", false), ("rxvt", false)])
  func leavingEndsTheLastLineWhereTheDashboardStaysVisible(type: String, stays: Bool) throws {
    let terminal = PseudoTerminal()
    let screen = try CursesScreen(settings(terminal, type: type))
    let picture = canvas(Array(repeating: "line", count: 24), screen.size)
    screen.present(picture, changed: [picture.bounds])
    _ = terminal.read()
    screen.suspend()
    #expect(terminal.readText().hasSuffix("\r\n") == stays)
    screen.resume()
    _ = terminal.read()
    screen.restore()
    #expect(terminal.readText().hasSuffix("\r\n") == stays)
  }

  @Test func theSignalActionsOfTheRunLoopAreKept() throws {
    let signals = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH]
    func handlers() -> [Bool] {
      signals.map { signal in
        var action = sigaction()
        sigaction(signal, nil, &action)
        return action.__sigaction_handler.sa_handler == nil
      }
    }
    let before = handlers()
    let recorded = try RecordedScreen(Size(rows: 5, columns: 5))
    recorded.screen.suspend()
    recorded.screen.resume()
    #expect(handlers() == before)
  }

  @Test func theBellRings() throws {
    let terminal = PseudoTerminal()
    let screen = try CursesScreen(settings(terminal))
    screen.flush()
    _ = terminal.read()
    screen.beep()
    #expect(terminal.readText() == "\u{7}")
  }

  @Test func aClosedTerminalIsDetected() throws {
    let terminal = PseudoTerminal()
    let screen = try CursesScreen(settings(terminal))
    #expect(!screen.isGone)
    terminal.closeOuter()
    #expect(screen.isGone)
    let picture = canvas(["hello"], screen.size)
    screen.present(picture, changed: [picture.bounds])
    #expect(screen.nextKey() == .none)
    screen.restore()
  }

  @Test func aSlowTerminalSkipsFramesAndNeverBlocks() throws {
    let size = Size(rows: 50, columns: 200)
    let terminal = PseudoTerminal(size: size)
    let screen = try CursesScreen(settings(terminal))
    // Nobody reads, so the terminal soon accepts no more output. No call may wait for it.
    var frames = 0
    while screen.isReady && frames < 1_000 {
      let letter = frames % 2 == 0 ? "x" : "y"
      let line = SafeString(String(repeating: letter, count: 200))
      let picture = canvas(Array(repeating: line, count: 50), size)
      screen.present(picture, changed: [picture.bounds])
      frames += 1
    }
    #expect(frames < 10)
    for number in 0..<50 {
      let picture = canvas(["<frame \(number)>"], size)
      screen.present(picture, changed: [picture.bounds])
    }
    let last = canvas(["the last frame"], size)
    screen.present(last, changed: [last.bounds])
    // The kernel frees its buffer with a delay, so flush repeatedly.
    var shown: [UInt8] = []
    var text = ""
    let end = monotonicSeconds() + 60
    while !text.contains("the last frame"), monotonicSeconds() < end {
      if terminal.waitForOutput(20) { shown += terminal.readOnce(atMost: 1_000) }
      screen.flush()
      text = String(decoding: shown, as: UTF8.self)
    }
    text += String(decoding: terminal.read(), as: UTF8.self)
    #expect(text.occurrences(of: "the last frame") == 1)
    // The kernel may have accepted a few frames meanwhile.
    #expect(text.occurrences(of: "<frame") < 5)
  }

  @Test func leavingASlowTerminalDoesNotBlock() throws {
    let size = Size(rows: 50, columns: 200)
    let terminal = PseudoTerminal(size: size)
    let before = terminal.modes
    let screen = try CursesScreen(settings(terminal))
    while screen.isReady {
      let letter = Bool.random() ? "x" : "y"
      let line = SafeString(String(repeating: letter, count: 200))
      let picture = canvas(Array(repeating: line, count: 50), size)
      screen.present(picture, changed: [picture.bounds])
      screen.redraw()
    }
    screen.restore()
    #expect(terminal.modes == before)
  }

  @Test func aTruncatedFrameLeavesNoStyleBehind() throws {
    // More than twice the size of the kernel's buffer, so the rest stays unwritten.
    let size = Size(rows: 100, columns: 400)
    let terminal = PseudoTerminal(size: size)
    let screen = try CursesScreen(settings(terminal))
    var output: [UInt8] = []
    var picture = Canvas(size: size)
    let line = SafeString(String(repeating: "ab", count: 200))
    for row in 0..<100 {
      let style: Style = row.isMultiple(of: 2) ? .heading : .alert
      picture.draw(line, in: picture.bounds.line(row), style: style)
    }
    screen.present(picture, changed: [picture.bounds])
    #expect(!screen.isReady)
    // Make room for the sequences that leave the screen, not for the rest of the frame.
    output += terminal.readOnce(atMost: 4096)
    screen.restore()
    output += terminal.read()
    #expect(String(decoding: output, as: UTF8.self).contains("\u{1B}[0;1m"))
    #expect(TerminalBytes(output).isPlain)
  }
}

extension String {
  /// The number of occurrences of a text.
  fileprivate func occurrences(of text: String) -> Int {
    ranges(of: text).count
  }
}
