import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// The bell is for alerts, and only where it was asked for.
@Suite(.serialized) struct BellTests {
  /// How often the bell rang while the fixture was read, until a second.
  private func rings(_ options: [String], until: String? = nil) throws -> Int {
    let limit = until.map { ["--until", $0] } ?? []
    let program = try TerminalProgram(
      [Built.program, "--no-follow", "--utc"] + options + limit + [Built.fixture])
    if !options.contains("text"), !options.contains("ndjson") {
      try program.wait(for: "END")
      program.terminal.type("q")
    }
    #expect(try program.waitForEnd() == .exited(0))
    return TerminalBytes(program.output).items.count { $0 == .control(7) }
  }

  @Test(
    arguments: [
      (["--bell"], nil, 2), (["--bell"], "1773479060", 1), (["--bell"], "1773479000", 0),
      ([], nil, 0),
      (["--bell", "--output", "text"], nil, 2), (["--output", "text"], nil, 0),
      (["--bell", "--output", "ndjson"], nil, 0),
    ] as [([String], String?, Int)])
  func itRingsOnceForEachAlertThatTriggers(options: [String], until: String?, times: Int) throws {
    #expect(try rings(options, until: until) == times)
  }

  @Test func itDoesNotRingInAFile() throws {
    let ended = try Ended.running("\(Built.program) --bell --output text \(Built.fixture)")
    #expect(ended.output.contains("ALERT"))
    #expect(!ended.output.contains("\u{7}"))
  }
}
