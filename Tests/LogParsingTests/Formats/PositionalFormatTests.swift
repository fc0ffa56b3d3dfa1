import AccessLog
import LogParsing
import ReferenceModel
import Testing

/// The formats whose fields are told apart by their positions.
@Suite struct PositionalFormatTests {
  /// 2026-03-14 08:26:53 UTC.
  private static let moment: Int64 = 1_773_476_813
  /// 2026-11-25 12:00:01 UTC.
  private static let november: Int64 = 1_795_608_001

  private static let examples: [(format: String, record: ReadLine)] = [
    (
      "traefik",
      ReadLine(moment, "203.0.113.57", .get, "/blog/pi-day", "200", 8841, latency: 12_000)
    ),
    (
      "elb",
      ReadLine(
        moment, "203.0.113.57", .get, "/api/cart", "200", 1482, latency: 23_894,
        host: "shop.example.org", agent: "okhttp/4.12.0")
    ),
    (
      "alb",
      ReadLine(
        moment, "203.0.113.57", .get, "/api/cart", "502", 1482, latency: 19_000,
        host: "shop.example.org", agent: "Mozilla/5.0")
    ),
    (
      "squid",
      ReadLine(
        moment, "192.0.2.44", .get, "/world/latest", "200", 18233, latency: 214_000,
        host: "news.example.net")
    ),
    (
      "npm",
      ReadLine(
        november, "203.0.113.5", .get, "/api/a", "200", 15, host: "app.example.org",
        agent: "curl/8.5.0")
    ),
    (
      "haproxy", ReadLine(november, "203.0.113.5", .get, "/a", "200", 2750, latency: 109_000)
    ),
    (
      "s3",
      ReadLine(
        moment, "203.0.113.57", .get, "/bucket/photos/a.jpg", "200", 2662, latency: 70_000,
        agent: "S3Console/0.4")
    ),
    (
      "envoy",
      ReadLine(
        moment, "203.0.113.57", .get, "/api", "200", 1482, latency: 18_000,
        host: "api.example.org", agent: "okhttp/4")
    ),
  ]

  @Test(arguments: examples)
  func theExampleIsRead(format: String, record: ReadLine) throws {
    let example = try #require(FormatCatalog.format(named: format)).example
    #expect(ReadLine(example) == record)
    #expect(ReadLine(example, named: format) == record)
  }

  @Test(arguments: FormatCatalog.all.map(\.name))
  func theExampleIsTakenForNoOtherFormat(format: String) throws {
    let example = try #require(FormatCatalog.format(named: format)).example
    #expect(ParsedLog(example).format == format)
    #expect(ParsedLog(example + "\r\n").format == format)
    let readers = FormatCatalog.all.filter { ReadLine(example, format: $0)?.rejection == nil }
    // Formats that one reader reads.
    let families = [
      ["common", "combined", "vcombined", "traefik"], ["json", "caddy"], ["w3c", "cloudfront"],
    ]
    let family = families.first { $0.contains(format) } ?? [format]
    #expect(Set(readers.map(\.name)).isSubset(of: family))
  }

  @Test(arguments: [
    "Mar 14 09:26:53 web1 nginx: ", "<190>Mar 14 09:26:53 web1 haproxy[14389]: ",
    "2026-03-14T09:26:53.103847+01:00 web1 haproxy: ",
    "<190>1 2026-03-14T09:26:53+01:00 web1 nginx 812 - - ", "2026-03-14T08:26:53.1Z stdout F ",
    "nginx-1  | ", "stack_web.1.x2f9@node-3    | ", "[pod/nginx-7d9/nginx] ", "\u{1B}[0m",
  ])
  func theExampleIsReadInAWrapper(prefix: String) throws {
    for (name, record) in Self.examples {
      let example = try #require(FormatCatalog.format(named: name)).example
      #expect(ReadLine(prefix + example) == record, "\(name)")
      #expect(ParsedLog(prefix + example).wrappers.count == 1, "\(name)")
      #expect(ParsedLog(prefix + example).format == name)
    }
  }

