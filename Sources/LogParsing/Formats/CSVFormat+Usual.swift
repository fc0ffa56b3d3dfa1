import AccessLog

// The lines that are usual in a log with the columns of the default order: quoted client, users and
// request without a quote in them, and numbers without quotes. Any other line ends the loop and is
// read in the general way, which reads these too.
//
// Where a line ends is not known before it is read: every search ends at a newline.

extension CSVFormat {
  mutating func readUsualLines(
    _ block: UnsafePointer<UInt8>, from position: inout Int, to end: Int, into batch: RecordBatch
  ) -> Int {
    guard columns == Self.defaultColumns, !wantsUser else { return 0 }
    return LineSearch.forEachLine(from: &position, to: end) {
      readUsual(block + $0, end &- $0, into: batch)
    }
  }

  /// Reads a usual line.
  ///
  /// - Parameter count: the bytes from the start of the line to the end of the last one.
  /// - Returns: the length of the line with its newline; `nil` for any other line, which has no effect
  ///   then.
  @inline(__always)
  private mutating func readUsual(
    _ start: UnsafePointer<UInt8>, _ count: Int, into batch: RecordBatch
  ) -> Int? {
    guard start[0] == .quote else { return nil }
    let client = ClientName.plainLength(start + 1, inLine: count &- 1)
    // A field of ten bytes may be the name of a column.
    guard client > 0, client != 10 || start[1] | 0x20 != UInt8(ascii: "r"),
      let date = Self.endOfUsers(start + client + 1),
      let (time, digits) = epoch.read(date)
    else { return nil }
    // No text so far is longer than the padding without having met a newline.
    let request = date + digits + 2
    guard request[-2] == .comma, request[-1] == .quote else { return nil }
    let length = LineSearch.first(.quote, in: request)
    let code = request + length + 2
    guard length != 10, code[-2] == .quote, code[-1] == .comma, code[3] == .comma,
      let status = Numbers.status(code),
      let (bytes, sizeDigits) = Numbers.shortNumber(code + 4),
      let lineLength = Self.lineLength(start, code + 4 + sizeDigits, count)
    else { return nil }
    LineFacts(
      time: time, status: status, bytes: bytes,
      request: RequestLine(TextRange(start: request, count: length)),
      client: TextRange(start: start + 1, count: client)
    ).addRecord(to: batch)
    return lineLength
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

  /// The length of a line with its newline, if it ends behind the size and is not too long.
  @inline(__always)
  private static func lineLength(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, _ count: Int
  ) -> Int? {
    let length = start.distance(to: end)
    guard length < count, length <= LogParser.lineLimit else { return nil }
    if end[0] == .newline { return length &+ 1 }
    return end[0] == .carriageReturn && end[1] == .newline ? length &+ 2 : nil
  }
}

/// Reads the seconds since 1970 in a field without quotes. Consecutive lines often have the same.
struct EpochField: Sendable {
  /// The field up to its comma, zero-padded, and what it means.
  private var cached: (first: UInt64, second: UInt64) = (0, 0)
  private var time = EpochSecond(0)
  private var length = 0
  private var masks: (first: UInt64, second: UInt64) = (0, 0)

  /// - Returns: the time and the length of the field; `nil` if it is not 1 to 15 digits before a
  ///   comma.
  @inline(__always)
  mutating func read(_ start: UnsafePointer<UInt8>) -> (EpochSecond, Int)? {
    let bytes = UnsafeRawPointer(start)
    let first = bytes.loadUnaligned(as: UInt64.self)
    let second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    if length > 0, (first ^ cached.first) & masks.first == 0,
      (second ^ cached.second) & masks.second == 0
    {
      return (time, length)
    }
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
    time = epoch
    length = digits
    cached = (first, second)
    // The comma belongs to what is compared.
    let bits = UInt64(truncatingIfNeeded: 8 * (digits + 1))
    masks.first = bits >= 64 ? .max : UInt64(littleEndian: (1 << bits) - 1)
    masks.second =
      bits <= 64 ? 0 : bits >= 128 ? .max : UInt64(littleEndian: (1 << (bits - 64)) - 1)
    return (time, length)
  }
}
