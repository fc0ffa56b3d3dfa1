import AccessLog

/// The W3C's extended log file format (WD-logfile-960323), as IIS, Amazon CloudFront, Apache Tomcat and
/// proxies write it.
///
/// The directive `#Fields:` gives the columns of the lines that follow it, wherever it occurs. Before
/// the first one, lines have the columns that IIS or CloudFront writes by default. Times are in UTC
/// unless the options name another zone. A missing column reads as `-`; without date, time, client and
/// status there are no records.
struct ExtendedLogFormat: CatalogFormat {
  static let members = [
    FormatMember(
      name: "cloudfront", summary: "Amazon CloudFront: tab-separated, with #Fields",
      example: "2026-03-14\t08:26:53\tFRA56-C1\t1482\t203.0.113.57\tGET\t"
        + "d111111abcdef8.cloudfront.net\t/img/logo.svg\t200\thttps://example.org/\t"
        + "Mozilla/5.0%20(X11;%20Linux%20x86_64)\tv=2\t-\tHit\tSOX4xwn4XV6Q==\t"
        + "static.example.org\thttps\t23\t0.001\t-\tTLSv1.3\tTLS_AES_128_GCM_SHA256\tHit\t"
        + "HTTP/2.0\t-\t-\t11040\t0.001\tHit\timage/svg+xml\t1200\t-\t-"),
    FormatMember(
      name: "w3c", summary: "W3C extended log of IIS, Tomcat and proxies, with #Fields",
      example: #"2026-03-14 08:26:53 10.0.8.5 GET /intranet/news.aspx id=314 443 CORP\mlee "#
        + "192.0.2.44 Mozilla/5.0+(Windows+NT+10.0) https://intra.example.org/ 200 0 0 187"),
  ]

  /// What `#Fields:` gave; `nil` before the first.
  private(set) var columns: ExtendedLogColumns?
  private var fields = ExtendedLogFields()
  private var texts = UnescapedTexts()
  private var timestamp: Timestamp
  /// The bytes of a date and of a time, as words that are compared quickly.
  private typealias TimeKey = (UInt64, UInt16, UInt64)
  // Consecutive lines often have the same second. No time has an empty key.
  private var cached: TimeKey = (0, 0, 0)
  private var cachedTime = EpochSecond(0)
  private let wanted: ExtraFields

  init(_ options: ParsingOptions) {
    timestamp = Timestamp(zone: options.zone)
    wanted = options.extras
  }

  var zoneOffset: Int { timestamp.offset }

  func isInterchangeable(with other: any LogFormat) -> Bool {
    (other as? ExtendedLogFormat).map { $0.columns == columns } ?? false
  }

