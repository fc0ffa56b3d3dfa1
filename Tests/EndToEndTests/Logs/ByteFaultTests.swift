import Foundation
import Testing

/// Faults in the bytes of a log: what the built program writes and how it ends.
@Suite(.ownThreads) struct ByteFaultTests {
  private static let start = "10.0.0.1 - - [23/Nov/2026:17:00:09 +0000] \""
  private static let line = start + "GET /a/x HTTP/1.1\" 200 512 \"-\" \"ua\"\n"

  /// A line for each request.
  private static func lines(_ requests: [[UInt8]]) -> [UInt8] {
    requests.flatMap { Array(start.utf8) + $0 + Array("\" 200 512 \"-\" \"ua\"\n".utf8) }
  }

  private func run(
    _ bytes: [UInt8], _ options: String = "--output ndjson"
  ) throws -> Ended {
    let folder = try Folder()
    try Data(bytes).write(to: URL(filePath: folder.path("access.log")))
    return try Ended.running("\(Built.program) \(options) \(folder.path("access.log"))")
  }

  private func count(_ field: String, in ended: Ended) -> String? {
    let end = ended.output.split(separator: "\n").last { $0.contains("\"event\":\"end\"") }
    return end?.split(separator: "\"\(field)\":").last?.prefix { $0.isNumber }.description
  }

  @Test func anEmptyFileIsNoError() throws {
    let ended = try run([])
    #expect(ended.status == 0)
    #expect(count("lines", in: ended) == "0")
  }

  @Test(arguments: [
    ("GET /a\rb/x", #"/a\x0Db 1"#), ("GET /a\tb/x", #"/a\x09b 1"#),
    ("GET /a\u{7F}b/x", #"/a\x7Fb 1"#),
    ("GET /a\0b/x", #"/a\x00b 1"#),
  ])
  func controlCharactersAreDrawnAsEscapes(request: String, drawn: String) throws {
    let ended = try run(Self.lines([Array(request.utf8)]), "--output text")
    #expect(ended.output.contains("   \(drawn)"), "\(ended.output)")
    #expect(ended.output.utf8.allSatisfy { $0 == 10 || $0 >= 32 && $0 != 127 })
  }

  /// A hole, as a truncation may leave one.
  @Test func aHoleOf64MiBIsSkipped() throws {
    let folder = try Folder()
    let ended = try Ended.running(
      "truncate -s 64M \(folder.path("a.log")); printf '%s' '\(Self.line)' >> \(folder.path("a.log"));"
        + " prlimit --cpu=30 \(Built.program) --output ndjson \(folder.path("a.log"))")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(count("lines", in: ended) == "1")
    #expect(count("hits", in: ended) == "1")
  }

  @Test(arguments: [
    ([0xFF, 0xFE], #"\xFF\xFE"#), ([0xC3, 0x28], #"\xC3("#), ([0xC0, 0xAF], #"\xC0\xAF"#),
    ([0xED, 0xA0, 0x80], #"\xED\xA0\x80"#), ([0xE2, 0x82], #"\xE2\x82"#),
  ])
  func invalidUTF8MakesValidJSONAndIsDrawnByteByByte(bytes: [UInt8], drawn: String) throws {
    let log = Self.lines([Array("GET /".utf8) + bytes])
    for line in try run(log).output.split(separator: "\n") {
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    }
    let text = try run(log, "--output text").output
    #expect(text.contains("   /\(drawn) 1"), "\(text)")
  }

  @Test func utf16IsRecognized() throws {
    let text = String(repeating: Self.line, count: 10)
    let ended = try run([0xFF, 0xFE] + Array(try #require(text.data(using: .utf16LittleEndian))))
    #expect(ended.status == 1)
    #expect(ended.errors.contains("looks like UTF-16"))
    #expect(ended.errors.split(separator: "\n").count == 1)
  }

  @Test func aHundredMegabytesWithoutALineEndAreOneLine() throws {
    let ended = try Ended.running(
      "(head -c 100000000 /dev/zero | tr '\\0' A; printf '\\n%s' '\(Self.line)')"
        + " | prlimit --cpu=60 \(Built.program) --output ndjson --format combined -")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(count("oversize", in: ended) == "1")
    #expect(count("hits", in: ended) == "1")
    #expect(count("lines", in: ended) == "2")
  }

  @Test func sumsThatOverflowAreMarked() throws {
    let line = Self.line.replacing(" 512 ", with: " 9223372036854775807 ")
    let ended = try run(Array(String(repeating: line, count: 3).utf8), "--output text")
    #expect(ended.status == 0)
    #expect(ended.output.contains("3 hits  >= 8 EiB"), "\(ended.output)")
  }

  @Test func aLongSectionIsTruncatedInTextAndCompleteInJSON() throws {
    let name = "/" + String(repeating: "p", count: 60_000)
    let log = Self.lines([Array("GET \(name)/x HTTP/1.1".utf8)])
    let text = try run(log, "--output text").output
    #expect(text.contains("   /" + String(repeating: "p", count: 255) + "… 1"))
    #expect(try run(log).output.contains("\"name\":\"\(name)\""))
  }

  @Test func anExecutableIsRejected() throws {
    let ended = try Ended.running("\(Built.program) --output ndjson /bin/ls")
    #expect(ended.status == 1)
    #expect(ended.errors.contains("lines match a known format"), "\(ended.errors)")
    #expect(ended.errors.split(separator: "\n").count == 1)
    #expect(count("hits", in: ended) == "0")
    // Longer input is rejected after a thousand lines.
    let more = try run(Array(String(repeating: "no log\n", count: 5000).utf8))
    #expect(more.status == 1)
    #expect(more.errors.contains(": 0 of 1000 lines match a known format"), "\(more.errors)")
    #expect(count("lines", in: more) == "5000")
  }

  /// Advice is part of text output; with -v it is on standard error for every output.
  @Test func adviceOnLateHitsIsInTextOutputAndInVerboseMessages() throws {
    let log = Built.root + "Fixtures/late-and-garbage.combined.log"
    let advice = "1.69 % of the hits are late: --lateness 32 would have kept 99 % of them"
    let text = try Ended.running("\(Built.program) --output text \(log)")
    #expect(text.output.contains("\n\(advice)\n"), "\(text.output)")
    #expect(text.output.hasSuffix("08:59:39 to 09:01:59\n"), "\(text.output)")
    #expect(text.errors.isEmpty)
    let json = try Ended.running("\(Built.program) --output ndjson -v \(log)")
    #expect(json.errors.contains("late-and-garbage.combined.log: \(advice)\n"), "\(json.errors)")
    #expect(!json.output.contains("would have kept"))
    let kept = try Ended.running("\(Built.program) --output text --lateness 32 \(log)")
    #expect(kept.output.contains("(0 late)"), "\(kept.output)")
  }
}
