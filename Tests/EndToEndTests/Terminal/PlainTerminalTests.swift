import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// Terminals with few capabilities, and output that is not a terminal.
@Suite(.ownThreads, .serialized) struct PlainTerminalTests {
  private func program(
    _ arguments: [String], _ environment: [String: String?], input: Int32? = nil
  ) throws -> TerminalProgram {
    var all = TerminalProgram.usualEnvironment
    for (name, value) in environment { all[name] = value }
    return try TerminalProgram(
      [Built.program] + arguments, environment: all, size: Size(rows: 40, columns: 160),
      input: input)
  }

  @Test(arguments: [nil, "", "nonexistent", "dumb"])
  func anUnsuitableTerminalIsReportedOnTheNormalScreen(type: String?) throws {
    let program = try program([Built.fixture], ["TERM": type])
    #expect(try program.waitForEnd() == .exited(2))
    let text = String(decoding: program.output, as: UTF8.self)
    #expect(text.hasPrefix("lm2000: TERM: "), "\(text)")
    #expect(text.contains("--output text"))
    #expect(!program.output.contains(0x1B))
    #expect(program.terminal.modes == program.modesBefore)
  }

  /// Up to a moment with an active alert, which must be displayed in words too.
  private static let alerting = ["--no-follow", "--utc", "--until", "1773479060", Built.fixture]

  @Test(arguments: [
    ["NO_COLOR": "1"], ["TERM": "vt100"], ["TERM": "vt52"], ["TERM": "xterm-mono"],
    ["TERM": "xterm-256color", "LM2000_ARGUMENT": "--color=never"],
  ])
  func withoutColoursAnAlertIsDisplayedInWords(environment: [String: String]) throws {
    let more = [environment["LM2000_ARGUMENT"]].compactMap { $0 }
    let program = try program(more + Self.alerting, environment)
    let pictureSupportsType = environment["TERM"] != "vt52"
    try program.wait("the alert is displayed") {
      let text =
        pictureSupportsType ? program.screen : String(decoding: program.output, as: UTF8.self)
      return text.contains("ALERT") && text.contains("high traffic") ? true : nil
    }
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.terminal.modes == program.modesBefore)
    for kind in TerminalBytes(program.output).kinds {
      #expect(!setsColour(kind), "\(kind.debugDescription)")
    }
  }

  private func setsColour(_ sequence: String) -> Bool {
    guard sequence.hasPrefix("\u{1B}["), sequence.hasSuffix("m") else { return false }
    return sequence.dropFirst(2).dropLast().split(separator: ";").contains { figure in
      let number = Int(figure) ?? 0
      return (30...38).contains(number) || (40...48).contains(number)
        || (90...107).contains(number)
    }
  }

  @Test func coloursAreUsedIfTheTerminalHasThem() throws {
    let program = try program(Self.alerting, [:])
    try program.wait(for: "high traffic")
    #expect(TerminalBytes(program.output).kinds.contains(where: setsColour))
  }

  @Test(arguments: ["", "--output text", "--output ndjson", "--color always"])
  func aFileGetsNoTerminalSequences(options: String) throws {
    let folder = try Folder()
    let out = folder.path("out")
    let program = try TerminalProgram([
      "/bin/sh", "-c", "exec \(Built.program) \(options) \(Built.fixture) > \(out)",
    ])
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.output.isEmpty)
    let text = try Data(contentsOf: URL(filePath: out))
    #expect(text.count > 1_000)
    #expect(!text.contains(0x1B))
  }

  @Test(arguments: ["--output dashboard \(Built.fixture)", "--demo"])
  func aDashboardNeedsATerminal(arguments: String) throws {
    let program = try TerminalProgram([
      "/bin/sh", "-c", "\(Built.program) \(arguments) | cat; exit 7",
    ])
    #expect(try program.waitForEnd() == .exited(7))
    let text = String(decoding: program.output, as: UTF8.self)
    #expect(text.hasPrefix("lm2000: standard output: not a terminal"), "\(text)")
    #expect(text.contains("--output text"))
    #expect(!program.output.contains(0x1B))
  }

  /// The log continues to come through the pipe while keys are typed.
  @Test func keysComeFromTheTerminalWhileThePipeIsOpen() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { for end in ends { close(end) } }
    let line = "10.0.0.1,-,-,1773476813,GET /qqq/user HTTP/1.0,200,1234\n"
    func send(_ count: Int) {
      let text = String(repeating: line, count: count)
      #expect(text.withCString { write(ends[1], $0, text.utf8.count) } == text.utf8.count)
    }
    let program = try program(["-"], [:], input: ends[0])
    send(3)
    try program.wait(for: "3 hits")
    #expect(program.screen.contains("standard input"))
    program.terminal.type("?")
    try program.wait(for: "this help")
    program.terminal.type("?")
    send(2)
    try program.wait(for: "5 hits")
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.terminal.modes == program.modesBefore)
  }

  @Test func theTerminalOfTheKeysCannotBeTheLog() throws {
    let program = try program(["-"], [:])
    #expect(try program.waitForEnd() == .exited(2))
    #expect(String(decoding: program.output, as: UTF8.self).contains("standard input: "))
  }

  private func accentedLog(_ folder: Folder) throws -> String {
    try folder.append(
      "é日本 - - [23/Nov/2026:17:00:09 +0000] \"GET /é日本/x HTTP/1.1\" 200 5\né日本\n",
      to: "accès.log")
    return folder.path("accès.log")
  }

  @Test(arguments: [["LC_ALL": "C"], ["LC_ALL": "POSIX"], ["LANG": "C"], ["LC_CTYPE": "C"]])
  func withoutUnicodeAllOutputIsASCII(environment: [String: String]) throws {
    let folder = try Folder()
    let log = try accentedLog(folder)
    let dashboard = try program(["--no-follow", log], environment)
    try dashboard.wait(for: "END")
    let screen = try dashboard.wait(for: #"/\xC3\xA9\xE6"#)
    #expect(screen.contains("+- 1 hits per second"))
    #expect(screen.contains(#"acc\xC3\xA8s.log"#))
    dashboard.terminal.type("?z12w34")
    dashboard.terminal.type("qqqq")
    #expect(try dashboard.waitForEnd() == .exited(0))
    let report = try program(["--no-follow", "-v", "--output", "text", log], environment)
    #expect(try report.waitForEnd() == .exited(0))
    let text = String(decoding: report.output, as: UTF8.self)
    #expect(text.contains(#"/\xC3\xA9"#) && text.contains(#"acc\xC3\xA8s.log: line 2"#), "\(text)")
    for output in [dashboard.output, report.output] {
      #expect(output.allSatisfy { $0 < 0x80 })
    }
  }

  @Test(arguments: [["LANG": nil], ["LANG": "xx_YY.UTF-8"], ["LC_ALL": "", "LANG": "C.UTF-8"]])
  func unicodeIsDrawnByDefault(environment: [String: String?]) throws {
    let folder = try Folder()
    let program = try program(["--no-follow", try accentedLog(folder)], environment)
    let screen = try program.wait(for: "/é日本")
    #expect(screen.contains("╭─ ¹hits per second"))
  }
}
