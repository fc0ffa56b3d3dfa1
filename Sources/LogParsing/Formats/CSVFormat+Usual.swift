import AccessLog

// The lines that are usual in a log with the columns of the default order: quoted client, users and
// request without a quote in them, and numbers without quotes. Any other line ends the loop and is
// read in the general way, which reads these too.
//
// Every search ends at a newline.

extension CSVFormat {
  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    guard columns == Self.defaultColumns, !wantsUser else { return 0 }
    return batch.wantsMore
      ? readFullLines(&lines, from: &position, into: batch)
      : readPlainLines(&lines, from: &position, into: batch)
  }

  /// Reads usual lines of which nothing is wanted but what makes a record. The loop holds nothing else.
  private mutating func readPlainLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    let block = lines.block
    return lines.forEach(from: &position) { start, newline in
      readUsual(block + start, newline &- start) { $0.addUsualRecord(to: batch) }
    }
  }

  private mutating func readFullLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    let block = lines.block
    return lines.forEach(from: &position) { start, newline in
      readUsual(block + start, newline &- start) { $0.addRecord(to: batch) }
    }
  }

  /// Reads a usual line.
  ///
  /// - Parameters:
  ///   - count: the bytes of the line before its newline.
  ///   - add: takes the fields.
  /// - Returns: `false` for any other line, which has no effect then.
  @inline(__always)
  private mutating func readUsual(
    _ start: UnsafePointer<UInt8>, _ count: Int, add: (LineFacts) -> Void
  ) -> Bool {
    guard start[0] == .quote else { return false }
    let client = ClientName.plainLength(start + 1, inLine: count &- 1)
    // A field of ten bytes may be the name of a column. The length is asked for last: it is hard to
    // predict.
    guard client > 0, start[1] | 0x20 != UInt8(ascii: "r") || client != 10,
      let date = Self.endOfUsers(start + client + 1),
      let (time, digits) = epoch.read(date)
    else { return false }
    // No text so far is longer than the padding without having met a newline.
    let request = date + digits + 2
    guard request[-2] == .comma, request[-1] == .quote else { return false }
    let length = LineSearch.endOfText(.quote, in: request)
    let code = request + length + 2
    guard length != 10, code[-2] == .quote, code[-1] == .comma, code[3] == .comma,
      let status = Numbers.status(code),
      let (bytes, sizeDigits) = Numbers.shortNumber(code + 4),
      Self.ends(code + 4 + sizeDigits, start, count)
    else { return false }
    add(
      LineFacts(
        time: time, status: status, bytes: bytes,
        request: RequestLine(TextRange(start: request, count: length)),
        client: TextRange(start: start + 1, count: client)))
    return true
  }

  /// The date, given the quote that ends the client.
  @inline(__always)
  private static func endOfUsers(_ quote: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    let text = UnsafeRawPointer(quote)
    let first = UInt64(littleEndian: text.loadUnaligned(as: UInt64.self))
    let rest = UInt16(littleEndian: text.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    if first == noUsers, rest == 0x2C22 { return quote + 10 }
    guard quote[0] == .quote, quote[1] == .comma, let second = endOfField(quote + 2) else {
      return nil
    }
    return endOfField(second)
  }

  /// `","-","-`
  private static var noUsers: UInt64 { 0x2D22_2C22_2D22_2C22 }

  /// What follows a quoted field and its comma.
  @inline(__always)
  private static func endOfField(_ field: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    guard field[0] == .quote else { return nil }
    let length = LineSearch.first(.quote, in: field + 1)
    let end = field + 1 + length
    guard length != 10, end[0] == .quote, end[1] == .comma else { return nil }
    return end + 2
  }

  /// Whether a line ends there, perhaps with a carriage return, and is not too long.
  @inline(__always)
  private static func ends(
    _ end: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> Bool {
    let length = start.distance(to: end)
    return length <= LogParser.lineLimit
      && (length == count || (length &+ 1 == count && end[0] == .carriageReturn))
  }
}

/// Reads the seconds since 1970 in a field without quotes. Consecutive lines often have the same.
struct EpochField: Sendable {
  /// A field up to its comma, and what it means.
  private struct Text: Sendable {
    var words: (first: UInt64, second: UInt64) = (0, 0)
    /// The bits of the words that belong to the field.
    var masks: (first: UInt64, second: UInt64) = (0, 0)
    var time = EpochSecond(0)
    /// 0 for no field.
    var length = 0

    @inline(__always)
    func isSame(_ first: UInt64, _ second: UInt64) -> Bool {
      let differences =
        ((first ^ words.first) & masks.first) | ((second ^ words.second) & masks.second)
      return length > 0 && differences == 0
    }
  }

  private var cached = Text()
  /// Another field, whose time is earlier: in many logs some lines are a second late.
  private var former = Text()

  /// - Returns: the time and the length of the field; `nil` if it is not 1 to 15 digits before a
  ///   comma.
  @inline(__always)
  mutating func read(_ start: UnsafePointer<UInt8>) -> (EpochSecond, Int)? {
    let bytes = UnsafeRawPointer(start)
    let first = bytes.loadUnaligned(as: UInt64.self)
    let second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    if cached.isSame(first, second) { return (cached.time, cached.length) }
    if former.isSame(first, second) { return (former.time, former.length) }
    return readNew(start, first, second)
  }

  private mutating func readNew(
    _ start: UnsafePointer<UInt8>, _ first: UInt64, _ second: UInt64
  ) -> (EpochSecond, Int)? {
    var digits = 0
    while digits < 16, start[digits].isDigit { digits += 1 }
    guard (1...15).contains(digits), start[digits] == .comma,
      let epoch = Numbers.epoch(start, count: digits)
    else { return nil }
    // The comma belongs to what is compared.
    let bits = UInt64(truncatingIfNeeded: 8 * (digits + 1))
    let masks = (
      first: bits >= 64 ? .max : UInt64(littleEndian: (1 << bits) - 1),
      second: bits <= 64 ? 0 : bits >= 128 ? .max : UInt64(littleEndian: (1 << (bits - 64)) - 1)
    )
    let text = Text(words: (first, second), masks: masks, time: epoch, length: digits)
    if cached.length > 0, epoch < cached.time {
      // The latest stays the first to be compared.
      former = text
    } else {
      (former, cached) = (cached, text)
    }
    return (epoch, digits)
  }
}
