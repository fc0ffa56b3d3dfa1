import AccessLog
import Glibc

// The lines that are usual in a log with the columns of the default order: quoted client, users and
// request without a quote in them, and numbers without quotes. Any other line ends the loop and is
// read in the general way, which reads these too.

extension CSVFormat {
  mutating func readUsualLines(
    _ block: UnsafePointer<UInt8>, from position: inout Int, count: Int, into batch: RecordBatch
  ) -> Int {
    guard columns == Self.defaultColumns else { return 0 }
    var lines = 0
    while position < count,
      let newline = memchr(block + position, Int32(UInt8.newline), count &- position)
    {
      let start = block + position
      var length = UnsafeRawPointer(start).distance(to: UnsafeRawPointer(newline))
      if length > 0, start[length &- 1] == .carriageReturn { length &-= 1 }
      guard length <= LogParser.lineLimit,
        readUsual(LineBytes(start: start, count: length), into: batch)
      else { break }
      position = block.distance(to: UnsafePointer(newline.assumingMemoryBound(to: UInt8.self))) &+ 1
      lines &+= 1
    }
    return lines
  }

  /// Reads a usual line.
  ///
  /// - Returns: `false` for any other line; it has no effect then.
  @inline(__always)
  private mutating func readUsual(_ line: LineBytes, into batch: RecordBatch) -> Bool {
    let start = line.start
    let count = line.count
    // The shortest: `"a","","",0,"",200,0`.
    guard count >= 20, start[0] == .quote else { return false }
    let client = ClientName.plainLength(start + 1, count: count &- 1)
    // A field of ten bytes may be the name of a column.
    guard client > 0, client != 10 || start[1] | 0x20 != UInt8(ascii: "r"),
      var index = Self.afterQuote(start, client &+ 1, count)
    else { return false }
    for _ in 0..<2 {
      guard index < count, start[index] == .quote else { return false }
      let field = index &+ 1
      let length = ByteSearch.first(.quote, in: start + field, count: count &- field)
      guard length != 10, let next = Self.afterQuote(start, field &+ length, count) else {
        return false
      }
      index = next
    }
    guard let (time, date) = epoch.read(start + index, count: count &- index) else { return false }
    let request = index &+ date &+ 2
    guard request < count, start[request &- 2] == .comma, start[request &- 1] == .quote else {
      return false
    }
    let length = ByteSearch.first(.quote, in: start + request, count: count &- request)
    guard let code = Self.afterQuote(start, request &+ length, count), code &+ 4 < count,
      start[code &+ 3] == .comma, let status = Numbers.status(start + code, count: 3),
      let (bytes, digits) = Numbers.shortNumber(start + (code &+ 4)),
      code &+ 4 &+ digits == count
    else { return false }
    LineFacts(
      time: time, status: status, statusCode: TextRange(start: start + code, count: 3),
      bytes: bytes, request: TextRange(start: start + request, count: length),
      client: TextRange(start: start + 1, count: client)
    ).addRecord(to: batch)
    return true
  }

  /// The index of the next field, if a quote and a comma are at an index.
  @inline(__always)
  private static func afterQuote(
    _ start: UnsafePointer<UInt8>, _ index: Int, _ count: Int
  ) -> Int? {
    index &+ 2 < count && start[index] == .quote && start[index &+ 1] == .comma ? index &+ 2 : nil
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
