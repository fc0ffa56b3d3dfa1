import AccessLog
import LogParsing
import Testing

/// Directives: what they decide, and where.
@Suite struct ExtendedLogHeaderTests {
  private static let short = "#Fields: date time c-ip sc-status cs-method cs-uri-stem\n"
  private static let shortLine = "2026-03-14 08:26:53 192.0.2.1 404 GET /s/x\n"
  private static let other = "#fields:\tc-ip cs-method cs-uri-stem sc-status date time x-y\n"
  private static let otherLine = "192.0.2.2 GET /o/x 200 2026-03-14 08:26:54 -\n"
  private static let iisLine = ExtendedLogTests.iis + "\n"

  @Test func fieldsMayChangeInTheMiddle() {
    let text =
      Self.iisLine + Self.short + Self.shortLine + Self.otherLine + "# a comment\n#\n" + Self.other
      + Self.otherLine + Self.shortLine + "#Date: 2026-03-14 09:00:00\n" + Self.otherLine
    let log = ParsedLog(text)
    #expect(log.sections == ["/intranet", "/s", "/o", "/o"])
    #expect(log.codes == ["200", "404", "200", "200"])
    #expect(log.rejected == [.shape: 2])
    #expect(log.ignored == 5)
    for pieces in [1, 3, 100] { #expect(ParsedLog(text, pieces: pieces) == log) }
  }

  /// Lines behind a header that names too little cannot be read, but the next header counts again.
  @Test(arguments: [
    "#Fields:", "#Fields: time c-ip sc-status", "#Fields: date time c-ip cs-method",
  ])
  func aHeaderMustNameWhatARecordNeeds(header: String) {
    let text = Self.short + Self.shortLine + header + "\n" + Self.shortLine + Self.short
    let log = ParsedLog(text + Self.shortLine)
    #expect(log.sections == ["/s", "/s"])
    #expect(log.rejected == [.shape: 1])
    #expect(ParsedLog(header).format == nil)
  }

  private static let undecided: [(text: String, format: String?, ignored: Int)] = [
    ("#Version: 1.0\n", nil, 0), ("#Version: 1.0\n\(short)", "w3c", 2),
    ("#Software: x\n#Date: 2026-03-14 08:00:00\n#Remark: x\n\(short)", "w3c", 4),
    ("#Fields: a b\n", nil, 0), ("#Fields: a b\n\(short)", "w3c", 2),
    (ExtendedLogTests.cloudFrontFields, "cloudfront", 2),
    ("#Version: 1.0\n#Start-Date: x\n\(iisLine)", "w3c", 2),
    ("# a comment\n#!/bin/sh\n#\n", nil, 0), ("# a comment\n\(short)", "w3c", 2),
    (
      "#Version: 1.0\nh - - [14/Mar/2026:09:26:53 +0100] \"GET / HTTP/1.1\" 200 5\n", "common", 0
    ),
  ]

  /// A log in another format may begin with a comment, or with what looks like a directive: such a line
  /// counts as the format sees it that is found later.
  @Test(arguments: undecided)
  func onlyTheFieldsDecideTheFormat(text: String, format: String?, ignored: Int) {
    let log = ParsedLog(text)
    #expect(log.format == format)
    #expect(log.ignored == ignored)
    #expect(format == nil || ParsedLog(text, format: format) == log)
    for pieces in [1, 10] { #expect(ParsedLog(text, pieces: pieces) == log) }
  }

  @Test(arguments: ["w3c", "cloudfront"])
  func everyLineWithANumberSignIsIgnored(format: String) {
    let text = "# a comment\n#\n#Version: 1.0\n#x\n\(Self.short)#\u{0}\n\(Self.shortLine)"
    let log = ParsedLog(text, format: format)
    #expect(log.ignored == 6)
    #expect(log.sections == ["/s"])
    #expect(log.rejected.isEmpty)
  }

  @Test(arguments: [nil, "w3c"])
  func theHeadingOfALogThatIsReadFromItsEndNamesTheFields(format: String?) {
    for heading in [Self.short, "#Software: x\n#Version: 1.0\n\(Self.short)\(Self.otherLine)"] {
      var parser = LogParser(format: format.flatMap(FormatCatalog.format))
      parser.readHeading(Array(heading.utf8))
      let batch = RecordBatch()
      parser.parse(Array((Self.shortLine + Self.otherLine).utf8), into: batch)
      #expect(batch.records.count == 1)
      #expect(batch.lineCount == 2)
      #expect(parser.format == "w3c")
    }
  }

  /// Chunks are parsed by copies of the parser: a copy counts only if the fields were those that
  /// hold where its chunk begins.
  @Test(arguments: [(short + shortLine, true), (shortLine, true), (shortLine + other, false)])
  func aChunkCountsOnlyIfItsFieldsWereRight(text: String, fits: Bool) {
    var parser = LogParser()
    let batch = RecordBatch()
    // As many lines as it takes to let the watch of failures settle.
    let lines = String(repeating: Self.shortLine, count: 70)
    parse(&parser, Self.short + lines, into: batch)
    #expect(parser.canFork)
    let start = parser.atChunkStart()
    var copy = start
    parse(&copy, lines, into: RecordBatch())
    parse(&parser, text, into: batch)
    #expect(parser.canJoin(copy, from: start) == fits)
  }

  private func parse(_ parser: inout LogParser, _ text: String, into batch: RecordBatch) {
    let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: LineBytes.padding)
    bytes.withUnsafeBufferPointer { buffer in
      let block = UnsafeBufferPointer(rebasing: buffer[..<text.utf8.count])
      #expect(parser.parse(block, isLast: false, into: batch) == text.utf8.count)
    }
  }

  /// A directive is no tag of syslog, although a colon ends its name.
  @Test(arguments: [
    "", "Mar 14 08:26:53 web1 iis: ", "<190>Mar 14 08:26:53 web1 ", "web-1  | ",
    "2026-03-14T08:26:53.5Z stdout F ", "<190>1 2026-03-14T08:26:53Z web1 iis - - - ",
  ])
  func directivesAreFoundInWrappers(prefix: String) {
    for format in [nil, "w3c"] {
      let lines = ["#Version: 1.0\n", Self.short, Self.shortLine].map { prefix + $0 }
      let log = ParsedLog(lines.joined(), format: format)
      #expect(log.ignored == 2)
      #expect(log.sections == ["/s"])
      #expect(log.format == "w3c")
    }
  }

  @Test func eachContainerHasItsOwnFields() {
    let text =
      "a-1  | \(Self.short)b-1  | \(Self.other)a-1  | \(Self.shortLine)b-1  | \(Self.otherLine)"
      + "a-1  | \(Self.otherLine)"
    let log = ParsedLog(text)
    #expect(log.sections == ["/s", "/o"])
    #expect(log.rejected == [.shape: 1])
    #expect(log.ignored == 2)
    #expect(log.wrappers == [.compose])
  }
}
