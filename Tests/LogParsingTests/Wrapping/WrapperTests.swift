import AccessLog
import LogParsing
import Testing

/// What other programs put around a line, and what is none of it.
@Suite struct WrapperTests {
  static let line =
    #"203.0.113.5 - - [14/Mar/2026:09:26:53 +0100] "GET /a/x HTTP/1.1" 200 5 "-" "ua""#
  static let escaped = line.replacing("\"", with: "\\\"")

  @Test(arguments: [
    ("Mar 14 09:26:53 web1 nginx: ", Wrapper.syslog),
    ("Mar  4 09:26:53 web1 nginx[812]: ", .syslog),
    ("<190>Mar 14 09:26:53 web1 nginx: ", .syslog), ("<190>Mar 14 09:26:53 nginx: ", .syslog),
    ("Mar 14 09:26:53 web1 ", .syslog), ("Mar 14 09:26:53 ", .syslog),
    ("Mar 14 2026 09:26:53.123 web1 docker/nginx[1]: ", .syslog),
    ("2026-03-14T09:26:53.103847+01:00 web1 nginx: ", .syslog),
    ("2026-03-14T09:26:53+0100 web1.example.org nginx[812]: ", .syslog),
    ("2026-03-14T08:26:53.103847192Z ", .syslog),
    ("<13>2026-03-14T08:26:53Z 10.0.0.9 nginx: ", .syslog),
    ("<190>1 2026-03-14T09:26:53+01:00 web1 nginx 812 - - ", .syslog),
    ("<13>1 - - - - - [meta x=\"a\\]\\\"b\" y=\"]\"][o] ", .syslog),
    ("Sat 2026-03-14 09:26:53 CET web1 nginx[812]: ", .syslog),
    ("1773476813.103847 web1 nginx[812]: ", .syslog), ("[    7.000001] web1 nginx[812]: ", .syslog),
    ("Mar 14 09:26:53 vm vm nginx: ", .syslog), ("vm nginx: ", .syslog), ("nginx: ", .syslog),
    ("2026-03-14T08:26:53.1Z stdout F ", .cri), ("2026-03-14T08:26:53.1+00:00 stderr F:x ", .cri),
    ("nginx-1  | ", .compose), ("nginx | ", .compose), ("3proxy_1   |  ", .compose),
    ("stack_web.1.x2f9@node-3    | ", .swarm), ("[pod/nginx-7d9/nginx] ", .kubectl),
    ("nginx-7d9b6c nginx ", .stern), ("nginx.default nginx-1 ", .stern),
    ("\u{1B}[0m", .colors), ("\u{1B}[1;32m \u{1B}[0m", .colors),
  ])
  func isTakenOff(prefix: String, wrapper: Wrapper) {
    let parsed = ParsedLog(prefix + Self.line)
    #expect(parsed.clients == ["203.0.113.5"])
    #expect(parsed.sections == ["/a"])
    #expect(parsed.wrappers == [wrapper])
    #expect(parsed.format == "combined")
  }

  @Test(arguments: [
    ("{\"MESSAGE\":\"LINE\"}", Wrapper.journal),
    (
      "{\"_HOSTNAME\":\"web1\",\"X\":[1,{\"log\":\"y\"}],\"MESSAGE\":\"LINE\",\"Y\":null}", .journal
    ),
    ("{\"MESSAGE\":\"x\",\"MESSAGE\":\"LINE\"}", .journal),
    (" { \"MESSAGE\" : \"LINE\" }", .journal),
    ("{\"log\":\"LINE\\n\",\"stream\":\"stdout\",\"time\":\"2026-03-14T08:26:53Z\"}", .docker),
    ("{\"stream\":\"stderr\",\"attrs\":{\"tag\":\"x\"},\"log\":\"LINE\\r\\n\"}", .docker),
  ])
  func theLineInAJSONObjectIsRead(object: String, wrapper: Wrapper) {
    let parsed = ParsedLog(object.replacing("LINE", with: Self.escaped))
    #expect(parsed.clients == ["203.0.113.5"])
    #expect(parsed.wrappers == [wrapper])
    #expect(parsed.format == "combined")
  }

