import AccessLog
import LogParsing
import Testing

/// What is peculiar to the logs of proxies and load balancers.
@Suite struct ProxyTrapTests {
  private func haproxy(_ replacements: [(String, String)]) -> ReadLine? {
    var line = FormatCatalog.format(named: "haproxy")?.example ?? ""
    for (old, new) in replacements { line = line.replacing(old, with: new) }
    return ReadLine(line, named: "haproxy")
  }

  @Test func haproxyMarksARequestThatItCouldNotRead() {
    let line = haproxy([
      ("\"GET /a HTTP/1.1\"", "\"<BADREQ>\""), (" 200 2750", " -1 0"), ("/109 ", "/-1 "),
    ])
    #expect(line?.section == "(malformed)")
    #expect(line?.status == "-" && line?.method == nil && line?.latency == nil)
  }

  @Test(arguments: [
    ("/a#22b/c", "/a\"b"), ("/a#2Fb/c", "/a"), ("/a#zz/c", "/a"), ("/#e9/c", "/\u{FFFD}"),
    ("/a\\", "/a\\"),
  ])
  func haproxyEscapesBytesWithHashes(target: String, section: String) {
    #expect(haproxy([("/a HTTP/1.1", target)])?.section == section)
  }

  @Test func haproxyMayLogBeforeTheResponseHasEnded() {
    let line = haproxy([("/109 200 2750", "/+109 200 +2750"), ("1/1/1/1/0", "1/1/1/1/+3")])
    #expect(line?.latency == 109_000 && line?.bytes == 2750)
  }

  @Test(arguments: ["{} {} ", "{www.example.org|Mozilla/5.0 (X11)} {} ", "{a \\} "])
  func haproxyMayCaptureHeaders(headers: String) {
    let line = haproxy([("0/0 \"", "0/0 \(headers)\"")])
    #expect(line?.section == "/a" && line?.status == "200")
  }

  @Test(arguments: [
    ("2001:db8::7f3:33317", "2001:db8::7f3"), ("[2001:db8::7f3]:33317", "2001:db8::7f3"),
    ("unix:1", "unix"), ("203.0.113.5:1", "203.0.113.5"),
  ])
  func thePortOfHaproxysClientIsDropped(written: String, client: String) {
    #expect(haproxy([("203.0.113.5:33317", written)])?.client == client)
  }

  @Test func aRequestOfHaproxyMayBeCutOff() {
    let line = haproxy([("/a HTTP/1.1\"", "/a/very-long")])
    #expect(line?.section == "/a" && line?.path == "/a/very-long")
  }

  @Test(arguments: [
    "127.0.0.1:50586 [25/Nov/2026:15:36:13.471] f3 webt/s1 1/0/1 240 -- 1/1/0/0/0 0/0",
    "Connect from 127.0.0.1:50586 to 127.0.0.1:80 (web/HTTP)",
  ])
  func otherLogsOfHaproxyAreNotHTTP(line: String) {
    #expect(ReadLine(line)?.rejection == .shape)
  }

  @Test func haproxyInTheCommonLogFormatIsCombined() {
    let line =
      #"127.0.0.1 - - [25/Nov/2026:15:36:13 +0000] "GET / HTTP/1.1" 200 203 "" "" 33294 273 "f2" "#
      + #""web" "s1" 0 0 0 0 0 ---- 1 1 0 0 0 0 0 "" "" "#
    #expect(ParsedLog(line).format == "combined")
  }

  /// Istio writes a 0 for a response that was not sent; a quoted text and three digits, which look like a
  /// request and a status, follow in the same line.
  @Test(arguments: [
    (
      #"[2020-11-25T21:26:18.409Z] "POST /a HTTP/1.1" 0 DC downstream - "-" 154 0 1999 - "-" "curl" "#
        + #""id" "httpbin:8000" "10.44.1.27:80" outbound|8000||h 10.44.1.23:37652 10.0.45.184:8000 "#
        + "10.44.1.23:46520 - default", "/a", 1_999_000
    ),
    (
      #"[2020-11-25T21:26:18.409Z] "- - -" 0 NR filter_chain_not_found - "-" 0 0 0 - "-" "-" "-" "#
        + #""-" "-" - - 10.0.45.184:443 10.44.1.23:46520 - -"#, "(malformed)", 0
    ),
  ])
  func istioMaySendNoResponse(text: String, section: String, latency: Int64) {
    let line = ReadLine(text, named: "envoy")
    #expect(line?.status == "-" && line?.section == section && line?.latency == latency)
    #expect(line?.client == "10.44.1.23")
  }

