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

  private(set) var timestamp: Timestamp
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

  @inline(__always)
  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    readUsual(line, into: batch) ? .hit : readAny(line, into: batch)
  }

  /// Reads a line as most servers write it: a client that is nothing but an address or a name, no
  /// identity, single spaces, no backslash in the request.
  ///
  /// - Returns: `false` for any other line; it has no effect then.
  @inline(__always)
  private mutating func readUsual(_ line: LineBytes, into batch: RecordBatch) -> Bool {
    let start = line.start
    let count = line.count
    let client = ClientName.plainLength(start, count: count)
    guard client &+ 3 < count, client > 0, start[client] == .space,
      start[client &+ 1] == .hyphen, start[client &+ 2] == .space
    else { return false }

    let user = client &+ 3
    let open = user &+ ByteSearch.first(.openingBracket, in: start + user, count: count &- user)
    let close = open &+ Timestamp.count &+ 1
    guard close &+ 2 < count, start[open &- 1] == .space, start[close] == .closingBracket,
      start[close &+ 1] == .space, start[close &+ 2] == .quote,
      ByteSearch.first(
        .openingBracket, or: .closingBracket, in: start + (open &+ 1), count: Timestamp.count)
        == Timestamp.count
    else { return false }

    let request = close &+ 3
    let quote =
      request
      &+ ByteSearch.first(.quote, or: .backslash, in: start + request, count: count &- request)
    let bytesStart = quote &+ 6
    guard bytesStart < count, start[quote] == .quote, start[quote &+ 1] == .space,
      start[quote &+ 5] == .space
    else { return false }
    var bytesEnd = bytesStart
    while bytesEnd < count, start[bytesEnd] != .space { bytesEnd &+= 1 }

    guard
      let status = Numbers.status(start + (quote &+ 2), count: 3),
      let bytes = Numbers.bytes(start + bytesStart, count: bytesEnd &- bytesStart),
      let time = timestamp.read(start + (open &+ 1), count: Timestamp.count)
    else { return false }
    LineFacts(
      time: time, status: status, statusCode: TextRange(start: start + (quote &+ 2), count: 3),
      bytes: bytes,
      request: TextRange(start: start + request, count: quote &- request),
      client: TextRange(start: start, count: client)
    ).addRecord(to: batch)
    return true
  }

  /// Reads any line of the family.
  private mutating func readAny(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    guard let layout = CommonLogLayout(line) else { return .rejected(.shape) }
    guard let time = timestamp.read(layout.time.start, count: layout.time.count)
    else { return .rejected(.time) }
    guard let status = Numbers.status(layout.tail.status.start, count: layout.tail.status.count)
    else { return .rejected(.status) }
    guard let bytes = Numbers.bytes(layout.tail.bytes.start, count: layout.tail.bytes.count)
    else { return .rejected(.bytes) }
    var facts = LineFacts(
      time: time, status: status, statusCode: layout.tail.status, bytes: bytes,
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