  @Test(arguments: FormatCatalog.all)
  func wrongFieldsAreRejectedInTheirOrder(format: NamedFormat) {
    let times = [
      "14/Mar": "14/Mux", "25/Nov": "25/Nux", "2026-03-14T": "2026-03-44T", "17734": "x",
    ]
    let example = format.example
    guard !["csv", "json", "caddy"].contains(format.name),
      let (good, bad) = times.first(where: { example.contains($0.key) })
    else { return }
    #expect(ReadLine(example.replacing(good, with: bad), format: format)?.rejection == .time)
    for (good, bad) in ["\" 200 8": "\" 2x0 8", "/200": "/2x0", "200 -": "20 -", " 502 5": " x 5"]
    where format.name != "s3" && example.contains(good) {
      #expect(ReadLine(example.replacing(good, with: bad), format: format)?.rejection == .status)
    }
    #expect(ReadLine("x", format: format)?.rejection == .shape)
    #expect(ReadLine(String(example.prefix(30)), format: format)?.rejection == .shape)
  }

  @Test(arguments: FormatCatalog.all)
  func aLineThatIsCutOffAnywhereDoesNotTrap(format: NamedFormat) {
    let bytes = Array(format.example.utf8)
    for count in 1...bytes.count {
      let cut = Array(bytes.prefix(count))
      _ = ReadLine.all(in: cut, format: format)
      for byte: UInt8 in [0, 0x20, 0x22, 0x5B, 0x5C, 0x5D, 0xFF] {
        var changed = bytes
        changed[count - 1] = byte
        #expect(ReadLine.all(in: changed, format: format).count <= 1)
      }
    }
  }

  @Test(arguments: FormatCatalog.all.filter { $0.name != "csv" })
  func linesTogetherAreReadAsEachAlone(format: NamedFormat) throws {
    try check(format, line: format.example)
  }

  @Test(arguments: [
    #"%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i""#,
    #"$remote_addr - $remote_user [$time_local] "$request_method $request_uri" $status"#,
  ])
  func linesOfACustomFormatTogetherAreReadAsEachAlone(format: String) throws {
    let example = try #require(FormatCatalog.format(named: "combined")).example
    try check(try NamedFormat(custom: format), line: example)
  }

  /// Reads changed lines in one log, and each of them by itself.
  private func check(_ format: NamedFormat, line: String) throws {
    let example = Array(line.utf8)
    let bytes = Array(#" "[]\\{}<>:;,.-+#%?/|=@0Zz"#.utf8) + [0, 9, 13, 0x1B, 0x80, 0xEF, 0xFF]
    let prefixes = ["", "", "", " ", "nginx: ", "<13>", "Mar 14 09:26:53 web1 x: ", "\0", "a b "]
    var random = RandomSource(seed: 7)
    var lines: [[UInt8]] = []
    for _ in 0..<4000 {
      var text = example
      for _ in 0..<random.number(0...3) {
        let index = random.number(0...text.count - 1)
        switch random.number(0...2) {
        case 0: text[index] = random.pick(bytes)
        case 1: text.insert(random.pick(bytes), at: index)
        default: text.removeSubrange(index..<min(index + random.number(1...9), text.count))
        }
      }
      lines.append(Array(random.pick(prefixes).utf8) + text)
    }
    // What nobody wants is not read.
    for others in [ReadLine.others, [.host, .referrer], []] {
      check(format, lines, others)
    }
  }

  private func check(_ format: NamedFormat, _ lines: [[UInt8]], _ others: [Dimension]) {
    let log = Array(lines.joined(separator: [10]))
    let together = ReadLine.all(in: log, format: format, others: others)
    let alone = lines.flatMap { line in
      ReadLine.all(in: line, format: format).map { $0.keeping(others) }
    }
    let isHit: (ReadLine) -> Bool = { $0.rejection == nil }
    #expect(together.filter(isHit) == alone.filter(isHit))
    #expect(together.count == alone.count)
    #expect(together.contains(where: isHit))
  }
}
