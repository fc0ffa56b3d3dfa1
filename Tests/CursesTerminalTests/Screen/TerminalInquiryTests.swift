import Glibc
import SafeText
import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

/// The queries that a screen sends to its terminal at first, and the answers.
extension CursesScreenTests {
  @Suite struct Inquiries {
    private static let queries = "\u{1B}]11;?\u{7}\u{1B}[?2026$p\u{1B}[c"
    private static let background = "\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\"
    private static let mode = "\u{1B}[?2026;2$y"
    private static let attributes = "\u{1B}[?62;22c"

    /// A terminal that has already answered when it is asked. Its clock stands still, so a terminal that
    /// does not answer is waited for once, however busy the machine is.
    private func settings(
      _ terminal: PseudoTerminal, answers: String, type: String = "xterm-256color"
    ) -> TerminalSettings {
      typeAnswers(answers, terminal)
      var settings = TerminalSettings(type: type)
      settings.output = terminal.inner
      settings.input = terminal.inner
      settings.answerTimeout = 0.001
      return settings
    }

    /// The keys that are waiting. A `~` typed after them marks their end.
    private func keys(_ screen: CursesScreen, _ terminal: PseudoTerminal) -> [Key] {
      terminal.type("~")
      var keys: [Key] = []
      while keys.last != .character("~") {
        let key = screen.nextKey()
        if key != .none { keys.append(key) }
      }
      return keys.dropLast()
    }

    @Test func theTerminalIsAskedBeforeTheAlternateScreen() throws {
      let terminal = PseudoTerminal()
      let screen = try CursesScreen(
        settings(terminal, answers: Self.background + Self.mode + Self.attributes))
      #expect(screen.theme == .light)
      #expect(keys(screen, terminal).isEmpty)
      let text = terminal.readText()
      #expect(text.hasPrefix(Self.queries))
      #expect(text.ranges(of: "\u{1B}[?2026$p").count == 1)
    }

    @Test(arguments: [
      ("vt100", false), ("linux", false), ("ansi", false), ("cons25", false), ("vt220", false),
      ("rxvt", false), ("xterm", true), ("xterm-mono", true), ("screen", true),
      ("screen-256color", true), ("tmux-256color", true), ("xterm-nowhere", true),
    ])
    func onlyTerminalsOfSomeFamiliesAreAsked(type: String, isAsked: Bool) throws {
      let terminal = PseudoTerminal()
      let screen = try? CursesScreen(settings(terminal, answers: Self.attributes, type: type))
      // Not every database contains every type.
      guard let screen else {
        #expect(type == "cons25")
        return
      }
      screen.restore()
      #expect(terminal.readText().contains(Self.queries) == isAsked)
    }

    @Test func aTerminalThatPrintsAQueryIsNotAskedForTheMode() throws {
      let terminal = PseudoTerminal()
      var settings = settings(terminal, answers: Self.background + Self.attributes)
      settings.environment = ["TERM_PROGRAM": "Apple_Terminal"]
      let screen = try CursesScreen(settings)
      #expect(screen.theme == .light)
      let text = terminal.readText()
      #expect(text.hasPrefix("\u{1B}]11;?\u{7}\u{1B}[c") && !text.contains("$p"))
    }

    @Test(
      arguments: [
        // An answer counts more than the environment, and a request more than both.
        (background + attributes, "0;0", nil, .light), (attributes, "0;15", nil, .light),
        (attributes, "15;0", nil, .dark), (attributes, nil, nil, .dark), ("", "0;15", nil, .light),
        ("", nil, nil, .dark), (background, nil, nil, .light),
        (background + attributes, nil, .dark, .dark), (attributes, nil, .light, .light),
        (background + attributes, nil, .sixteen, .sixteen),
      ] as [(String, String?, Theme?, Theme)])
    func theThemeSuitsTheBackground(
      answers: String, hint: String?, requested: Theme?, theme: Theme
    ) throws {
      let terminal = PseudoTerminal()
      var settings = settings(terminal, answers: answers)
      settings.environment["COLORFGBG"] = hint
      settings.theme = requested
      let screen = try CursesScreen(settings)
      #expect(screen.theme == theme)
      #expect(keys(screen, terminal).isEmpty)
    }

    @Test(
      arguments: [
        ("q", [.character("q")]), ("\u{1B}OA\u{1B}OB", [.up, .down]), ("é", [.character("é")]),
        ("\u{1B}[5~x\u{1B}[Z", [.pageUp, .character("x"), .backTab]),
        ("\u{1B}[200~q\u{1B}[201~", [.other, .other, .other]),
        ("\u{1B}]10;rgb:0/0/0\u{7}", []),
      ] as [(String, [Key])])
    func keysThatWereTypedMeanwhileAreDelivered(typed: String, expected: [Key]) throws {
      for answers in [
        typed + Self.background + Self.attributes, Self.background + typed + Self.attributes,
        Self.background + Self.attributes + typed,
      ] {
        let terminal = PseudoTerminal()
        let screen = try CursesScreen(settings(terminal, answers: answers))
        #expect(screen.theme == .light)
        #expect(keys(screen, terminal) == expected)
      }
    }