  // MARK: - Amazon S3

  private func s3(_ old: String, _ new: String) -> ReadLine? {
    let example = FormatCatalog.format(named: "s3")?.example ?? ""
    return ReadLine(example.replacing(old, with: new), named: "s3")
  }

  @Test(arguments: [
    ("SOAP.CreateBucket", true), ("S3.EXPIRE.OBJECT", true), ("WEBSITE.GET.OBJECT", true),
    ("Soap.CreateBucket", false), ("REST", false), ("SOAP.a-b", false),
  ])
  func anOperationOfS3TellsTheFormat(operation: String, isOne: Bool) {
    #expect((s3("REST.GET.OBJECT", operation)?.rejection == nil) == isOne)
  }

  /// S3 does not escape quotes, so that a client could hide what follows.
  @Test func quotesInAnAgentOfS3HideNothing() {
    let line = s3(
      #""S3Console/0.4" -"#,
      #""My "Cool" Browser" - id= SigV4 E AuthHeader b.s3.amazonaws.com TLSv1.2 -"#)
    #expect(line?.agent == #"My "Cool" Browser"# && line?.host == "b.s3.amazonaws.com")
  }

  // MARK: - Load balancers

  @Test(arguments: [
    ("0.001 0.018 0.000", 19_000), ("-1 -1 -1", nil), ("0.001 -1 -1", nil),
    ("0.0000009 0.0000002 0", 1),
  ])
  func theTimesOfALoadBalancerAreAdded(times: String, latency: Int64?) {
    let example = FormatCatalog.format(named: "alb")?.example ?? ""
    let line = ReadLine(example.replacing("0.001 0.018 0.000", with: times))
    #expect(line?.rejection == nil && line?.latency == latency)
  }

  @Test func aLoadBalancerHasNoTargetForSomeRequests() {
    let example = FormatCatalog.format(named: "elb")?.example ?? ""
    let line = ReadLine(
      example.replacing(
        "10.0.3.17:8080 0.000041 0.023817 0.000036 200 200", with: "- -1 -1 -1 503 0")
    )
    #expect(line?.status == "503" && line?.latency == nil && line?.client == "203.0.113.57")
  }

  @Test func aConnectionThatIsNotHTTPHasNoStatus() {
    let line =
      "2015-05-13T23:39:43.945958Z my-loadbalancer 192.168.131.39:2817 10.0.0.1:80 0.001069 "
      + #"0.000028 0.000041 - - 82 305 "- - - " "-" - -"#
    #expect(ReadLine(line)?.status == "-")
    #expect(ReadLine(line)?.section == "(malformed)")
  }

  @Test(arguments: ["", #" "a" x y"#, " - - arn:aws:x \"Root=1\" \"d\" \"c\" 0 \"w\" \"-\" \"-\""])
  func fieldsBehindTheUserAgentOfALoadBalancerAreReadOver(tail: String) {
    let line =
      "https 2026-03-14T08:26:53.482913Z app/web/7f1c 203.0.113.57:40212 10.0.3.17:8080 "
      + #"0.001 0.018 0.000 200 200 214 1482 "GET https://a.example:443/x?y HTTP/1.1" "curl""#
      + tail
    #expect(ReadLine(line)?.agent == "curl")
    #expect(ReadLine(line)?.path == "/x")
  }

  // MARK: - Proxies

  @Test(arguments: [
    (
      "1795621010.493      0 127.0.0.1 NONE_NONE/503 0 CONNECT 127.0.0.1:9 - HIER_DIRECT/127.0.0.1 -",
      "(connect)", "503", "127.0.0.1"
    ),
    (
      "1795621010.462      0 127.0.0.1 NONE_NONE/000 0 - error:transaction-end-before-headers - "
        + "HIER_NONE/- -",
      "(malformed)", "000", "-"
    ),
    (
      "1795621010.474 7 ::1 TCP_MISS/200 369 GET http://[::1]:80 dana HIER_DIRECT/::1 text/html",
      "/", "200", "::1"
    ),
  ])
  func squidTunnelsAndFails(line: String, section: String, status: String, host: String) {
    let read = ReadLine(line)
    #expect(read?.section == section)
    #expect(read?.status == status)
    #expect(read?.host == host)
    #expect(ParsedLog(line).format == "squid")
  }

  @Test(arguments: [
    ("- 200 200", "200"), ("HIT - 304", "304"), ("MISS 502, 200 201", "201"),
    ("404", "404"),
  ])
  func theLastStatusOfNginxProxyManagerCounts(statuses: String, status: String) {
    let line =
      "[25/Nov/2026:12:00:01 +0000] \(statuses) - GET https app.example.org \"/api/a\" "
      + "[Client 203.0.113.5] [Length 15] [Gzip 2.10] [Sent-to 192.0.2.10] \"curl\" \"-\""
    #expect(ReadLine(line)?.status == status)
    #expect(ParsedLog(line).format == "npm")
  }

  @Test(arguments: [
    ("203.0.113.57", "203.0.113.57"), ("203.0.113.57,10.0.0.1", "203.0.113.57"),
    ("unknown, 203.0.113.57", "203.0.113.57"), ("-", "-"), ("[2001:db8::1]:80", "2001:db8::1"),
  ])
  func theClientOfEnvoyIsWhatTheProxyBeforeItSays(forwarded: String, client: String) {
    let example = FormatCatalog.format(named: "envoy")?.example ?? ""
    let line = example.replacing("\"203.0.113.57\"", with: "\"\(forwarded)\"")
    #expect(ReadLine(line)?.client == client)
    #expect(ParsedLog(line).format == "envoy")
  }

  @Test(arguments: [("-", "10.44.1.23"), ("203.0.113.57", "203.0.113.57")])
  func istioNamesThePeerToo(forwarded: String, client: String) {
    let line =
      #"[2020-11-25T21:26:18.409Z] "GET /status/418 HTTP/1.1" 418 - via_upstream - "-" 0 135 4 3 "#
      + "\"\(forwarded)\""
      + #" "curl/7.73.0-DEV" "84961386" "httpbin:8000" "127.0.0.1:80" inbound|8000|| "#
      + "127.0.0.1:41854 10.44.1.27:80 10.44.1.23:37652 outbound_.8000_._.httpbin default"
    let read = ReadLine(line)
    #expect(read?.client == client && read?.bytes == 135 && read?.latency == 4000)
    #expect(read?.host == "httpbin" && read?.agent == "curl/7.73.0-DEV")
    #expect(ParsedLog(line).format == "envoy")
  }

  @Test func envoyWritesAStatusOf0WhereItSentNoResponse() {
    let example = FormatCatalog.format(named: "envoy")?.example ?? ""
    let line = ReadLine(example.replacing("\" 200 - 0 1482", with: "\" 0 DC 0 0"))
    #expect(line?.status == "-" && line?.section == "/api" && line?.bytes == 0)
  }

  @Test func s3WritesAHyphenForAnyField() {
    let line =
      "79a5 bucket [14/Mar/2026:08:26:53 +0000] - AmazonS3 3E57 S3.EXPIRE.OBJECT photos/a.jpg - - - "
      + "- 2662 - - - - -"
    let read = ReadLine(line)
    #expect(read?.section == "(no request)")
    #expect(read?.client == "-" && read?.status == "-" && read?.latency == nil)
    #expect(read?.user == "AmazonS3")
    #expect(ParsedLog(line).format == "s3")
  }

  // MARK: - Traefik

  @Test func aClientOfTraefikCannotShiftTheTimeToAnswer() {
    let agent = #"x" 9 "a" "b" 7ms "y"#
    let line =
      #"203.0.113.57 - - [14/Mar/2026:08:26:53 +0000] "GET /a HTTP/1.1" 200 8841 "-" ""# + agent
      + #"" 17203 "blog@docker" "http://172.19.0.4:8080" 12ms"#
    #expect(ReadLine(line)?.latency == 12_000)
    #expect(ParsedLog(line).format == "traefik")
    #expect(ReadLine(String(line.dropLast(4)))?.latency == nil)
    #expect(ParsedLog(String(line.dropLast(4))).format == "combined")
  }
}