  @Test func escapesOfJSONAreDecoded() {
    let line = Self.escaped.replacing("/a/x", with: #"\/\u00e9\ud83d\ude00\u0026\ud800\t/x"#)
    #expect(ParsedLog("{\"MESSAGE\":\"\(line)\"}").sections == ["/é😀&\u{FFFD}\t"])
    let bytes = Array(Self.line.replacing("/a/x", with: "/é/x").utf8).map(String.init)
    #expect(ParsedLog("{\"MESSAGE\":[\(bytes.joined(separator: ", "))]}").sections == ["/é"])
  }

  @Test(arguments: [
    "{\"MESSAGE\":\"LINE\"", "{\"MESSAGE\":\"LINE\"} x", "{\"MESSAGE\":\"LINE\",}",
    "{\"log\":LINE}",
    "{\"MESSAGE\":\"\\x\"}", "{\"MESSAGE\":[256]}", "{\"MESSAGE\":[1,]}",
    "{\"log\":{\"x\":\"LINE\"}}",
    "{\"x\":\"LINE\"}", "{\"MESSAGE\":null}", "{\"MESSAGE\":\"\\u12\"}", "{}", "{\"MESSAGE\"}",
  ])
  func otherJSONIsRejected(object: String) {
    let parsed = ParsedLog(object.replacing("LINE", with: Self.escaped), format: "combined")
    #expect(parsed.rejected.values.reduce(0, +) == 1)
    #expect(parsed.clients.isEmpty)
    #expect(parsed.wrappers.isEmpty)
  }

  @Test(arguments: [
    "\u{1B}[36mnginx-1  | \u{1B}[0mLINE", "\u{1B}[36mnginx_1  |\u{1B}[0m LINE",
    "\u{1B}[33mpod-1\u{1B}[0m \u{1B}[38;5;4mnginx\u{1B}[0m LINE", "\u{1B}[32mLINE\u{1B}[0m",
    "\u{1B}[36mnginx-1  | \u{1B}[0mMar 14 09:26:53 web1 nginx: LINE\u{1B}[K".replacing(
      "\u{1B}[K", with: ""),
    "<190>Mar 14 09:26:53 web1 nginx: 2026-03-14T08:26:53.1Z stdout F [pod/x/y] LINE",
  ])
  func wrappersAreNestedAndColoured(text: String) {
    let parsed = ParsedLog(text.replacing("LINE", with: Self.line))
    #expect(parsed.clients == ["203.0.113.5"])
    #expect(parsed.format == "combined")
  }

  /// Colours within a line are taken off only if it cannot be read otherwise.
  @Test func aLineThatIsColouredWordByWordIsRead() {
    let words = Self.line.split(separator: " ").map { "\u{1B}[32m\($0)\u{1B}[0m" }
    #expect(ParsedLog(words.joined(separator: " ")).clients == ["203.0.113.5"])
    let request = Self.line.replacing("/a/x", with: "/\u{1B}[31ma/x")
    #expect(ParsedLog(request).sections == ["/\u{1B}[31ma"])
    #expect(ParsedLog("\u{1B}[32m" + request + "\u{1B}[0m").sections == ["/\u{1B}[31ma"])
  }

  /// Where only the first words are coloured, the line could be read with its colours.
  @Test(arguments: ["", "\u{1B}[36mnginx-1  | \u{1B}[0m", "<190>Mar 14 09:26:53 web1 nginx: "])
  func aColouredClientIsFoundWithoutItsColours(prefix: String) {
    let line = Self.line.replacing("203.0.113.5 ", with: "\u{1B}[32m203.0.113.5\u{1B}[0m ")
    #expect(ParsedLog(prefix + line).clients == ["203.0.113.5"])
  }

  /// What is left when colours are taken off may look like colours again.
  @Test func nestedColoursAreTakenOffOnce() {
    let text = "\u{1B}[0mx" + String(repeating: "\u{1B}[", count: 30_000)
    let line = text + String(repeating: "m", count: 30_000)
    #expect(ParsedLog(line, format: "common").rejected == [.oversize: 1])
    let shorter = text.prefix(40_000) + String(repeating: "m", count: 20_000)
    #expect(ParsedLog(String(shorter), format: "common").rejected == [.shape: 1])
  }

  /// The name of the outermost wrapper stays when the line is read a second time.
  @Test func aLineReadWithoutColoursKeepsItsName() {
    let inner = "{\\u001b[1m\\\"_HOSTNAME\\\":\\\"b\\\",\\\"MESSAGE\\\":\\\"LINE\\\"}"
    let line = Self.escaped.replacing("\\", with: "\\\\\\")
    let log = ["web1", "web2", "web1"].map { host in
      "\u{1B}[0m{\"_HOSTNAME\":\"\(host)\",\"MESSAGE\":\"\(inner.replacing("LINE", with: line))\"}\n"
    }
    let parsed = ParsedLog(log.joined())
    #expect(parsed.clients.count == 3)
    #expect(parsed.names == 2)
  }

  @Test(arguments: ["<6>", "<190>", "<190> ", "<13>web1 "])
  func aPriorityAloneIsTakenOff(prefix: String) {
    let parsed = ParsedLog(prefix + Self.line)
    #expect(parsed.clients == ["203.0.113.5"])
    #expect(parsed.format == "combined")
  }

  /// Collectors of logs use the member of Docker's json-file for whole lines.
  @Test(arguments: ["\"date\":1773476813.1,", "\"_p\":\"F\",\"stream\":\"stdout\","])
  func aLineOfACollectorNeedsNoNewline(members: String) {
    let line = "{\(members)\"log\":\"\(Self.escaped)\"}\n"
    #expect(ParsedLog(line + line).clients.count == 2)
  }

  /// A user may hold spaces, but never takes the place of the client.
  @Test(arguments: [
    ("203.0.113.5 - web1 nginx: 10.0.0.1 - -", "203.0.113.5"),
    ("host.example.org - nginx-1  | 10.0.0.1 - -", "host.example.org"),
    ("host - 10.0.0.1 - -", "host"), ("host-1 - pod 10.0.0.1 - -", "host-1"),
    ("v:443 203.0.113.5 - [pod/x/y] 10.0.0.1 - -", "203.0.113.5"),
    ("203.0.113.5 nginx: 10.0.0.1 - -", "203.0.113.5"),
    ("203.0.113.5 | 10.0.0.1 - -", "203.0.113.5"),
    ("Mar 14 09:26:53 web1 nginx: host - nginx: 10.0.0.1 - -", "host"),
    ("Mar 14 09:26:53 web1 nginx: host - 10.0.0.1 - -", "host"),
    ("2026-03-14T08:26:53Z host - 10.0.0.1 x", "host"),
    ("nginx-1  | host - web | 10.0.0.1 - -", "host"),
  ])
  func noWrapperTakesAWordOfTheLine(prefix: String, client: String) {
    let line = Self.line.replacing("203.0.113.5 - -", with: prefix)
    #expect(ParsedLog(line).clients == [client])
  }

  /// What is in a wrapper is judged by itself, even if it is no line: the name of a container is
  /// never a client.
  @Test(arguments: [
    ("LINE", Rejection.shape), ("BAD", .time), ("x", .shape),
    ("x [14/Mar/2026:09:26:53 +0100] \"G\" 200 5", .shape),
  ])
  func theReasonIsThatOfTheLineInside(inside: String, rejection: Rejection) {
    let inside = inside.replacing("LINE", with: "203.0.113.5 [x] \"GET /\" 200 5")
      .replacing("BAD", with: Self.line.replacing("14/Mar", with: "32/Mar"))
    for prefix in ["nginx-1  | ", "Mar 14 09:26:53 web1 nginx: ", "2026-03-14T08:26:53Z stdout F "]
    {
      #expect(ParsedLog(Self.line + "\n" + prefix + inside).rejected == [rejection: 1])
    }
    #expect(ParsedLog("nginx-1  |   \n" + Self.line).ignored == 1)
  }
}