    @Test func aLoneEscapeThatWasTypedMeanwhileIsAKey() throws {
      let terminal = PseudoTerminal()
      let screen = try CursesScreen(settings(terminal, answers: Self.attributes + "\u{1B}"))
      #expect(screen.nextKey() == .escape)
      #expect(screen.nextKey() == .none)
    }

    /// The rest comes after the time in which the terminal is waited for.
    @Test func answersThatComeLaterAreNotKeys() throws {
      let all = Array((Self.background + Self.mode + Self.attributes).utf8)
      let text = { String(decoding: $0 as ArraySlice<UInt8>, as: UTF8.self) }
      // At first, an answer cannot be distinguished from the Esc key.
      for cut in 0..<all.count where all[cut..<all.count].first != 0x1B && all[cut - 1] != 0x1B {
        let terminal = PseudoTerminal()
        let screen = try CursesScreen(settings(terminal, answers: text(all[..<cut])))
        terminal.type(Array(all[cut...]))
        #expect(keys(screen, terminal).isEmpty, "cut at \(cut)")
      }
      let terminal = PseudoTerminal()
      let screen = try CursesScreen(settings(terminal, answers: ""))
      terminal.type(all)
      #expect(keys(screen, terminal).isEmpty)
    }
  }

  // MARK: - Synchronized output

  @Suite struct SynchronizedFrames {
    private func screen(on terminal: PseudoTerminal, mode: Int) throws -> CursesScreen {
      typeAnswers("\u{1B}[?2026;\(mode)$y\u{1B}[?62c", terminal)
      var settings = TerminalSettings(type: "xterm-256color")
      settings.output = terminal.inner
      settings.input = terminal.inner
      settings.answerTimeout = 0.001
      return try CursesScreen(settings)
    }

    private func canvas(_ text: String, _ size: Size) -> Canvas {
      var canvas = Canvas(size: size)
      canvas.draw(text == "a" ? "a" : "b", in: canvas.bounds)
      return canvas
    }

    @Test(arguments: [(1, true), (2, true), (0, false), (4, false)])
    func aFrameIsWrappedWhereTheTerminalCanWait(mode: Int, isWrapped: Bool) throws {
      let terminal = PseudoTerminal()
      let screen = try screen(on: terminal, mode: mode)
      screen.flush()
      for text in ["a", "b"] {
        _ = terminal.read()
        let picture = canvas(text, screen.size)
        screen.present(picture, changed: [picture.bounds])
        let output = terminal.readText()
        #expect(output.hasPrefix("\u{1B}[?2026h") == isWrapped)
        #expect(output.hasSuffix("\u{1B}[?2026l") == isWrapped)
        #expect(output.ranges(of: "2026").count == (isWrapped ? 2 : 0))
        #expect(output.contains(text))
        screen.present(picture, changed: [picture.bounds])
        screen.flush()
        #expect(terminal.read().isEmpty)
      }
    }

    @Test func leavingEndsAFrameThatWasCutOff() throws {
      let size = Size(rows: 100, columns: 400)
      let terminal = PseudoTerminal(size: size)
      let screen = try screen(on: terminal, mode: 2)
      var picture = Canvas(size: size)
      let line = SafeString(String(repeating: "ab", count: 200))
      for row in 0..<100 {
        let style: Style = row.isMultiple(of: 2) ? .alert : .good
        picture.draw(line, in: picture.bounds.line(row), style: style)
      }
      screen.present(picture, changed: [picture.bounds])
      #expect(!screen.isReady)
      var output = terminal.readOnce(atMost: 4_096)
      screen.restore()
      output += terminal.read()
      let bytes = TerminalBytes(output)
      // A visible cursor, and lines that continue in the next row.
      #expect(bytes.modesOn.isSubset(of: ["25", "7"]), "\(bytes.modesOn)")
      #expect(bytes.isPlain)
    }
  }
}

/// Types the answers of a terminal and waits until they have arrived.
private func typeAnswers(_ answers: String, _ terminal: PseudoTerminal) {
  // Otherwise the terminal would echo the answers.
  TerminalModes(of: terminal.inner).enableKeyInput()
  terminal.type(answers)
  while terminal.unreadKeyCount < answers.utf8.count { usleep(100) }
}
