import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// The bell rings for recent alerts, and only with `--bell`.
@Suite(.ownThreads, .serialized) struct BellTests {
  /// How often the bell rang while the fixture, in which an alert triggers twice, was read.
  private func rings(_ options: [String], until: String? = nil) throws -> Int {
    let limit = until.map { ["--until", $0] } ?? []
    let program = try TerminalProgram(
      [Built.program, "--utc"] + options + limit + [Built.fixture])
    if !options.contains("text"), !options.contains("ndjson") {
      try program.wait(for: options.contains("--follow") ? "quiet for" : "END")
      program.terminal.type("q")
    }
    #expect(try program.waitForEnd() == .exited(0))
    return TerminalBytes(program.output).items.count { $0 == .control(7) }
  }

  @Test(
    arguments: [
      (["--bell", "--replay", "--speed", "max"], nil, 2),
      (["--bell", "--replay", "--speed", "max"], "1773479060", 1),
      (["--bell", "--replay", "--speed", "max"], "1773479000", 0),
      (["--replay", "--speed", "max"], nil, 0),
      (["--bell", "--output", "text", "--replay", "--speed", "max"], nil, 2),
      (["--bell", "--output", "text"], nil, 2), (["--output", "text"], nil, 0),
      (["--bell", "--output", "ndjson"], nil, 0),
      // Alerts that are in the log at the start.
      (["--bell", "--no-follow"], nil, 0), (["--bell", "--follow"], nil, 0),
    ] as [([String], String?, Int)])
  func theBellRingsOnceForEachAlertThatTriggers(options: [String], until: String?, times: Int)
    throws
  {
    #expect(try rings(options, until: until) == times)
  }

  /// Ten seconds of high traffic, then over three minutes of low traffic.
  private func burst(_ number: Int) -> String {
    let start = 1_773_479_500 + 300 * number
    return (0..<10).map { second in
      String(repeating: "h,-,-,\(start + second),GET /a HTTP/1.1,200,1\n", count: 200)
    }.joined() + (1...20).map { "h,-,-,\(start + 10 * $0),GET /a HTTP/1.1,200,1\n" }.joined()
  }

  /// The program may still be reading the original log when the first burst is written, so bursts follow
  /// until one rings.
  @Test(arguments: [["--output", "text"], []])
  func whileALogIsFollowedTheBellRingsForNewAlerts(output: [String]) throws {
    let folder = try Folder()
    try folder.append(try String(contentsOfFile: Built.fixture, encoding: .utf8), to: "log.csv")
    let program = try TerminalProgram(
      [Built.program, "--utc", "--follow", "--bell"] + output + [folder.path("log.csv")])
    try program.wait(for: output.isEmpty ? "quiet for" : "RECOVERED")
    var bursts = 0
    try program.wait("the bell rings") {
      let rings = TerminalBytes(program.output).items.count { $0 == .control(7) }
      if rings > 0 { return rings }
      bursts += 1
      try folder.append(burst(bursts), to: "log.csv")
      for _ in 0..<25 { program.read(waiting: 20) }
      return nil
    }
    let rings = TerminalBytes(program.output).items.count { $0 == .control(7) }
    #expect((1...bursts).contains(rings))
    program.terminal.type("\u{3}")
    #expect(try program.waitForEnd() == .died(ofSignal: SIGINT))
  }

  @Test func aFileGetsNoBell() throws {
    let ended = try Ended.running("\(Built.program) --bell --output text \(Built.fixture)")
    #expect(ended.output.contains("ALERT"))
    #expect(!ended.output.contains("\u{7}"))
  }
}
