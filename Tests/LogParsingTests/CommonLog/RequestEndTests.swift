import AccessLog
import LogParsing
import Testing

/// Where a request ends, on servers that escape quotes and on those that do not.
@Suite struct RequestEndTests {
  private func parse(_ rest: String) -> ParsedLog {
    ParsedLog("10.0.0.1 - - [14/Mar/2026:09:26:53 +0100] \"" + rest, format: "combined")
  }

  @Test(
    arguments: [
      (#"GET /s?q="red shoes" HTTP/1.1" 200 12 "-" "x""#, "/s"),
      (#"GET /a HTTP/1.1" 200 12 "-" "My "Cool" Browser""#, "/a"),
      (#"GET /dir\ HTTP/1.1" 404 12 "-" "x""#, #"/dir\"#),
      (#"GET /dir\" 404 12 "-" "x""#, #"/dir\"#), (#"GET /b HTTP/1.1" 404 12 "-" "x\""#, "/b"),
      (#"GET /c" onload="x HTTP/1.1" 404 12"#, #"/c""#), (#"GET /a\"b HTTP/1.1" 200 1"#, #"/a"b"#),
      (#"GET /a\\" 200 1"#, #"/a\"#), (#"GET /a\" 500 1 HTTP/1.1" 200 5"#, #"/a""#),
      (#"GET /a" 500 1 HTTP/1.1" 200 5"#, "/a"), (#"GET /a"    200    5"#, "/a"),
      (#"GET /a" - -"#, "/a"), (#"GET /q"500 1" 200 5"#, #"/q"500"#), (#"" 200 5"#, "(no request)"),
      (#"GET /a"200 5 "x"#, "/a"), (#"GET /a" 200"#, nil), (#"GET /a"#, nil), (#"GET /a\"#, nil),
      (#"GET /a" x 5"#, nil), (#"GET /a" 200 5x"#, nil),
    ] as [(String, String?)])
  func itEndsBeforeTheStatus(rest: String, section: String?) {
    #expect(parse(rest).sections == (section.map { [$0] } ?? []))
  }

  @Test(arguments: [
    (#"GET /a" 200"#, Rejection.shape), (#"GET /a"#, .shape),
    (#"GET /a" x 5"#, .status), (#"GET /a" 200 5x"#, .bytes), (#"GET /a" 2000 5x"#, .status),
  ])
  func statusAndBytesAreTheNextTwoWords(rest: String, rejection: Rejection) {
    #expect(parse(rest).rejected == [rejection: 1])
  }

  /// A line of nothing but quotes is read in a time that grows with its length only.
  @Test func manyQuotesDoNoHarm() {
    let quotes = String(repeating: "\"", count: 60_000)
    let log = (0..<200).map { _ in
      "10.0.0.1 - - [14/Mar/2026:09:26:53 +0100] \"\(quotes) x\n"
    }
    #expect(ParsedLog(log.joined(), format: "common").rejected == [.status: 200])
  }
}
