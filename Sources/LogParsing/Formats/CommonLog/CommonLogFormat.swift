import AccessLog

/// The common-log family: `[virtual host] client ident user [time] "request" status bytes`, which
/// may be followed by quoted fields.
///
/// The layout is that of the Apache HTTP server's mod_log_config, `%h %l %u %t "%r" %>s %b`. The
/// members of the family differ in what a line may hold besides; each line shows it by itself, so
/// one reader serves them all.
struct CommonLogFormat: CatalogFormat {
  static let members = [
    FormatMember(
      name: "traefik",
      summary: "Traefik: combined, then request count, router, server, milliseconds",
      example: "203.0.113.57 - - [14/Mar/2026:08:26:53 +0000] "
        + #""GET /blog/pi-day HTTP/1.1" 200 8841 "-" "-" "#
        + #"17203 "blog@docker" "http://172.19.0.4:8080" 12ms"#),
    FormatMember(
      name: "vcombined",
      summary: "Combined log format after a virtual host: host[:port] client ...",
      example: "shop.example.org:443 2001:db8::7f3 - - [14/Mar/2026:09:26:54 +0100] "
        + #""GET /img/logo.svg HTTP/2.0" 304 190 "-" "curl/8.12.1""#),
    FormatMember(
      name: "combined", summary: "Combined log format: common, then \"referrer\" \"user agent\"",
      example: "203.0.113.57 - - [14/Mar/2026:09:26:53 +0100] "
        + #""GET /shop/cart?item=91 HTTP/1.1" 200 5213 "https://example.org/shop" "#
        + #""Mozilla/5.0 (X11; Linux x86_64)""#),
    FormatMember(
      name: "common",
      summary: "Common log format: client ident user [time] \"request\" status bytes",
      example:
        #"198.51.100.23 - dana [14/Mar/2026:09:26:53 +0100] "POST /api/orders HTTP/1.1" 201 -"#),
  ]

  var timestamp: Timestamp
  private var unescaped = UnescapedTexts()
  /// Whether anything is wanted that is read only for `LineExtras`.
  let wantsExtras: Bool
  /// Whether the referrer or the user agent is wanted.
  let wantsTail: Bool

  init(_ options: ParsingOptions) {
    timestamp = Timestamp(zone: options.zone)
    let extras = options.extras
    wantsTail = extras.contains(.referrer) || extras.contains(.agent)
    wantsExtras = wantsTail || extras.contains(.host) || extras.contains(.user)
  }

  var zoneOffset: Int { timestamp.offset }

  func name(of line: LineBytes) -> String {
    let layout = CommonLogLayout(line)
    if layout?.virtualHost != nil { return "vcombined" }
    let text = TextRange(line)
    if layout != nil, TraefikTail.latency(endOf: text) != nil { return "traefik" }
    // A line whose beginning cannot be read is named by its end.
    let tail =
      layout?.tail ?? TimeBrackets(text).flatMap { CommonLogTail(text, request: $0.request) }
    return tail?.referrerAndAgent == nil ? "common" : "combined"
  }

  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    guard let layout = CommonLogLayout(line) else { return .rejected(.shape) }
    guard let time = timestamp.read(layout.time.start, count: layout.time.count)
    else { return .rejected(.time) }
    guard let status = Numbers.status(layout.tail.status.start, count: layout.tail.status.count)
    else { return .rejected(.status) }
    guard let bytes = Numbers.bytes(layout.tail.bytes.start, count: layout.tail.bytes.count)
    else { return .rejected(.bytes) }
    unescaped.removeAll()
    let facts = LineFacts(
      time: time, status: status, bytes: bytes,
      request: RequestLine(unescaped.appendUnquoted(layout.tail.request)),
      client: layout.isList
        ? ClientName.client(ofList: layout.client) : ClientName.client(of: layout.client))
    let latency = TraefikTail.latency(endOf: TextRange(line))
    if wantsExtras || latency != nil {
      var extras = extras(layout)
      if let latency { extras.latency = latency }
      facts.addRecord(extras, to: batch)
    } else {
      facts.addRecord(to: batch)
    }
    return .hit
  }

  private mutating func extras(_ layout: CommonLogLayout) -> LineExtras {
    var extras = LineExtras()
    if let host = layout.virtualHost { extras.host = host }
    extras.user = layout.user
    if wantsTail, let texts = layout.tail.referrerAndAgent {
      extras.referrer = unescaped.appendUnquoted(texts.referrer)
      extras.agent = unescaped.appendUnquoted(texts.agent)
    }
    return extras
  }
}
