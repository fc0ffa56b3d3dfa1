import AccessLog

/// Comma-separated values (RFC 4180): remotehost, rfc931, authuser, date, request, status, bytes.
///
/// A line whose fields include remotehost, date and status is a header, wherever it occurs: it
/// gives the columns of the lines that follow.
struct CSVFormat: CatalogFormat {
  static let members = [
    FormatMember(
      name: "csv", summary: "CSV: remotehost,rfc931,authuser,date,request,status,bytes",
      example: #""10.0.0.12","-","apache",1773476813,"GET /api/user HTTP/1.0",200,1234"#)
  ]

  /// The columns that are read.
  private enum Column: Int, CaseIterable {
    case client, time, request, status, bytes, user

    static let names: [(name: String, column: Column)] = [
      ("remotehost", .client), ("date", .time), ("request", .request), ("status", .status),
      ("bytes", .bytes), ("authuser", .user),
    ]
  }

  /// A field within the line, without its quotes.
  private struct Field {
    /// The index in the line; negative if the column is missing.
    var start = 0
    var count = 0
    /// Whether it contains a doubled quote.
    var escaped = false
  }

  /// The column at each position of a line, as a raw value of `Column`; -1 for other columns.
  private(set) var columns = defaultColumns
  static let defaultColumns = [0, -1, 5, 1, 2, 3, 4]
  var epoch = EpochField()
  private var fields = [Field](repeating: Field(), count: Column.allCases.count)
  private var unescaped = UnescapedTexts()
  /// Whether the user is read, which nobody wants in most runs.
  let wantsUser: Bool

  init(_ options: ParsingOptions) {
    wantsUser = options.extras.contains(.user)
  }

  mutating func read(_ line: LineBytes, into batch: RecordBatch) -> LineVerdict {
    for index in fields.indices { fields[index] = Field(start: -1) }
    var index = 0
    var position = 0
    var mayBeHeader = false
    while true {
      guard let field = field(line, at: &position) else {
        return .rejected(.shape)
      }
      if field.count == 10, line.start[field.start] | 0x20 == UInt8(ascii: "r") {
        mayBeHeader = true
      }
      if index < columns.count, columns[index] >= 0 { fields[columns[index]] = field }
      index &+= 1
      guard position <= line.count else { break }
    }
    if mayBeHeader, let columns = header(line) {
      self.columns = columns
      return .ignored
    }
    guard index == columns.count else { return .rejected(.shape) }
    return record(line, into: batch)
  }

  static let hasHeaders = true

  func isHeader(_ line: LineBytes) -> Bool { header(line) != nil }

  func isInterchangeable(with other: any LogFormat) -> Bool {
    (other as? CSVFormat)?.columns == columns
  }

  func progress(with line: LineBytes) -> FormatProgress {
    var readable: Set<LogField> = []
    var index = 0
    var position = 0
    while position <= line.count, let field = field(line, at: &position) {
      let column = index < columns.count ? Column(rawValue: columns[index]) : nil
      let start = line.start + field.start
      switch column {
      case .client: readable.insert(.client)
      case .time where Numbers.epoch(start, count: field.count) != nil: readable.insert(.time)
      case .request: readable.insert(.request)
      case .status where Numbers.status(start, count: field.count) != nil:
        readable.insert(.status)
      case .bytes where Numbers.bytes(start, count: field.count) != nil: readable.insert(.bytes)
      default: break
      }
      index += 1
    }
    return FormatProgress(readable: readable)
  }

  /// Reads the field at `position`, and moves `position` to the next field, or past the end of the
  /// line after the last one.
  ///
  /// - Returns: `nil` if a quote is not closed, or is followed by something other than a comma.
  @inline(__always)
  private func field(_ line: LineBytes, at position: inout Int) -> Field? {
    let start = line.start
    guard position < line.count, start[position] == .quote else {
      let length = ByteSearch.first(
        .comma, in: start + position, count: line.count &- position)
      let field = Field(start: position, count: length)
      position &+= length &+ 1
      return field
    }
    let first = position &+ 1
    var index = first
    var escaped = false
    while true {
      index &+= ByteSearch.first(.quote, in: start + index, count: line.count &- index)
      guard index < line.count else { return nil }
      if index &+ 1 < line.count, start[index &+ 1] == .quote {
        escaped = true
        index &+= 2
      } else {
        break
      }
    }
    guard index &+ 1 == line.count || start[index &+ 1] == .comma else { return nil }
    position = index &+ 2
    return Field(start: first, count: index &- first, escaped: escaped)
  }

  @inline(__always)
  private mutating func record(
    _ line: LineBytes, into batch: RecordBatch
  ) -> LineVerdict {
    let date = fields[Column.time.rawValue]
    guard let time = Numbers.epoch(line.start + date.start, count: date.count) else {
      return .rejected(.time)
    }
    let code = fields[Column.status.rawValue]
    guard let status = Numbers.status(line.start + code.start, count: code.count) else {
      return .rejected(.status)
    }
    let size = fields[Column.bytes.rawValue]
    var bytes: Int64 = 0
    if size.start >= 0 {
      guard let number = Numbers.bytes(line.start + size.start, count: size.count) else {
        return .rejected(.bytes)
      }
      bytes = number
    }
    let request = fields[Column.request.rawValue]
    let client = fields[Column.client.rawValue]
    let user = fields[Column.user.rawValue]
    var texts = (text(of: request, in: line), text(of: client, in: line), text(of: user, in: line))
    let isEscaped = request.escaped || client.escaped || (wantsUser && user.escaped)
    if isEscaped { unescape(&texts) }
    let facts = LineFacts(
      time: time, status: status, bytes: bytes, request: RequestLine(texts.0),
      client: Self.client(of: texts.1))
    guard wantsUser else {
      facts.addRecord(to: batch)
      return .hit
    }
    var extras = LineExtras()
    extras.user = texts.2
    facts.addRecord(extras, to: batch)
    return .hit
  }

  /// The client of a field, which is nearly always an address and nothing else.
  @inline(__always)
  private static func client(of field: TextRange) -> TextRange {
    field.count > 0 && ClientName.plainLength(field.start, count: field.count) == field.count
      ? field : ClientName.client(of: field)
  }

  /// The text of a field; empty if the column is missing.
  @inline(__always)
  private func text(of field: Field, in line: LineBytes) -> TextRange {
    field.start < 0
      ? TextRange(start: line.start, count: 0)
      : TextRange(start: line.start + field.start, count: field.count)
  }

  /// Replaces doubled quotes in the request, the client and the user with single ones.
  private mutating func unescape(_ texts: inout (TextRange, TextRange, TextRange)) {
    unescaped.removeAll()
    texts.0 = unescaped.append(texts.0, doubling: fields[Column.request.rawValue].escaped)
    texts.1 = unescaped.append(texts.1, doubling: fields[Column.client.rawValue].escaped)
    texts.2 = unescaped.append(texts.2, doubling: fields[Column.user.rawValue].escaped)
  }

  /// The columns of a header line, or `nil` if the line is not a header.
  private func header(_ line: LineBytes) -> [Int]? {
    var columns: [Int] = []
    var found = Set<Int>()
    var position = 0
    while position <= line.count, let field = field(line, at: &position) {
      let bytes = UnsafeBufferPointer(start: line.start + field.start, count: field.count)
      let name = String(decoding: bytes, as: UTF8.self).lowercased()
      let column = Column.names.first { $0.name == name }?.column.rawValue
      if let column, found.insert(column).inserted {
        columns.append(column)
      } else {
        columns.append(-1)
      }
    }
    let required: [Column] = [.client, .time, .status]
    return required.allSatisfy { found.contains($0.rawValue) } ? columns : nil
  }
}