  func name(of line: LineBytes) -> String {
    let columns = ExtendedLogDirective(TextRange(line))?.columns ?? columns(of: TextRange(line))
    return columns.isCloudFront ? "cloudfront" : "w3c"
  }

  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    let line = TextRange(line)
    if line.first == UInt8(ascii: "#") {
      if let columns = ExtendedLogDirective(line)?.columns { self.columns = columns }
      return .ignored
    }
    let columns = columns(of: line)
    guard columns.isSufficient, fields.split(line, columns), self.columns != nil || showsTime(line)
    else { return .rejected(.shape) }
    return record(line, columns, into: batch)
  }

  /// Reads lines that begin with a date and a time, which no wrapper does in that form.
  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    // Those of all lines up to one that is not usual: to find them for each would count references.
    let columns = columns ?? Self.defaultColumns(lines.block + position)
    guard columns.beginsWithTime, columns.isSufficient else { return 0 }
    fields.removeAll()
    let block = lines.block
    return lines.forEach(from: &position) { start, newline in
      guard block[start].isDigit else { return false }
      let line = TextRange(block, line: start, newline)
      return line.count <= LogParser.lineLimit && readUsual(line, columns, into: batch) == .hit
    }
  }

  /// Reads a line that begins with a digit. See `read`.
  @inline(__always)
  private mutating func readUsual(
    _ line: TextRange, _ columns: ExtendedLogColumns, into batch: RecordBatch
  ) -> LineVerdict {
    guard line.start[line.count] == .newline, hasColumns(line, columns) else {
      return read(line.line, into: batch)
    }
    return record(line, columns, into: batch, isInBlock: true)
  }

  /// Finds the fields of a usual line, unless it has other columns.
  @inline(__always)
  private mutating func hasColumns(_ line: TextRange, _ columns: ExtendedLogColumns) -> Bool {
    if self.columns != nil { return fields.splitUsual(line, columns) }
    return (line.start[Self.dateLength] == .tab) == columns.isCloudFront
      && fields.splitUsual(line, columns) && showsTime(line)
  }

  /// The columns of a line that begins with a date, before the first directive: without tabs those of
  /// IIS.
  private static func defaultColumns(_ line: UnsafePointer<UInt8>) -> ExtendedLogColumns {
    line[dateLength] == .tab ? .cloudFront : .iis
  }

  private static let dateLength = 10

  /// The columns of a line.
  private func columns(of line: TextRange) -> ExtendedLogColumns {
    if let columns { return columns }
    return line.firstIndex(of: .tab) == nil ? .iis : .cloudFront
  }

  /// - Parameter isInBlock: whether the line stays where it is until its block has been read, and no
  ///   field of it is unescaped.
  private mutating func record(
    _ line: TextRange, _ columns: ExtendedLogColumns, into batch: RecordBatch,
    isInBlock: Bool = false
  ) -> LineVerdict {
    texts.removeAll()
    guard let time = time(line) else { return .rejected(.time) }
    let code = text(.status, line)
    guard let status = Numbers.status(code.start, count: code.count) else {
      return .rejected(.status)
    }
    let size = text(.bytes, line)
    guard let bytes = size.isEmpty ? 0 : Numbers.bytes(size.start, count: size.count) else {
      return .rejected(.bytes)
    }
    // Neither the section nor the path depends on the query, which has a column of its own where the
    // target does not hold it.
    let method = text(.method, line)
    let facts = LineFacts(
      time: time, status: status, bytes: bytes,
      request: RequestLine(
        method: method.elementsEqual("-") ? .empty : method,
        target: text(.target, line)),
      client: ClientName.client(of: text(.client, line)))
    let latency = latency(line, columns)
    guard batch.wantsMore else {
      if isInBlock {
        facts.addUsualRecord(latency: latency, to: batch)
      } else {
        facts.addRecord(latency: latency, to: batch)
      }
      return .hit
    }
    var extras = extras(line, columns)
    extras.latency = latency
    facts.addRecord(extras, to: batch)
    return .hit
  }

  private mutating func text(_ column: ExtendedLogColumns.Column, _ line: TextRange) -> TextRange {
    fields.text(column, in: line, &texts)
  }

  /// Whether date and time are at their places, however wrong. Without `#Fields:`, a line that
  /// happens to have as many columns is of another format.
  private mutating func showsTime(_ line: TextRange) -> Bool {
    var date = ByteCursor(text(.date, line))
    var clock = ByteCursor(text(.time, line))
    return date.skip(Self.date) && date.skipTwoDigits() && date.isAtEnd && clock.skip(Self.clock)
  }

  private static let date = Shape("0000-00-")
  private static let clock = Shape("00:00:00")

  /// The time of the columns `date` and `time`.
  private mutating func time(_ line: TextRange) -> EpochSecond? {
    let (date, time) = (text(.date, line), text(.time, line))
    // ISO 8601 with a space between them.
    guard date.count == Self.dateLength, date[4] == .hyphen, time.count <= 32 else { return nil }
    let key = Self.key(date, time)
    if let key, key == cached { return cachedTime }
    guard let instant = uncachedTime(date, time) else { return nil }
    (cached, cachedTime) = (key ?? (0, 0, 0), instant)
    return instant
  }

  /// The bytes of a date and of a time without a fraction; `nil` for any other time.
  @inline(__always)
  private static func key(_ date: TextRange, _ time: TextRange) -> TimeKey? {
    guard time.count == 8 else { return nil }
    let (day, clock) = (UnsafeRawPointer(date.start), UnsafeRawPointer(time.start))
    return (
      day.loadUnaligned(as: UInt64.self),
      day.loadUnaligned(fromByteOffset: 8, as: UInt16.self),
      clock.loadUnaligned(as: UInt64.self)
    )
  }

  private mutating func uncachedTime(_ date: TextRange, _ time: TextRange) -> EpochSecond? {
    let output = texts.room(for: date.count + 1 + time.count)
    output.update(from: date.start, count: date.count)
    output[date.count] = .space
    (output + date.count + 1).update(from: time.start, count: time.count)
    return timestamp.read(output, count: date.count + 1 + time.count)
  }

  /// The time to answer in microseconds; negative if the line does not have it.
  private mutating func latency(_ line: TextRange, _ columns: ExtendedLogColumns) -> Int64 {
    let duration = text(.latency, line)
    guard !duration.isEmpty else { return FactColumns.noLatency }
    // IIS writes whole milliseconds where the standard has seconds with a fraction.
    let isSeconds = columns.isCloudFront || duration.firstIndex(of: .dot) != nil
    return LatencyText.microseconds(duration, unit: isSeconds ? .seconds : .milliseconds)
  }

  /// What the line says besides, without the time to answer.
  private mutating func extras(_ line: TextRange, _ columns: ExtendedLogColumns) -> LineExtras {
    var extras = LineExtras()
    guard !wanted.isEmpty else { return extras }
    extras.host = text(.host, line)
    extras.user = text(.user, line)
    extras.referrer = text(.referrer, line)
    extras.query = text(.query, line)
    if wanted.contains(.agent) { extras.agent = agent(line, columns) }
    return extras
  }

  /// The user agent with its spaces, which CloudFront writes as `%20` and IIS as `+`.
  private mutating func agent(_ line: TextRange, _ columns: ExtendedLogColumns) -> TextRange {
    let text = text(.agent, line)
    if columns.isCloudFront { return texts.append(text, decoding: UInt8(ascii: "%")) }
    return fields.isQuoted(.agent) ? text : texts.appendWithSpaces(text)
  }

  // MARK: - Headers

  static let hasHeaders = true

  func isHeader(_ line: LineBytes) -> Bool { TextRange(line).first == UInt8(ascii: "#") }

  func evidence(ofIgnored line: LineBytes) -> FormatEvidence {
    guard let directive = ExtendedLogDirective(TextRange(line)) else { return .none }
    // Columns without what a record needs are better shown as rejected than ignored in silence.
    if let columns = directive.columns { return columns.isSufficient ? .decisive : .none }
    return directive.name == nil ? .none : .weak
  }

  // MARK: - Messages

  func progress(with line: LineBytes) -> FormatProgress {
    var copy = self
    return FormatProgress(readable: copy.readableFields(TextRange(line)))
  }

  /// The fields that can be read. Without a time at its place, the line is taken for one of another
  /// format.
  private mutating func readableFields(_ line: TextRange) -> Set<LogField> {
    let columns = columns(of: line)
    if !fields.split(line, columns) {
      _ = fields.split(line, columns, by: columns.isCloudFront ? .tabs : .spaces)
    }
    texts.removeAll()
    guard time(line) != nil else { return [] }
    var readable: Set<LogField> = [.time]
    if ClientName.isAddress(text(.client, line)) { readable.insert(.client) }
    if text(.target, line).first == .slash { readable.insert(.request) }
    let code = text(.status, line)
    if Numbers.status(code.start, count: code.count) != nil { readable.insert(.status) }
    let size = text(.bytes, line)
    if size.isEmpty || Numbers.bytes(size.start, count: size.count) != nil {
      readable.insert(.bytes)
    }
    return readable
  }
}
