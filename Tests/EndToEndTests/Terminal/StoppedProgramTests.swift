import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// Ctrl-Z, under a shell that controls jobs.
@Suite(.serialized) struct StoppedProgramTests {
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

  /// What was written while it was stopped is read before time goes on: nothing of it is late,
  /// although more time has gone by than the idle grace allows.
  @Test func s10AfterAStopTheBacklogIsReadBeforeTimeGoesOn() throws {
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
    try program.wait("time goes on") { monotonicSeconds() - start > 5 ? true : nil }
    program.terminal.type("\n")
    let screen = try program.wait(for: "1,001 hits")
    #expect(screen.contains("0 late"))
    #expect(screen.contains("Hits per second"))
    #expect(!program.terminal.isCooked)
    program.terminal.type("q")
    try program.wait(for: "ended=0")
    #expect(program.terminal.modes == program.modesBefore)
  }

  /// Continued in the background it stops again, for wanting the terminal. The shell has to know
  /// that before it brings it to the front: what it takes to be running it does not continue.
  @Test func s10InTheBackgroundItLeavesTheTerminalAlone() throws {
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
    try program.wait("it is in the front again") {
      TerminalBytes(program.output).modesOn.contains("1049") ? true : nil
    }
    #expect(!program.terminal.isCooked)
    program.terminal.type("q")
    try program.wait(for: "ended=0")
  }

  /// Without a shell nobody could continue it.
  @Test func s10WithoutAShellItDoesNotStop() throws {
    let program = try TerminalProgram([Built.program, "--utc", Built.fixture])
    try program.wait(for: "4,950 hits")
    program.terminal.type("\u{1A}?")
    try program.wait(for: "this help")
    #expect(!program.isStopped)
    program.terminal.type("qq")
    #expect(try program.waitForEnd() == .exited(0))
  }
}
