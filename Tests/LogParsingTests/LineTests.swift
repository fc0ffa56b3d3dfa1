import AccessLog
import LogParsing
import Testing

/// Lines as they stand in logs, and what is made of them.
@Suite struct LineTests {
  private func common(_ time: String, request: String = "GET /a/x HTTP/1.1", rest: String = "200 5")
    -> String
  {
    "10.0.0.1 - - [\(time)] \"\(request)\" \(rest)\n"
  }

  @Test(arguments: [
    ("\"10.0.0.12\",\"-\",\"apache\",1773476813,\"GET /api/user HTTP/1.0\",200,1234", "csv"),
    (
      "198.51.100.23 - dana [14/Mar/2026:09:26:53 +0100] \"POST /api/orders HTTP/1.1\" 201 -",
      "common"
    ),
    (
      "203.0.113.57 - J. Doe [14/Mar/2026:09:26:53 +0100] \"GET /api?i=9 HTTP/1.1\" 200 5 \"-\" \"u\"",
      "combined"
    ),
    (
      "shop.example.org:443 2001:db8::7f3 - - [14/Mar/2026:09:26:53 +0100] \"GET /api/l HTTP/2.0\" 304 190 \"-\" \"curl\"",
      "vcombined"
    ),
  ])
  func eachFormatIsFoundAndRead(line: String, format: String) {
    let parsed = ParsedLog(line)
    #expect(parsed.format == format)
    #expect(parsed.sections == ["/api"])
    #expect(parsed.times.first == EpochSecond(1_773_476_813))
  }

  @Test(arguments: [
    ("31/Dec/2016:23:59:60 +0000", 1_483_228_800), ("23/Nov/2026:17:00:09 +0530", 1_795_433_409),
    ("23/Nov/2026:17:00:09 -0330", 1_795_465_809), ("29/Feb/2024:12:00:00 +0000", 1_709_208_000),
    ("03/Nov/2024:01:30:00 -0500", 1_730_615_400), ("01/Jan/1970:00:00:00 +0100", -3600),
    ("19/Jan/2038:03:14:08 +0000", 2_147_483_648),
  ])
  func timesAreReadInTheirZone(time: String, epoch: Int64) {
    #expect(ParsedLog(common(time)).times == [EpochSecond(epoch)])
  }

  @Test(arguments: [
    "31/Dec/2016:23:59:61 +0000", "23/Nov/2026:17:00:09 +1500", "23/Nov/2026:17:00:09 +0060",
    "23/Nov/2026:17:00:09 Z", "32/Jan/2026:00:00:00 +0000", "29/Feb/2023:00:00:00 +0000",
    "00/Jan/2026:00:00:00 +0000", "01/Foo/2026:00:00:00 +0000", "01/Jan/2026:24:00:00 +0000",
    "01/Jan/0000:00:00:00 +0000",
  ])
  func timesThatDoNotExistAreRejected(time: String) {
    #expect(ParsedLog(common(time), format: "common").rejected == [.time: 1])
  }

  /// A reader remembers the last time and its text. Before it has read one, no text may match.
  @Test(
    arguments: [0x00, 0x20, 0x2D, 0x41, 0xFF] as [UInt8], ["common", "combined", "vcombined"])
  func bytesThatAreNotATimeAreRejectedBeforeAndAfterATime(byte: UInt8, format: String) {
    func line(_ time: [UInt8]) -> [UInt8] {
      Array("h:80 10.0.0.2 - - [".utf8) + time + Array("] \"GET /a HTTP/1.1\" 200 5\n".utf8)
    }
    let good = line(Array("14/Mar/2026:09:26:53 +0100".utf8))
    for count in [1, 8, 16, 24, 26, 27] {
      let bad = line([UInt8](repeating: byte, count: count))
      #expect(ParsedLog(bad, format: format).rejected == [.time: 1])
      #expect(ParsedLog(good + bad, format: format).rejected == [.time: 1])
    }
  }

  @Test(
    arguments: [
      ("200 -", nil), ("- 5", nil), ("999 5", nil), ("200 9223372036854775807", nil),
      ("200 18446744073709551616", Rejection.bytes), ("200 -1", .bytes), ("200 1e3", .bytes),
      ("200 １２", .bytes), ("99999 5", .status), ("20 5", .status), ("abc 5", .status),
      ("200", .shape), ("abc x", .status),
    ] as [(String, Rejection?)])
  func numbersAreCheckedInOrder(rest: String, rejection: Rejection?) {
    let parsed = ParsedLog(common("14/Mar/2026:09:26:53 +0100", rest: rest), format: "common")
    #expect(parsed.rejected == (rejection.map { [$0: 1] } ?? [:]))
  }

