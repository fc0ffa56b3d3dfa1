import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// However the dashboard ends, the terminal is as it was before.
@Suite(.serialized) struct WaysToDieTests {
  enum Way: CustomTestStringConvertible, Sendable {
    case typed(String, TerminalProgram.Ending)
    case sent(Int32)
    /// A check of Swift's that fails, in the program itself.
    case failedCheck

    var testDescription: String {
      switch self {
      case .typed(let keys, _): "typed \(keys.debugDescription)"
      case .sent(let signal): names[signal] ?? "signal \(signal)"
      case .failedCheck: "a failed check"
      }
    }

    /// Written on the normal screen afterwards.
    var reason: String? {
      switch self {
      case .sent(let signal) where crashes.contains(signal):
        "lm2000: crashed (\(names[signal] ?? "")"
      case .failedCheck: "lm2000: crashed (SIG"
      default: nil
      }
    }
  }

  private static let ends = [SIGTERM, SIGINT, SIGHUP, SIGQUIT]

  static let ways: [Way] =
    [
      .typed("q", .exited(0)), .typed("\u{3}", .died(ofSignal: SIGINT)),
      .typed("\u{1C}", .died(ofSignal: SIGQUIT)), .failedCheck,
    ] + (ends + crashes).map(Way.sent)

  /// s08 and s09: by each signal, by keys and by a crash.
  @Test(arguments: ways)
  func s08s09TheTerminalIsLeftAsItWas(way: Way) throws {
    var environment = TerminalProgram.usualEnvironment
    if case .failedCheck = way { environment["LM2000_REHEARSE"] = "trap" }
    let program = try TerminalProgram(
      [Built.program, "--utc", Built.fixture], environment: environment)
    if way.reason != "lm2000: crashed (SIG" { try program.wait(for: "4,950 hits") }
    switch way {
    case .typed(let keys, let ending):
      program.terminal.type(keys)
      #expect(try program.waitForEnd() == ending)
    case .sent(let signal):
      program.send(signal)
      #expect(try program.waitForEnd() == .died(ofSignal: signal))
    case .failedCheck:
      // `brk` where Swift runs on ARM.
      let ending = try program.waitForEnd()
      #expect([SIGILL, SIGTRAP].map { .died(ofSignal: $0) }.contains(ending), "\(ending)")
    }
    expectClean(program, saying: way.reason)
  }

  /// The modes that a program may turn on are off, those of the line are as before, and nothing but
  /// the reason stands on the normal screen.
  private func expectClean(_ program: TerminalProgram, saying reason: String?) {
    #expect(program.terminal.modes == program.modesBefore)
    let bytes = TerminalBytes(program.output)
    // 25 is the cursor; 7, the wrapping of long lines, is on everywhere.
    #expect(bytes.modesOn.subtracting(["7"]) == ["25"])
    #expect(bytes.isPlain)
    #expect(bytes.strings.isEmpty)
    let sequences = bytes.items.compactMap { item -> String? in
      if case .sequence(let text) = item { text } else { nil }
    }
    for mode in ["[?1049h", "[?25l", "[?2004h", "[?1h", "="] {
      #expect(sequences.contains("\u{1B}" + mode), "\(mode) was never on: nothing is shown")
    }
    let left = bytes.afterAlternateScreen
    if let reason {
      #expect(left.contains(reason), "\(left)")
      #expect(left.unicodeScalars.last == "\n")
    } else {
      #expect(left.filter { $0 != "\r" }.isEmpty, "\(left)")
    }
    #expect(program.leftNoProcess)
  }

  @Test(arguments: [false, true])
  func s12AClosedTerminalEndsIt(hangUpIsIgnored: Bool) throws {
    let command = (hangUpIsIgnored ? "trap '' HUP; " : "") + "exec \(Built.program) "
    let program = try TerminalProgram(["/bin/sh", "-c", command + Built.fixture])
    try program.wait(for: "4,950 hits")
    let before = try processorSeconds(program.processID)
    program.terminal.closeOuter()
    var spent = before
    let ending = try program.wait("it is gone") { () -> TerminalProgram.Ending? in
      spent = (try? processorSeconds(program.processID)) ?? spent
      return program.endingIfEnded()
    }
    #expect(ending == .died(ofSignal: SIGHUP))
    // A loop on the closed terminal would burn all that it gets.
    #expect(spent - before < 1)
    #expect(program.leftNoProcess)
  }

