import AccessLog
import LogParsing
import Testing

/// The header of a log of which only the last lines are parsed.
@Suite struct HeadingTests {
  private static let header = "status,date,request,remotehost\n"
  private static let line = "200,1773476813,\"GET /a/x HTTP/1.0\",h\n"

  /// Parses lines behind a heading.
  private func parse(
    _ text: String, after heading: String, format: String?
  ) -> (parser: LogParser, batch: RecordBatch) {
    var parser = LogParser(format: format.flatMap(FormatCatalog.format))
    parser.readHeading(Array(heading.utf8))
    let batch = RecordBatch()
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: LineBytes.padding)
    bytes.withUnsafeBufferPointer { buffer in
      let block = UnsafeBufferPointer(rebasing: buffer[..<text.utf8.count])
      _ = parser.parse(block, isLast: true, into: batch)
    }
    return (parser, batch)
  }

  @Test(
    arguments: [header, "\n" + header, "\u{FEFF}" + header, header + line, header + "x\n"],
    [nil, "csv"])
  func aHeadingOrdersTheColumnsAndIsNotCounted(heading: String, format: String?) {
    let (parser, batch) = parse(Self.line + "x\n", after: heading, format: format)
    #expect(parser.format == "csv")
    #expect(batch.records.map(\.time) == [EpochSecond(1_773_476_813)])
    #expect(batch.lineCount == 2)
    #expect(batch.details.map(\.number) == [2])
  }

  @Test func theFormatIsKnownBeforeAnyLine() {
    let (parser, batch) = parse("", after: Self.header, format: nil)
    #expect(parser.format == "csv")
    #expect(!parser.matchedAnything)
    #expect(batch.lineCount == 0)
  }

  /// Neither a line of a log, nor anything behind one, is a header.
  @Test(arguments: [
    "", "h,-,-,1773476813,GET /a HTTP/1.0,200,5\n", "what is this\n" + header,
    "h - - [14/Mar/2026:09:26:53 +0100] \"GET /a/x HTTP/1.1\" 200 5\n",
  ])
  func linesThatAreNotHeadersHaveNoEffect(heading: String) {
    let (parser, batch) = parse("", after: heading, format: nil)
    #expect(parser.format == nil)
    #expect(batch.lineCount == 0)
    #expect(parse(Self.line, after: heading, format: "csv").batch.records.isEmpty)
  }

  @Test func aHeadingDoesNotAffectAnotherFormat() {
    let line = "h - - [14/Mar/2026:09:26:53 +0100] \"GET /a/x HTTP/1.1\" 200 5\n"
    let (parser, batch) = parse(line, after: Self.header, format: "common")
    #expect(parser.format == "common")
    #expect(batch.records.count == 1)
  }
}
