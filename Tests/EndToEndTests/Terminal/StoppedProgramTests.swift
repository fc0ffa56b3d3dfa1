import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// Ctrl-Z under a shell with job control, and stops from outside.
@Suite(.ownThreads, .serialized) struct StoppedProgramTests {
  private func lines(_ count: Int, at second: Date) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(secondsFromGMT: 0)
    formatter.dateFormat = "dd/MMM/yyyy:HH:mm:ss +0000"
    let line = "10.0.0.1 - - [\(formatter.string(from: second))] \"GET /a/b HTTP/1.1\" 200 5\n"
    return String(repeating: line, count: count)
  }

  private func underShell(_ command: String, then: String) throws -> TerminalProgram {
    try TerminalProgram([
      "/bin/bash", "--norc", "-c", "set -m; \(command); echo stopped=$?; \(then)",
    ])
  }

  /// Lines written during the stop are read before the clock advances: none is late, although the stop
  /// was longer than the idle grace.
  @Test func afterAStopTheBacklogIsReadBeforeTheClockAdvances() throws {
    let folder = try Folder()
    try folder.append(lines(1, at: Date()), to: "access.log")
    let program = try underShell(
      "\(Built.program) --utc --lateness 0 --idle-grace 1 \(folder.path("access.log"))",
      then: "read line; fg >/dev/null; echo ended=$?")
    try program.wait(for: "1 hits")
    program.terminal.type("\u{1A}")
    try program.wait(for: "stopped=148")
    #expect(program.terminal.isCooked)
    #expect(TerminalBytes(program.output).modesOn.isDisjoint(with: ["1049", "2004", "1"]))
    let stop = Date()
    try folder.append(lines(1_000, at: stop), to: "access.log")
    let start = monotonicSeconds()
    try program.wait("time passes") { monotonicSeconds() - start > 5 ? true : nil }
    program.terminal.type("\n")
    let screen = try program.wait(for: "1,001 hits")
    #expect(screen.contains("0 late"))
    #expect(screen.contains("hits per second"))
    #expect(!program.terminal.isCooked)
    program.terminal.type("q")
    try program.wait(for: "ended=0")
    #expect(program.terminal.modes == program.modesBefore)
  }

  /// A program that is continued in the background stops again when it uses the terminal. The shell must
  /// notice that before `fg`: it does not continue a job that it believes to be running.
  @Test func inTheBackgroundTheTerminalIsNotUsed() throws {
    let program = try underShell(
      "\(Built.program) --utc \(Built.fixture)",
      then: "bg >/dev/null; wait %1; echo waits=$?; read line; fg >/dev/null; echo ended=$?")
    try program.wait(for: "4,950 hits")
    program.terminal.type("\u{1A}")
    try program.wait(for: "stopped=148")
    try program.wait(for: "waits=150")
    #expect(program.terminal.isCooked)
    #expect(TerminalBytes(program.output).modesOn.isDisjoint(with: ["1049", "2004", "1"]))
    program.terminal.type("\n")
    try program.wait("it is in the foreground again") {
      TerminalBytes(program.output).modesOn.contains("1049") ? true : nil
    }
    #expect(!program.terminal.isCooked)
    program.terminal.type("q")
    try program.wait(for: "ended=0")
  }

  /// Without a shell nothing could continue the program.
  @Test func withoutAShellCtrlZDoesNotStopTheProgram() throws {
    let program = try TerminalProgram([Built.program, "--utc", Built.fixture])
    try program.wait(for: "4,950 hits")
    program.terminal.type("\u{1A}?")
    try program.wait(for: "this help")
    #expect(!program.isStopped)
    program.terminal.type("qq")
    #expect(try program.waitForEnd() == .exited(0))
  }

  /// The terminal may have been used by another program during a stop from outside. A stop of our own
  /// before it, or an attempt at one, does not hide that.
  @Test func afterCtrlZAStopFromOutsideIsStillNoticed() throws {
    let program = try TerminalProgram([Built.program, "--utc", Built.fixture])
    try program.wait(for: "4,950 hits")
    program.terminal.type("\u{1A}?")
    try program.wait(for: "this help")
    let modes = program.terminal.modes
    program.terminal.setModes(like: program.modesBefore)
    // A stop that follows immediately may still count as the program's own.
    try program.wait("it has the terminal again") {
      program.send(SIGSTOP)
      try program.wait("it is stopped") { program.isStopped ? true : nil }
      program.send(SIGCONT)
      for _ in 0..<10 { program.read(waiting: 20) }
      return program.terminal.modes == modes ? true : nil
    }
    program.terminal.type("qq")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.terminal.modes == program.modesBefore)
  }
}
