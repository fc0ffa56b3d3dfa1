import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// However the program ends, the terminal is restored.
@Suite(.ownThreads, .serialized) struct EndingTests {
  enum Way: CustomTestStringConvertible, Sendable {
    case typed(String, TerminalProgram.Ending)
    case sent(Int32)
    /// A runtime check of Swift that fails in the program.
    case failedCheck

    var testDescription: String {
      switch self {
      case .typed(let keys, _): "typed \(keys.debugDescription)"
      case .sent(let signal): names[signal] ?? "signal \(signal)"
      case .failedCheck: "a failed check"
      }
    }

    /// The message on the normal screen afterwards.
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

  @Test(arguments: ways)
  func theTerminalIsRestored(way: Way) throws {
    var environment = TerminalProgram.usualEnvironment
    if case .failedCheck = way { environment["LM2000_INJECT_FAULT"] = "trap" }
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
      // SIGTRAP on ARM.
      let ending = try program.waitForEnd()
      #expect([SIGILL, SIGTRAP].map { .died(ofSignal: $0) }.contains(ending), "\(ending)")
    }
    expectClean(program, saying: way.reason)
  }

  /// Checks that all terminal modes are as before, and that only the reason is on the normal screen.
  private func expectClean(_ program: TerminalProgram, saying reason: String?) {
    #expect(program.terminal.modes == program.modesBefore)
    let bytes = TerminalBytes(program.output)
    // 25 is the cursor; 7, automatic wrapping, is always on.
    #expect(bytes.modesOn.subtracting(["7"]) == ["25"])
    #expect(bytes.isPlain)
    #expect(bytes.strings.isEmpty)
    let sequences = bytes.items.compactMap { item -> String? in
      if case .sequence(let text) = item { text } else { nil }
    }
    for mode in ["[?1049h", "[?25l", "[?2004h", "[?1h", "="] {
      #expect(sequences.contains("\u{1B}" + mode), "\(mode) was never on: nothing is displayed")
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
  func aClosedTerminalEndsTheProgram(hangUpIsIgnored: Bool) throws {
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
    // A busy loop on the closed terminal would use all processor time.
    #expect(spent - before < 1)
    #expect(program.leftNoProcess)
  }

  /// As under nohup.
  @Test func aReportThatIgnoresTheHangUpContinues() throws {
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

  @Test func aSecondSignalEndsABlockedShutdown() throws {
    var environment = TerminalProgram.usualEnvironment
    environment["LM2000_INJECT_FAULT"] = "stall"
    let program = try TerminalProgram([Built.program, Built.fixture], environment: environment)
    try program.wait(for: "4,950 hits")
    program.send(SIGINT)
    // The shutdown blocks at once.
    usleep(50_000)
    #expect(program.endingIfEnded() == nil)
    #expect(try end(program, by: SIGINT) == .died(ofSignal: SIGINT))
    expectClean(program, saying: nil)
  }

  @Test func aSecondSignalEndsAReportThatNobodyReads() throws {
    let folder = try Folder()
    let fifo = folder.path("fifo")
    #expect(mkfifo(fifo, 0o600) == 0)
    let unread = open(fifo, O_RDWR | O_CLOEXEC)
    defer { close(unread) }
    let program = try TerminalProgram([
      "/bin/sh", "-c",
      "exec \(Built.program) -f --stats-interval 1 --output ndjson \(Built.fixture) > \(fifo)",
    ])
    // The program blocks when the pipe is full.
    try program.wait("it is blocked") { () -> Bool? in
      var room = pollfd(fd: unread, events: Int16(POLLOUT), revents: 0)
      return poll(&room, 1, 0) == 0 ? true : nil
    }
    program.send(SIGTERM)
    usleep(50_000)
    #expect(program.endingIfEnded() == nil)
    #expect(try end(program, by: SIGTERM) == .died(ofSignal: SIGTERM))
  }

  /// Sends a signal every 50 ms until the program ends: on a busy machine, two signals may be delivered
  /// together and count as one.
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

  @Test func aReportEndsInOrderIfAClosedTerminalSendsTwoSignals() throws {
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

/// The processor time that a process has used, in seconds. (proc_pid_stat(5))
private func processorSeconds(_ process: pid_t) throws -> Double {
  let line = try String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
  let fields = try #require(line.split(separator: ")").last).split(separator: " ")
  let ticks = (Double(fields[11]) ?? 0) + (Double(fields[12]) ?? 0)
  return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
}
