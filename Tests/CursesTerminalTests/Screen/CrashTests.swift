import Glibc
import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

/// Each crash happens in a process of its own, on a terminal that outlives it.
struct CrashTests {
  @Test(arguments: [SIGSEGV, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE])
  func s09ACrashLeavesTheTerminalCleanAndSaysWhy(signal: Int32) async throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    let result = await #expect(
      processExitsWith: .signal(signal), observing: [\.standardErrorContent]
    ) { [path = terminal.path as String, signal = signal as Int32] in
      let screen = try takeScreen(path)
      // A thread of the library's may have ABRT blocked; `abort` unblocks it.
      if signal == SIGABRT { abort() }
      raise(signal)
      screen.restore()
    }
    expectClean(terminal, before)
    let words = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(words.contains("lm2000: crashed (SIG"))
  }

  @Test func s09AFailedCheckOfSwiftIsSuchACrash() async throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    await #expect(processExitsWith: .signal(SIGILL)) { [path = terminal.path as String] in
      let screen = try takeScreen(path)
      let none: [Int] = []
      _ = none[screen.size.rows]
    }
    expectClean(terminal, before)
  }

  @Test func aCrashAfterTheScreenWasGivenBackTouchesNothing() async throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    await #expect(processExitsWith: .signal(SIGABRT)) { [path = terminal.path as String] in
      let screen = try takeScreen(path)
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
  }
}

/// Shows a frame on the terminal at a path.
private func takeScreen(_ path: String) throws -> CursesScreen {
  _ = useCharacterLocale(environment: [:])
  var settings = TerminalSettings(type: "xterm-256color")
  settings.output = open(path, O_RDWR | O_NOCTTY)
  settings.input = settings.output
  let screen = try CursesScreen(settings)
  var picture = Canvas(size: screen.size)
  picture.draw("hello", in: picture.bounds)
  screen.present(picture, changed: [picture.bounds])
  return screen
}