  /// As after nohup.
  @Test func aReportThatIgnoresTheHangUpGoesOn() throws {
    let folder = try Folder()
    let line = "10.0.0.1,-,-,1773476813,GET /a/user HTTP/1.0,200,1234\n"
    try folder.append(line, to: "access.log")
    let report = "\(Built.program) -f --output text --lateness 0 --stats-interval 1"
    let program = try TerminalProgram([
      "/bin/sh", "-c",
      "trap '' HUP; exec \(report) \(folder.path("access.log")) > \(folder.path("out"))",
    ])
    func wait(for text: String) throws {
      try program.wait("it reports \(text)") {
        let output = try? String(contentsOfFile: folder.path("out"), encoding: .utf8)
        #expect(program.endingIfEnded() == nil)
        return output?.contains(text) ?? false ? true : nil
      }
    }
    try folder.append(line.replacing("6813", with: "6815"), to: "access.log")
    try wait(for: "/a 1")
    program.terminal.closeOuter()
    try folder.append(line.replacing("6813,GET /a", with: "6820,GET /b"), to: "access.log")
    try folder.append(line.replacing("6813", with: "6825"), to: "access.log")
    try wait(for: "/b 1")
    program.send(SIGTERM)
    #expect(try program.waitForEnd() == .died(ofSignal: SIGTERM))
  }

  @Test func s16ASecondSignalEndsAStuckShutdown() throws {
    var environment = TerminalProgram.usualEnvironment
    environment["LM2000_REHEARSE"] = "stall"
    let program = try TerminalProgram([Built.program, Built.fixture], environment: environment)
    try program.wait(for: "4,950 hits")
    program.send(SIGINT)
    // It is stuck as soon as it does not answer to keys.
    usleep(50_000)
    #expect(program.endingIfEnded() == nil)
    #expect(try end(program, by: SIGINT) == .died(ofSignal: SIGINT))
    expectClean(program, saying: nil)
  }

  @Test func s16ASecondSignalEndsAReportThatNobodyReads() throws {
    let folder = try Folder()
    let fifo = folder.path("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
    let unread = open(fifo, O_RDWR | O_CLOEXEC)
    defer { close(unread) }
    let program = try TerminalProgram([
      "/bin/sh", "-c",
      "exec \(Built.program) -f --stats-interval 1 --output ndjson \(Built.fixture) > \(fifo)",
    ])
    // The pipe is full as soon as no more fits into it.
    try program.wait("it is stuck") { () -> Bool? in
      var room = pollfd(fd: unread, events: Int16(POLLOUT), revents: 0)
      return poll(&room, 1, 0) == 0 ? true : nil
    }
    program.send(SIGTERM)
    usleep(50_000)
    #expect(program.endingIfEnded() == nil)
    #expect(try end(program, by: SIGTERM) == .died(ofSignal: SIGTERM))
  }

  /// Asks again, as a person would, every 50 ms: two signals that a busy machine hands over together
  /// are one.
  private func end(
    _ program: TerminalProgram, by signal: Int32
  ) throws -> TerminalProgram.Ending {
    try program.wait("it ends") {
      if let ending = program.endingIfEnded() { return ending }
      program.send(signal)
      usleep(50_000)
      return nil
    }
  }

  @Test func aReportEndsInOrderWhereTheTerminalTellsTwiceThatItIsGone() throws {
    let folder = try Folder()
    let program = try TerminalProgram([
      "/bin/sh", "-c",
      "exec \(Built.program) -f --output ndjson \(Built.fixture) > '\(folder.path("out"))'",
    ])
    try program.wait("it has read the log") { () -> Bool? in
      let text = try String(contentsOfFile: folder.path("out"), encoding: .utf8)
      return text.contains("1773479401") ? true : nil
    }
    program.send(SIGHUP)
    program.send(SIGHUP)
    #expect(try program.waitForEnd() == .died(ofSignal: SIGHUP))
    let text = try String(contentsOfFile: folder.path("out"), encoding: .utf8)
    #expect(text.contains("\"event\":\"end\",\"lines\":4951"))
  }
}

private let names = [
  SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGHUP: "SIGHUP", SIGQUIT: "SIGQUIT", SIGSEGV: "SIGSEGV",
  SIGBUS: "SIGBUS", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGFPE: "SIGFPE", SIGABRT: "SIGABRT",
]

private let crashes = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT]

/// Processor time that a process used so far. (proc_pid_stat(5))
private func processorSeconds(_ process: pid_t) throws -> Double {
  let line = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
  let fields = try #require(line.split(separator: ")").last).split(separator: " ")
  let ticks = (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)
  return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
}
