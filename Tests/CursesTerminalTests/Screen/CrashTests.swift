import Glibc
import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

/// Each crash happens in a separate process on a terminal that this test keeps open.
struct CrashTests {
  @Test(arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE])
  func aCrashRestoresTheTerminalAndReportsTheReason(signal: Int32) async throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    let result = await #expect(
      processExitsWith: .signal(signal), observing: [\.standardErrorContent]
    ) { [path = terminal.path as String, signal = signal as Int32] in
      let screen = try openScreen(path)
      // A thread of the test library may block SIGABRT; `abort` unblocks it.
      if signal == SIGABRT { abort() }
      raise(signal)
      screen.restore()
    }
    expectClean(terminal, before)
    let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(text.contains("lm2000: crashed (SIG"))
  }

  @Test func aRuntimeErrorOfSwiftRestoresTheTerminal() async throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    await #expect(processExitsWith: .signal(SIGILL)) { [path = terminal.path as String] in
      let screen = try openScreen(path)
      let none: [Int] = []
      _ = none[screen.size.rows]
    }
    expectClean(terminal, before)
  }

  @Test func aCrashAfterTheScreenWasRestoredDoesNotChangeTheTerminal() async throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    await #expect(processExitsWith: .signal(SIGABRT)) { [path = terminal.path as String] in
      let screen = try openScreen(path)
      screen.restore()
      _ = "plain".withCString { write(2, $0, 5) }
      abort()
    }
    let text = terminal.readText()
    #expect(text.ranges(of: "\u{1B}[?1049l").count == 1)
    #expect(terminal.modes == before)
  }

  private func expectClean(_ terminal: PseudoTerminal, _ before: [UInt32]) {
    #expect(terminal.modes == before)
    let text = terminal.readText()
    let taken = text.ranges(of: "\u{1B}[?1049h").last
    let left = text.ranges(of: "\u{1B}[?1049l").last
    #expect(taken != nil && left != nil)
    if let taken, let left { #expect(taken.lowerBound < left.lowerBound) }
    #expect(text.contains("\u{1B}[?25h"))
    // A visible cursor, and lines that continue in the next row.
    #expect(TerminalBytes(Array(text.utf8)).modesOn.isSubset(of: ["25", "7"]))
  }
}

/// Displays a frame on the terminal at a path.
private func openScreen(_ path: String) throws -> CursesScreen {
  _ = setCharacterLocale(environment: [:])
  var settings = TerminalSettings(type: "xterm-256color")
  settings.output = open(path, O_RDWR | O_NOCTTY)
  settings.input = settings.output
  let screen = try CursesScreen(settings)
  var picture = Canvas(size: screen.size)
  picture.draw("hello", in: picture.bounds)
  screen.present(picture, changed: [picture.bounds])
  screen.reportsMouse = true
  return screen
}
