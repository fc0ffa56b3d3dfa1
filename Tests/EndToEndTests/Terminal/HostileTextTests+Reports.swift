import Foundation
import TerminalKit
import Testing

// Reports and messages.

extension HostileTextTests {
  /// Checks that the only control characters of a report or a message are line ends.
  func expectPlain(_ program: TerminalProgram, isASCII: Bool) {
    let bytes = TerminalBytes(program.output)
    #expect(bytes.kinds.isSubset(of: ["C0 10", "C0 13"]), "\(bytes.kinds)")
    #expect(bytes.harmfulCharacters.isEmpty, "\(bytes.harmfulCharacters)")
    if isASCII { #expect(program.output.allSatisfy { $0 < 0x80 }) }
  }

  @Test(arguments: 0..<4, [("text", "C.UTF-8"), ("text", "C"), ("ndjson", "C.UTF-8")])
  func hostileTextIsHarmlessInReportsAndMessages(format: Int, run: (output: String, locale: String))
    throws
  {
    let folder = try Folder()
    let log = HostileLog.all(HostileText.all.map(\.bytes))[format]
    let program = try HostileTextRun(options: ["-v", "--top", "1000"], locale: run.locale).start([
      "--no-follow", "--output", run.output, try log.write(in: folder),
    ])
    #expect(try program.waitForEnd() == .exited(0))
    expectPlain(program, isASCII: run.locale == "C" || run.output == "ndjson")
    let text = String(decoding: program.output, as: UTF8.self)
    #expect(text.contains("rejected, shape"))
    #expect(text.contains("PWNED"))
  }

  /// Only the first rejected lines are listed, so each text has a log of its own.
  @Test(arguments: HostileText.all) func hostileTextIsHarmlessInRejectedLines(text: HostileText)
    throws
  {
    let folder = try Folder()
    let path = folder.path("access.log")
    try Data(text.bytes + Array(" garbage\n".utf8)).write(to: URL(filePath: path))
    for locale in ["C.UTF-8", "C"] {
      let program = try HostileTextRun(options: ["-v", "--no-follow"], locale: locale).start([
        "--output", "text", "--format", "combined", path,
      ])
      #expect(try program.waitForEnd() == .exited(1))
      expectPlain(program, isASCII: locale == "C")
      let output = String(decoding: program.output, as: UTF8.self)
      #expect(locale == "C" || output.contains(text.drawn) || output.contains("looks like UTF-16"))
    }
  }
}
