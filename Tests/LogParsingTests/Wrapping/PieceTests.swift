import AccessLog
import LogParsing
import Testing

/// Lines that container runtimes cut into pieces.
@Suite struct PieceTests {
  private static let line = WrapperTests.line + "\n"

  private func cri(_ text: Substring, _ tag: String, _ stream: String = "stdout") -> String {
    "2026-03-14T08:26:53.1Z \(stream) \(tag) \(text)\n"
  }

  private func docker(_ text: Substring, _ stream: String = "stdout") -> String {
    let text = text.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    return "{\"log\":\"\(text)\",\"stream\":\"\(stream)\"}\n"
  }

  @Test func aLineIsJoinedWhereverItIsCut() {
    let text = Self.line.dropLast()
    for cut in 0...text.count {
      let (head, tail) = (text.prefix(cut), text.dropFirst(cut))
      let joined = cri(head, "P") + cri(tail, "F")
      #expect(ParsedLog(joined) == ParsedLog(cri(text, "F")))
      #expect(ParsedLog(docker(head) + docker(tail + "\n")) == ParsedLog(docker(text + "\n")))
    }
  }

  @Test func thePiecesOfTwoOutputsDoNotMix() {
    let text = Self.line.dropLast()
    let log = [
      cri(text.prefix(9), "P"), cri("an error ", "P", "stderr"), cri(text.dropFirst(9), "F"),
      cri("that is long", "F", "stderr"), cri(text, "F"),
    ]
    let parsed = ParsedLog(log.joined())
    #expect(parsed.clients.count == 2)
    #expect(parsed.rejected == [.shape: 1])
  }

  @Test(arguments: [65_536, 65_537, 200_000])
  func theLineLimitHoldsForTheWholeLine(length: Int) {
    let text = Self.line.dropLast() + String(repeating: "x", count: length - Self.line.count + 1)
    var rest = Substring(text)
    var log = ""
    while rest.count > 16_384 {
      log += cri(rest.prefix(16_384), "P")
      rest = rest.dropFirst(16_384)
    }
    let parsed = ParsedLog(log + cri(rest, "F") + cri(Self.line.dropLast(), "F"), pieces: 5000)
    #expect(parsed.clients.count == (length > 65_536 ? 1 : 2))
    #expect(parsed.rejected == (length > 65_536 ? [.oversize: 1] : [:]))
  }

  /// JSON makes a line longer; the limit does not hold for that.
  @Test func theLineLimitHoldsForWhatIsInside() {
    let filler = String(repeating: "\\u0026", count: 20_000)
    let text = WrapperTests.escaped + " " + filler
    #expect(ParsedLog("{\"log\":\"\(text)\\n\"}\n").clients.count == 1)
    let long = "web-1  | " + Self.line.dropLast()
    let line = long + String(repeating: "x", count: 65_536 - long.count + 9)
    #expect(ParsedLog(line).clients.count == 1)
    #expect(ParsedLog(line + "x").rejected == [.oversize: 1])
  }

  /// A line whose last piece never came counts at the end, but not when reading is stopped.
  @Test func anUnfinishedLineCountsAtTheEndOfTheLog() {
    let text = Self.line.dropLast()
    #expect(ParsedLog(cri(text, "P")).clients.count == 1)
    #expect(ParsedLog(docker(text.prefix(30))).rejected == [.shape: 1])
    var parser = LogParser()
    let batch = RecordBatch()
    let bytes = Array(cri(text, "P").utf8) + [UInt8](repeating: 0, count: LineBytes.padding)
    bytes.withUnsafeBufferPointer {
      let block = UnsafeBufferPointer(rebasing: $0.dropLast(LineBytes.padding))
      _ = parser.parse(block, isLast: false, into: batch)
    }
    parser.finish(into: batch, isAtEnd: false)
    #expect(batch.lineCount == 0)
  }

  /// However many lines are incomplete, none is lost.
  @Test func manyIncompleteLinesAreEachCounted() {
    let log = (1...100).map { "c\($0)  | " + cri(Self.line.dropLast().dropLast(5), "P") }
    let parsed = ParsedLog(log.joined())
    #expect(parsed.clients.count == 100)
  }

  /// Lines that will never be complete do not keep others from being joined.
  @Test func afterManyIncompleteLinesOthersAreStillJoined() {
    let log = (1...50).map { "c\($0)  | " + cri("never complete", "P") }
    let text = Self.line.dropLast()
    let parsed = ParsedLog(log.joined() + cri(text.prefix(30), "P") + cri(text.dropFirst(30), "F"))
    #expect(parsed.clients == ["203.0.113.5"])
    #expect(parsed.rejected == [.shape: 50])
  }

  /// Words that only look like a prefix of stern do not cost the line its beginning.
  @Test func aJoinedLineThatLooksLikeOneOfSternIsKept() {
    let text = Substring(Self.line.replacing("203.0.113.5 - -", with: "shop client - -").dropLast())
    let parsed = ParsedLog(cri(text.prefix(30), "P") + cri(text.dropFirst(30), "F"))
    #expect(parsed.clients == ["shop"])
  }
}
