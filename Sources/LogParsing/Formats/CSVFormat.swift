import AccessLog

/// Comma-separated values (RFC 4180): remotehost, rfc931, authuser, date, request, status, bytes.
///
/// A line whose fields include remotehost, date and status is a header, wherever it occurs: it
/// gives the columns of the lines that follow.
struct CSVFormat: LogFormat {
  static let members = [
    FormatMember(
      name: "csv", summary: "CSV: remotehost,rfc931,authuser,date,request,status,bytes")
  ]

  /// The columns that are read.
  private enum Column: Int, CaseIterable {
    case client, time, request, status, bytes

    static let names: [(name: String, column: Column)] = [
      ("remotehost", .client), ("date", .time), ("request", .request), ("status", .status),
      ("bytes", .bytes),
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
  static let defaultColumns = [0, -1, -1, 1, 2, 3, 4]
  var epoch = EpochField()
  private var fields = [Field](repeating: Field(), count: Column.allCases.count)
  private var unescaped: [UInt8] = []

  init(_ options: ParsingOptions) {}

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
    var facts = LineFacts(
      time: time, status: status, bytes: bytes,
      request: text(of: fields[Column.request.rawValue], in: line),
      client: text(of: fields[Column.client.rawValue], in: line))
    if fields[Column.request.rawValue].escaped || fields[Column.client.rawValue].escaped {
      addUnescaped(&facts, to: batch)
    } else {
      facts.client = Self.client(of: facts.client)
      facts.addRecord(to: batch)
    }
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

  /// Adds the record after replacing doubled quotes in the request and the client with single ones.
  private mutating func addUnescaped(_ facts: inout LineFacts, to batch: RecordBatch) {
    unescaped.removeAll(keepingCapacity: true)
    appendUnescaped(facts.request, isEscaped: fields[Column.request.rawValue].escaped)
    facts.request.count = unescaped.count
    unescaped.append(contentsOf: repeatElement(0, count: LineBytes.padding))
    let client = unescaped.count
    appendUnescaped(facts.client, isEscaped: fields[Column.client.rawValue].escaped)
    facts.client.count = unescaped.count - client
    unescaped.append(contentsOf: repeatElement(0, count: LineBytes.padding))
    unescaped.withUnsafeBufferPointer { buffer in
      // Not empty: it contains the padding.
      facts.request.start = buffer.baseAddress!
      facts.client.start = buffer.baseAddress! + client
      facts.client = Self.client(of: facts.client)
      facts.addRecord(to: batch)
    }
  }

  private mutating func appendUnescaped(_ text: TextRange, isEscaped: Bool) {
    var index = 0
    while index < text.count {
      unescaped.append(text.start[index])
      index += isEscaped && text.start[index] == .quote ? 2 : 1
    }
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
