import AccessLog

// The lines that are usual in a log with the columns of the default order: quoted client, users and
// request without a quote in them, and numbers without quotes. Any other line ends the loop and is
// read in the general way, which reads these too.
//
// Where a line ends is not known before it is read: no search goes past a newline.

extension CSVFormat {
  mutating func readUsualLines(
    _ block: UnsafePointer<UInt8>, from position: inout Int, count: Int, into batch: RecordBatch
  ) -> Int {
    guard columns == Self.defaultColumns else { return 0 }
    var lines = 0
    while position < count, let end = readUsual(block + position, count &- position, into: batch) {
      position &+= end
      lines &+= 1
    }
    return lines
  }

  /// Reads a usual line.
  ///
  /// - Parameter count: the bytes from the start of the line to the end of the block.
  /// - Returns: the length of the line with its newline; `nil` for any other line, which has no effect
  ///   then.
  @inline(__always)
  private mutating func readUsual(
    _ start: UnsafePointer<UInt8>, _ count: Int, into batch: RecordBatch
  ) -> Int? {
    guard count >= 64, start[0] == .quote else { return nil }
    let client = ClientName.plainLength(start + 1, count: count &- 1)
    // A field of ten bytes may be the name of a column.
    guard client > 0, client &+ 64 < count, client != 10 || start[1] | 0x20 != UInt8(ascii: "r"),
      let date = Self.endOfUsers(start, client &+ 1, count),
      let (time, digits) = epoch.read(start + date, count: count &- date)
    else { return nil }
    let request = date &+ digits &+ 2
    guard request &+ 16 < count, start[request &- 2] == .comma, start[request &- 1] == .quote else {
      return nil
    }
    let length = ByteSearch.first(
      .quote, or: .newline, in: start + request, count: count &- request)
    let code = request &+ length &+ 2
    guard code &+ 13 < count, start[code &- 2] == .quote, start[code &- 1] == .comma,
      start[code &+ 3] == .comma, let status = Numbers.status(start + code, count: 3),
      let (bytes, sizeDigits) = Numbers.shortNumber(start + (code &+ 4)),
      let end = Self.lineLength(start, code &+ 4 &+ sizeDigits)
    else { return nil }
    LineFacts(
      time: time, status: status, statusCode: TextRange(start: start + code, count: 3),
      bytes: bytes, request: TextRange(start: start + request, count: length),
      client: TextRange(start: start + 1, count: client)
    ).addRecord(to: batch)
    return end
  }

  /// The index of the date, given that of the quote that ends the client.
  @inline(__always)
  private static func endOfUsers(
    _ start: UnsafePointer<UInt8>, _ quote: Int, _ count: Int
  ) -> Int? {
    let text = UnsafeRawPointer(start + quote)
    let first = UInt64(littleEndian: text.loadUnaligned(as: UInt64.self))
    let rest = UInt16(littleEndian: text.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    if first == noUsers, rest == 0x2C22 { return quote &+ 10 }
    guard start[quote] == .quote, start[quote &+ 1] == .comma else { return nil }
    return endOfField(start, quote &+ 2, count).flatMap { endOfField(start, $0, count) }
  }

  /// `","-","-`
  private static var noUsers: UInt64 { 0x2D22_2C22_2D22_2C22 }

  /// The index behind a quoted field and its comma.
  @inline(__always)
  private static func endOfField(
    _ start: UnsafePointer<UInt8>, _ index: Int, _ count: Int
  ) -> Int? {
    guard index &+ 2 < count, start[index] == .quote else { return nil }
    let field = index &+ 1
    let length = ByteSearch.first(.quote, or: .newline, in: start + field, count: count &- field)
    let end = field &+ length
    guard length != 10, end &+ 1 < count, start[end] == .quote, start[end &+ 1] == .comma else {
      return nil
    }
    return end &+ 2
  }

  /// The length of the line with its newline, if the line ends at an index and is not too long.
  @inline(__always)
  private static func lineLength(_ start: UnsafePointer<UInt8>, _ index: Int) -> Int? {
    guard index <= LogParser.lineLimit else { return nil }
    if start[index] == .newline { return index &+ 1 }
    let isEnd = start[index] == .carriageReturn && start[index &+ 1] == .newline
    return isEnd ? index &+ 2 : nil
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
  mutating func read(_ start: UnsafePointer<UInt8>, count: Int) -> (EpochSecond, Int)? {
    let bytes = UnsafeRawPointer(start)
    let first = bytes.loadUnaligned(as: UInt64.self)
    let second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    if length > 0, (first ^ cached.first) & masks.first == 0,
      (second ^ cached.second) & masks.second == 0, length < count
    {
      return (time, length)
    }
    return readNew(start, count: count, first, second)
  }

  private mutating func readNew(
    _ start: UnsafePointer<UInt8>, count: Int, _ first: UInt64, _ second: UInt64
  ) -> (EpochSecond, Int)? {
    var digits = 0
    while digits < 16, digits < count, start[digits].isDigit { digits += 1 }
    guard (1...15).contains(digits), digits < count, start[digits] == .comma,
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
