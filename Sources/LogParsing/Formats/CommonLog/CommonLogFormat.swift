import AccessLog

/// The common-log family: `[virtual host] client ident user [time] "request" status bytes`, which
/// may be followed by quoted fields.
///
/// The layout is that of the Apache HTTP server's mod_log_config, `%h %l %u %t "%r" %>s %b`. The
/// members of the family differ in what a line may hold besides; each line shows it by itself, so
/// one reader serves them all.
struct CommonLogFormat: LogFormat {
  static let members = [
    FormatMember(
      name: "vcombined", summary: "Combined log format after a virtual host: host[:port] client ..."
    ),
    FormatMember(
      name: "combined", summary: "Combined log format: common, then \"referrer\" \"user agent\""),
    FormatMember(
      name: "common",
      summary: "Common log format: client ident user [time] \"request\" status bytes"),
  ]

  var timestamp: Timestamp
  private var unescaped: [UInt8] = []

  init(_ options: ParsingOptions) {
    timestamp = Timestamp(zone: options.zone)
  }

  var zoneOffset: Int { timestamp.offset }

  func name(of line: LineBytes) -> String {
    let layout = CommonLogLayout(line)
    if let layout, layout.hasVirtualHost { return "vcombined" }
    let text = TextRange(line)
    // A line whose beginning cannot be read is named by its end.
    let tail =
      layout?.tail ?? TimeBrackets(text).flatMap { CommonLogTail(text, request: $0.request) }
    return tail?.hasReferrerAndAgent ?? false ? "combined" : "common"
  }

  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    guard let layout = CommonLogLayout(line) else { return .rejected(.shape) }
    guard let time = timestamp.read(layout.time.start, count: layout.time.count)
    else { return .rejected(.time) }
    guard let status = Numbers.status(layout.tail.status.start, count: layout.tail.status.count)
    else { return .rejected(.status) }
    guard let bytes = Numbers.bytes(layout.tail.bytes.start, count: layout.tail.bytes.count)
    else { return .rejected(.bytes) }
    var facts = LineFacts(
      time: time, status: status, bytes: bytes,
      request: layout.tail.request, client: ClientName.client(of: layout.client))
    if facts.request.firstIndex(of: .backslash) != nil {
      addUnescaped(&facts, to: batch)
    } else {
      facts.addRecord(to: batch)
    }
    return .hit
  }

  /// Adds the record after replacing `\"` and `\\` in the request with the second character. Every
  /// other backslash is an ordinary character.
  private mutating func addUnescaped(_ facts: inout LineFacts, to batch: RecordBatch) {
    let (start, count) = (facts.request.start, facts.request.count)
    unescaped.removeAll(keepingCapacity: true)
    var index = 0
    while index < count {
      if start[index] == .backslash, index + 1 < count,
        start[index + 1] == .quote || start[index + 1] == .backslash
      {
        index += 1
      }
      unescaped.append(start[index])
      index += 1
    }
    facts.request.count = unescaped.count
    unescaped.append(contentsOf: repeatElement(0, count: LineBytes.padding))
    unescaped.withUnsafeBufferPointer { buffer in
      // Not empty: it contains the padding.
      facts.request.start = buffer.baseAddress!
      facts.addRecord(to: batch)
    }
  }
}
