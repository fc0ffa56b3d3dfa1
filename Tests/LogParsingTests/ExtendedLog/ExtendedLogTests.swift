import AccessLog
import LogParsing
import Testing

/// Lines of the extended log file format, as servers write them.
@Suite struct ExtendedLogTests {
  static let iis =
    #"2026-03-14 08:26:53 10.0.8.5 GET /intranet/news.aspx id=314 443 CORP\mlee 192.0.2.44 "#
    + "Mozilla/5.0+(Windows+NT+10.0) https://intra.example.org/ 200 0 0 187"

  static let cloudFrontFields =
    "#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem "
    + "sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type "
    + "x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for\n"

  static let cloudFront =
    "2026-03-14\t08:26:53\tFRA56-C1\t1482\t203.0.113.57\tGET\td111.cloudfront.net\t"
    + "/img/logo.svg\t200\thttps://example.org/\tMozilla/5.0%20(X11;%20100%25%20%C3%A9)\tv=2\t-\t"
    + "Hit\tSOX4xwn4XV6Q==\tstatic.example.org\thttps\t23\t0.001\t-"

  private static let iisRecord = ParsedRecord(
    time: 1_773_476_813, client: "192.0.2.44", section: "/intranet", path: "/intranet/news.aspx"
  ).with {
    ($0.user, $0.agent, $0.latency) = (#"CORP\mlee"#, "Mozilla/5.0 (Windows NT 10.0)", 187_000)
    $0.referrer = "https://intra.example.org/"
  }

  private static let servers: [(log: String, format: String, record: ParsedRecord)] = [
    (iis, "w3c", iisRecord),
    (
      "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n"
        + "#Date: 2026-03-14 08:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query "
        + "s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus "
        + "sc-win32-status time-taken\r\n\(iis)\r\n", "w3c", iisRecord
    ),
    (
      cloudFrontFields + cloudFront, "cloudfront",
      ParsedRecord(
        time: 1_773_476_813, client: "203.0.113.57", section: "/img", path: "/img/logo.svg",
        bytes: 1482
      ).with {
        ($0.host, $0.referrer, $0.latency) = ("static.example.org", "https://example.org/", 1000)
        $0.agent = "Mozilla/5.0 (X11; 100% é)"
      }
    ),
    (
      // Tomcat's ExtendedAccessLogValve: quoted strings, seconds with a fraction.
      "#Fields: time date c-ip cs-method cs-uri sc-status bytes time-taken cs(User-Agent) "
        + "cs(Referer)\n#Version: 2.0\n08:26:53 2026-03-14 192.0.2.44 PUT /app/x?y 404 5 1.25 "
        + #""Mozilla/5.0 (X11; ""q""; a+b)" '-'"# + "\n", "w3c",
      ParsedRecord(
        time: 1_773_476_813, client: "192.0.2.44", section: "/app", path: "/app/x", status: "404",
        bytes: 5, method: .put
      ).with {
        ($0.agent, $0.referrer) = (#"Mozilla/5.0 (X11; "q"; a+b)"#, "'-'")
        $0.latency = 1_250_000
      }
    ),
    (
      // A proxy.
      "#Fields: date time time-taken c-ip cs-username sc-status sc-bytes cs-method cs-host "
        + "cs-uri-path cs-uri-query\n"
        + "2026-03-14 08:26:53.999 1250 192.0.2.44 dana 200 77 GET news.example.net /w/l ?x\n",
      "w3c",
      ParsedRecord(
        time: 1_773_476_813, client: "192.0.2.44", section: "/w", path: "/w/l", bytes: 77
      ).with { ($0.host, $0.user, $0.latency) = ("news.example.net", "dana", 1_250_000) }
    ),
  ]

  @Test(arguments: servers)
  func linesOfServersAreRead(log: String, format: String, record: ParsedRecord) {
    #expect(ParsedRecord.all(in: log) == [record])
    let parsed = ParsedLog(log)
    #expect(parsed.format == format)
    #expect(parsed.rejected.isEmpty)
    #expect(parsed.ignored == log.split(whereSeparator: \.isNewline).count { $0.hasPrefix("#") })
    for pieces in [1, 5] { #expect(ParsedLog(log, pieces: pieces) == parsed) }
    for format in ["w3c", "cloudfront"] {
      #expect(ParsedRecord.all(in: log, format: format) == [record])
    }
  }

  @Test func theExamplesAreLinesOfTheirFormats() {
    for format in FormatCatalog.all {
      let log = ParsedLog(format.example)
      let others = ["vcombined", "npm", "haproxy"]
      #expect(log.times == [EpochSecond(1_773_476_813)] || others.contains(format.name))
      #expect(log.format == format.name)
    }
  }

  /// A field at a place of the line of IIS, and what becomes of the line.
  private static let rejected: [(index: Int, text: String, reason: Rejection)] = [
    (0, "2026-02-30", .time), (1, "24:00:00", .time), (1, "08:26:53x", .time),
    (0, "14/Mar/2026", .shape), (0, "-", .shape), (1, "08:26", .shape), (11, "20", .status),
    (11, "x", .status), (11, "2000", .status), (0, "2026-03-14 x", .shape), (14, "", .shape),
  ]

  @Test(arguments: rejected)
  func whatCannotBeReadIsRejected(index: Int, text: String, reason: Rejection) {
    var fields = Self.iis.split(separator: " ").map(String.init)
    fields[index] = text
    let line = fields.joined(separator: " ")
    #expect(ParsedLog(line, format: "w3c").rejected == [reason: 1])
    #expect(ParsedLog(Self.iis + "\n" + line).rejected == [reason: 1])
  }

  /// Once `#Fields:` has told where the time is, anything else there is no time.
  @Test(arguments: ["-", "14/Mar/2026", "26-03-14", "2026-03-14T08:26:53"])
  func whatStandsInTheColumnOfTheDateIsADate(text: String) {
    let log = ParsedLog("#Fields: time date c-ip sc-status\n08:26:53 \(text) c 200")
    #expect(log.rejected == [.time: 1])
  }

  /// A line of another format may happen to have as many words.
  @Test func aLineOfAsManyWordsHasAnotherShape() {
    let words = Array(repeating: "word", count: 15).joined(separator: " ")
    #expect(ParsedLog(words).rejected == [.shape: 1])
  }

  @Test(arguments: [("-1", Rejection.bytes), ("x", .bytes), ("9223372036854775808", .bytes)])
  func sizesAreNumbers(size: String, reason: Rejection) {
    let header = "#Fields: date time c-ip sc-status sc-bytes\n"
    let log = "\(header)2026-03-14 08:26:53 c 200 \(size)\n2026-03-14 08:26:53 c 200 -\n"
    #expect(ParsedLog(log).rejected == [reason: 1])
    #expect(ParsedRecord.all(in: log).map(\.bytes) == [0])
    #expect(ParsedRecord.all(in: log).map(\.section) == ["(no request)"])
  }

  private static let targets: [(method: String, stem: String, section: String)] = [
    ("GET", "/a/b", "/a"), ("GET", "/a;jsessionid=1/b", "/a"), ("-", "-", "(no request)"),
    ("GET", "-", "(malformed)"), ("CONNECT", "h:443", "(connect)"), ("GET", "http://h/p/q", "/p"),
    ("GET", "/", "/"), ("GET", "/a?b/c", "/a"),
  ]

  @Test(arguments: targets)
  func theStemIsTheTarget(method: String, stem: String, section: String) {
    let line = Self.iis.replacing("GET /intranet/news.aspx", with: "\(method) \(stem)")
    #expect(ParsedRecord.all(in: line, format: "w3c").map(\.section) == [section])
  }

  @Test func timesAreInTheZoneOfTheOptions() {
    let zone = AssumedZone(offset: 3600)
    #expect(ParsedRecord.all(in: Self.iis, zone: zone).map(\.time) == [1_773_473_213])
  }

  /// Of the columns that say the same, the first in order of precedence counts, wherever it stands.
  @Test(arguments: ["cs-host cs(Host) x-host-header", "x-host-header cs(Host) cs-host"])
  func theHostIsThatOfTheRequest(hosts: String) {
    let log =
      "#Fields: date time c-ip sc-status \(hosts)\n2026-03-14 08:26:53 c 200 "
      + hosts.replacing("cs-host", with: "right").replacing("x-host-header", with: "x")
    #expect(ParsedRecord.all(in: log).map(\.host) == ["right"])
  }
}