  @Test(arguments: ["200", "404", "007", "999", "-"])
  func aStatusIsNamedAsItIsWritten(code: String) {
    let time = "14/Mar/2026:09:26:53 +0100"
    let lines = [
      common(time, rest: "\(code) 5"), common(time, request: "GET \\\"/a H", rest: "\(code) 5"),
      "1.2.3.4,-,-,1,GET / H,\(code),5", "1.2.3.4,-,-,1,\"GET /\"\" H\",\"\(code)\",5",
      "status,date,remotehost\n\(code),1,1.2.3.4",
    ]
    for line in lines { #expect(ParsedLog(line).codes == [code], "\(line)") }
  }

  @Test(arguments: [
    ("GET /api/user?x=1 H", "/api"), ("GET / H", "/"), ("GET //a/b H", "/a"), ("GET /a?b/c", "/a"),
    ("-", "(no request)"), ("", "(no request)"), ("GET", "(malformed)"), ("GET * H", "*"),
    ("CONNECT h:443 H", "(connect)"), ("CONNECT /a/b H", "/a"), ("GET http://h/a/x H", "/a"),
    ("GET http://h?x H", "/"), ("GET h2://h/a H", "(malformed)"), ("GET a H", "(malformed)"),
    (" /a/b H", "/a"), ("GET  /a", "(malformed)"), ("GET /a\\\"b/x H", "/a\"b"),
    ("GET /a\\x22b/x H", "/a\\x22b"), ("GET /a\\\\b/x H", "/a\\b"),
    ("GET /login;jsessionid=1 H", "/login"), ("GET /login;v=1/x;y H", "/login"),
    ("GET /; H", "/"), ("GET /;v=1/b H", "/"), ("GET //a;b/c H", "/a"), ("GET //;b/c H", "/"),
    ("GET /a/b;c H", "/a"), ("GET /a?b;c H", "/a"), ("GET /a#b;c H", "/a"), ("GET /a; H", "/a"),
    ("GET /a;?b H", "/a"), ("GET /a;", "/a"), ("GET ;/a H", "(malformed)"),
    ("GET *;a H", "(malformed)"), ("GET http://h/a;b/x H", "/a"), ("GET http://h;x/a H", "/a"),
    ("GET http://h;x H", "/"), ("CONNECT /a;b H", "/a"), ("GET /a%3Bb/c H", "/a%3Bb"),
  ])
  func theSectionIsWhatStandsBeforeTheSecondSlash(request: String, section: String) {
    let line = common("14/Mar/2026:09:26:53 +0100", request: request)
    #expect(ParsedLog(line, format: "common").sections == [section])
  }

  @Test(arguments: [
    ("h,-,-,1.9,GET /a,200,1", 1), ("h,-,-,-0.5,GET /a,200,1", -1), ("h,-,-,007,GET /a,200,1", 7),
  ])
  func fractionsOfEpochSecondsAreFloored(line: String, epoch: Int64) {
    #expect(ParsedLog(line, format: "csv").times == [EpochSecond(epoch)])
  }

  @Test func aHeaderNamesTheColumnsWhereverItStands() {
    let parsed = ParsedLog(
      "h,-,-,1,GET /a,200,1\nSTATUS,date,remotehost\n404,2,x\n404,2\n\"4\"\"4\",3,y\n",
      format: "csv")
    #expect(parsed.clients == ["h", "x"])
    #expect(parsed.sections == ["/a", "(no request)"])
    #expect(parsed.ignored == 1)
    #expect(parsed.rejected == [.shape: 1, .status: 1])
  }

  @Test func byteOrderMarksZerosAndCarriageReturnsAreNotPartOfALine() {
    let line = common("14/Mar/2026:09:26:53 +0100").dropLast()
    let text = "\u{FEFF}\0\0\(line)\r\n \t \r\n\n\0\0\0\(line)\r"
    let parsed = ParsedLog(text)
    #expect(parsed.clients == ["10.0.0.1", "10.0.0.1"])
    #expect(parsed.ignored == 2)
    #expect(parsed.rejected.isEmpty)
  }

  @Test(arguments: [(65_536, 0), (65_537, 1)])
  func aLineOfExactlyTheLimitCounts(length: Int, oversize: Int) {
    let start = common("14/Mar/2026:09:26:53 +0100").dropLast() + " "
    let line = start + String(repeating: "x", count: length - start.utf8.count) + "\r\n"
    for pieces in [Int.max, 1000] {
      let parsed = ParsedLog(line + common("14/Mar/2026:09:26:53 +0100"), pieces: pieces)
      #expect(parsed.rejected[.oversize, default: 0] == oversize)
      #expect(parsed.times.count == 2 - oversize)
    }
  }

  @Test func theSizesOfReadsChangeNothing() {
    let blanks = String(repeating: " ", count: 70_000)
    let text =
      "\u{FEFF}garbage\n" + common("14/Mar/2026:09:26:53 +0100") + "\r\n\0\0"
      + common("15/Mar/2026:09:26:53 +0100", request: "GET /\\\"q HTTP/1.1") + "x\n"
      + common("14/Mar/2026:99:26:53 +0100")
    let whole = ParsedLog(text)
    for pieces in 1...40 { #expect(ParsedLog(text, pieces: pieces) == whole) }
    #expect(ParsedLog(blanks + "\n" + text, pieces: 999) == ParsedLog(blanks + "\n" + text))
    #expect(whole.rejected == [.shape: 2, .time: 1])
  }
}
