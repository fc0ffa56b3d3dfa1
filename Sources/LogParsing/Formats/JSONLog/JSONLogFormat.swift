import AccessLog

/// A JSON object (RFC 8259) on each line: the members that nginx (`escape=json`), the Apache HTTP
/// server and Traefik write, and those of Caddy, which has the request in an object of its own.
///
/// Members may stand in any order, and numbers in quotes. A line without a time, a client, a status or
/// any part of a request is none of the format; without a size, it is 0. A request that is there but
/// empty or `-` counts as none, as that of a connection without a request does; a target without a
/// method is malformed. Where a time, a status or a size is no text or number, it cannot be read; where
/// any other value is no text, it is missing.
struct JSONLogFormat: CatalogFormat {
  static let members = [
    FormatMember(
      name: "caddy", summary: "Caddy's JSON: the request is an object of its own",
      example: #"{"level":"info","ts":1773476813.482913,"request":{"remote_ip":"10.4.0.9","#
        + #""client_ip":"203.0.113.57","proto":"HTTP/2.0","method":"GET","#
        + #""host":"api.example.org","uri":"/v2/users/41?full=1","#
        + #""headers":{"User-Agent":["okhttp/4.12.0"]}},"duration":0.018734,"size":1482,"#
        + #""status":200}"#),
    FormatMember(
      name: "json", summary: "JSON of nginx (escape=json), the Apache HTTP server and Traefik",
      example: #"{"time":"2026-03-14T08:26:53Z","remote_addr":"203.0.113.57","#
        + #""request":"GET /a HTTP/1.1","status":200,"body_bytes_sent":512}"#),
  ]

  private var values = JSONMembers()
  private var texts = UnescapedTexts()
  private var timestamp: Timestamp
  private let wanted: ExtraFields

  init(_ options: ParsingOptions) {
    timestamp = Timestamp(zone: options.zone)
    wanted = options.extras
  }

  var zoneOffset: Int { timestamp.offset }

  var mayLookWrapped: Bool { true }

  func name(of line: LineBytes) -> String {
    var copy = self
    _ = copy.values.read(TextRange(line), &copy.texts)
    return copy.values.hasRequestObject ? "caddy" : "json"
  }

  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    texts.removeAll()
    let line = TextRange(line)
    guard values.read(line, &texts) else { return .rejected(.shape) }
    return record(line, into: batch)
  }

  /// Reads lines that begin an object and have no member that a wrapper has.
  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    let block = lines.block
    return lines.forEach(from: &position) { start, newline in
      guard block[start] == UInt8(ascii: "{") else { return false }
      let line = TextRange(block, line: start, newline)
      guard line.count <= LogParser.lineLimit else { return false }
      texts.removeAll()
      return values.read(line, &texts) && !values.mayBeWrapper
        && record(line, into: batch, isInBlock: true) == .hit
    }
  }

  /// Adds the record of the members that were read.
  ///
  /// - Parameter isInBlock: whether the line stays where it is until its block has been read.
  private mutating func record(
    _ line: TextRange, into batch: RecordBatch, isInBlock: Bool = false
  ) -> LineVerdict {
    guard values.has(.anyRequest), let timeText = values.text(.time, in: line, &texts),
      let client = values.text(.client, in: line, &texts),
      let code = values.text(.status, in: line, &texts)
    else { return .rejected(.shape) }
    guard let time = time(timeText) else { return .rejected(.time) }
    guard let status = Numbers.status(code.start, count: code.count) else {
      return .rejected(.status)
    }
    var bytes: Int64 = 0
    if let size = values.text(.bytes, in: line, &texts) {
      guard let number = Numbers.bytes(size.start, count: size.count) else {
        return .rejected(.bytes)
      }
      bytes = number
    }
    let facts = LineFacts(
      time: time, status: status, bytes: bytes, request: request(line),
      client: ClientName.client(of: client))
    // Without an escape, names are parts of the line.
    if isInBlock, !batch.wantsMore, texts.isEmpty {
      facts.addUsualRecord(latency: latency(line), to: batch)
      return .hit
    }
    facts.addRecord(extras(line), to: batch)
    return .hit
  }

  /// The time to answer; see `LineExtras`.
  private mutating func latency(_ line: TextRange) -> Int64 {
    guard let key = values.key(.latency) else { return FactColumns.noLatency }
    return LatencyText.microseconds(
      values.text(of: key, in: line, &texts),
      unit: key == .traefikDuration ? .nanoseconds : .seconds)
  }

  private mutating func time(_ text: TextRange) -> EpochSecond? {
    if let time = timestamp.read(text.start, count: text.count) { return time }
    // Numbers may have an exponent.
    guard let epoch = DecimalText.floor(text),
      (Timestamp.firstEpoch...Timestamp.lastEpoch).contains(epoch)
    else { return nil }
    return EpochSecond(epoch)
  }

  private mutating func request(_ line: TextRange) -> RequestLine {
    if let request = values.text(.request, in: line, &texts) { return RequestLine(request) }
    let method = values.text(.method, in: line, &texts) ?? .empty
    let target = values.text(.target, in: line, &texts) ?? .empty
    return RequestLine(method: method.elementsEqual("-") ? .empty : method, target: target)
  }

  private mutating func extras(_ line: TextRange) -> LineExtras {
    var extras = LineExtras()
    extras.latency = latency(line)
    guard !wanted.isEmpty else { return extras }
    if wanted.contains(.host) { extras.host = values.text(.host, in: line, &texts) ?? .absent }
    if wanted.contains(.user) { extras.user = values.text(.user, in: line, &texts) ?? .absent }
    if wanted.contains(.referrer) {
      extras.referrer = values.text(.referrer, in: line, &texts) ?? .absent
    }
    if wanted.contains(.agent) { extras.agent = values.text(.agent, in: line, &texts) ?? .absent }
    return extras
  }

  func progress(with line: LineBytes) -> FormatProgress {
    var copy = self
    return FormatProgress(readable: copy.readableFields(TextRange(line)))
  }

  /// The fields that can be read before the first mistake in the line.
  private mutating func readableFields(_ line: TextRange) -> Set<LogField> {
    var readable: Set<LogField> = []
    texts.removeAll()
    _ = values.read(line, &texts)
    if values.has(.client) { readable.insert(.client) }
    if let text = values.text(.time, in: line, &texts), time(text) != nil {
      readable.insert(.time)
    }
    if values.has(.anyRequest) { readable.insert(.request) }
    if let code = values.text(.status, in: line, &texts),
      Numbers.status(code.start, count: code.count) != nil
    {
      readable.insert(.status)
    }
    let size = values.text(.bytes, in: line, &texts)
    let isSizeReadable =
      size.map { Numbers.bytes($0.start, count: $0.count) != nil } ?? !readable.isEmpty
    if isSizeReadable { readable.insert(.bytes) }
    return readable
  }
}
