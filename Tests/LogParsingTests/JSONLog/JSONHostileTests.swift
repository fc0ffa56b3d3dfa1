import AccessLog
import LogParsing
import Testing

/// JSON that is malformed, or that a client or a wrapper has a part in.
@Suite struct JSONHostileTests {
  private static let members =
    #""time":"2026-03-14T08:26:53Z","remote_addr":"h","request":"GET /a HTTP/1.1","status":200"#
  private static let line = "{\(members)}"

  @Test(arguments: [
    "{", "}", "{}", "[]", "null", "5", "\"\"", "[\(line)]", "{\(members)", "\(members)}",
    "{\(members),}", "{,\(members)}", "{\(members)}}", "{\(members)} x", "{\(members) \"a\":1}",
    "{\(members),\"a\"}", "{\(members),\"a\":}", "{\(members),\"a\":-}", "{\(members),\"a\":01}",
    "{\(members),\"a\":nul}", "{\(members),\"a\":\"\\x\"}", "{\(members),\"a\":\"\\u12\"}",
    "{\(members),\"a\":\"\u{1}\"}", "{\(members),\"a\":[1,]}", "{\(members),\"a\":\"}",
    "{\(members),\"a\":\(String(repeating: "[", count: 60_000))}", "{\(members),a:1}",
    "{\(members),'a':1}",
  ])
  func whatIsNoObjectIsRejected(text: String) {
    for format in ["json", "caddy"] {
      #expect(ParsedLog(text, format: format).rejected == [.shape: 1])
    }
    #expect(ParsedLog(text).times.isEmpty)
  }

  /// Cut anywhere, a line is no object; whatever a byte is changed to, nothing traps.
  @Test func anyDamageIsSurvived() {
    let caddy =
      #"{"ts":1.5e9,"request":{"client_ip":"i","method":"GET","uri":"/\u00e4","headers":"#
      + #"{"Referer":["a"]}},"duration":"1m2.5s","size":"7","status":200}"#
    #expect(ParsedLog(caddy).format == "caddy")
    let bytes = Array(caddy.utf8)
    for end in bytes.indices {
      #expect(ParsedLog(Array(bytes[..<end]), format: "caddy").times.isEmpty)
      for byte in [0x00, 0x22, 0x2C, 0x2D, 0x3A, 0x5C, 0x7B, 0x7D, 0xFF] as [UInt8] {
        var changed = bytes
        changed[end] = byte
        let log = ParsedLog(changed, format: "caddy")
        #expect(log.times.count + log.rejected.values.reduce(0, +) + log.ignored == 1)
        _ = ParsedRecord.all(in: changed)
      }
    }
  }

  @Test func anyByteMayStandInAString() {
    var bytes = Array(#"{"time":1,"status":200,"client":"h","request":"GET /"#.utf8)
    bytes += [0xFF, 0x80, 0x7F, 0xC3]
    bytes += Array(#"/b HTTP/1.1"}"#.utf8)
    #expect(ParsedRecord.all(in: bytes).count == 1)
  }

  private static let escapes: [(text: String, section: String)] = [
    (#"\/a\/b"#, "/a"), (#"/\u0061/b"#, "/a"), (#"/\u00e9"#, "/é"), (#"/\ud83d\ude00/x"#, "/😀"),
    (#"/\ud83d/x"#, "/\u{FFFD}"), (#"/\"/x"#, "/\""), (#"/a\\b"#, "/a\\b"),
    (#"/a\u0000b"#, "/a\0b"),
    (#"/a\nb"#, "/a\nb"), (#"/a\u0026b"#, "/a&b"), (#"/a\u0020b"#, "/a"),
  ]

  @Test(arguments: escapes)
  func escapesAreReplacedInWhatIsRead(text: String, section: String) {
    let members = #""time":1,"status":200,"client":"h","method":"GET","uri":"\#(text)""#
    #expect(ParsedRecord.all(in: "{\(members)}").map(\.section) == [section])
    let request = #""time":1,"status":200,"client":"h","request":"GET \#(text) HTTP/1.1""#
    #expect(ParsedRecord.all(in: "{\(request)}").map(\.section) == [section])
  }

  /// A client cannot add members by what it sends.
  @Test func quotesInAValueHideNothing() {
    let agent = #"x\",\"remote_addr\":\"10.0.0.66\",\"y\":\""#
    let records = ParsedRecord.all(
      in: #"{\#(Self.members),"http_user_agent":"\#(agent)"}"#)
    #expect(records.map(\.client) == ["h"])
    #expect(records.map(\.agent) == [#"x","remote_addr":"10.0.0.66","y":""#])
  }

  @Test func aForwardedListNamesItsLeftmostClient() {
    let line =
      #"{"time":1,"status":200,"remote_addr":"-, 10.0.0.1:80, 10.0.0.2","uri":"/","method":"GET"}"#
    #expect(ParsedRecord.all(in: line).map(\.client) == ["10.0.0.1"])
  }

  private static let wrapped: [(text: String, wrapper: Wrapper)] = [
    ("web-1  | \(line)", .compose), ("web.1.x2f@node | \(line)", .swarm),
    ("[pod/web-7d9/web] \(line)", .kubectl), ("Mar 14 08:26:53 web1 nginx: \(line)", .syslog),
    ("<190>Mar 14 08:26:53 web1 nginx: \(line)", .syslog),
    ("<190>1 2026-03-14T08:26:53Z web1 nginx - - - \(line)", .syslog),
    ("2026-03-14T08:26:53.5Z stdout F \(line)", .cri), ("\u{1B}[32m\(line)\u{1B}[0m", .colors),
    (
      #"{"log":"\#(line.replacing("\"", with: "\\\""))\n","stream":"stdout","time":"x"}"#, .docker
    ),
    (#"{"MESSAGE":"\#(line.replacing("\"", with: "\\\""))","_HOSTNAME":"web1"}"#, .journal),
  ]

  @Test(arguments: wrapped)
  func aLineIsFoundInEveryWrapper(text: String, wrapper: Wrapper) {
    for format in [nil, "json"] {
      let log = ParsedLog("\(text)\n\(text)\n", format: format)
      #expect(log.times.count == 2)
      #expect(log.wrappers == [wrapper])
      #expect(log.format == "json")
    }
  }

  /// The prefix of stern is one only before a line whose client is an address.
  @Test(arguments: [("10.0.0.1", 1), ("h", 0)])
  func aLineIsFoundBehindAPodAndAContainer(client: String, hits: Int) {
    let log = ParsedLog("web-7d9 nginx " + Self.line.replacing("\"h\"", with: "\"\(client)\""))
    #expect(log.times.count == hits)
    #expect(log.wrappers == (hits > 0 ? [.stern] : []))
  }

  /// The loop over usual lines must leave a wrapped line to the unwrapping.
  @Test func plainAndWrappedLinesMayMix() {
    let lines = [Self.line] + Self.wrapped.map(\.text) + [Self.line]
    let text = lines.joined(separator: "\n")
    let whole = ParsedLog(text)
    #expect(whole.times.count == lines.count)
    for pieces in [1, 7, 64] { #expect(ParsedLog(text, pieces: pieces) == whole) }
  }

  @Test func linesOfTheServerItselfAreNoHits() {
    let text = #"{"level":"info","ts":1795621004.1,"msg":"serving initial configuration"}"#
    let log = ParsedLog("\(text)\n\(Self.line)\n\(text)")
    #expect(log.times.count == 1)
    #expect(log.rejected == [.shape: 2])
  }
}
