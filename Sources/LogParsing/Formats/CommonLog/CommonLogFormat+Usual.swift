import AccessLog
import Glibc

// The lines that most servers write nearly always: a client that is nothing but an address or a
// name, no identity, single spaces, no backslash in the request. They are read here, one after the
// other; any other line ends the loop and is read in the general way, which reads these too.
//
// Where a line ends is not known before it is read: no search goes past a newline.

extension CommonLogFormat {
  mutating func readUsualLines(
    _ block: UnsafePointer<UInt8>, from position: inout Int, count: Int, into batch: RecordBatch
  ) -> Int {
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
    let client = ClientName.plainLength(start, count: count)
    guard client &+ 64 < count, client > 0, start[0] != UInt8(ascii: "<"),
      Self.beginsIdentity(start + client)
    else { return nil }

    let user = client &+ 3
    let open =
      user
      &+ ByteSearch.first(.openingBracket, or: .newline, in: start + user, count: count &- user)
    let close = open &+ Timestamp.count &+ 1
    guard close &+ 12 < count, start[open] == .openingBracket, start[open &- 1] == .space,
      Self.endsTime(start + close), let time = timestamp.readUsual(start + (open &+ 1))
    else { return nil }

    let request = close &+ 3
    let quote =
      request &+ ByteSearch.endOfQuotedText(in: start + request, count: count &- request)
    let size = quote &+ 6
    guard size &+ 8 < count, start[quote] == .quote, start[quote &+ 1] == .space,
      start[quote &+ 5] == .space, let status = Numbers.status(start + (quote &+ 2), count: 3),
      let (bytes, digits) = Numbers.shortBytes(start + size),
      let length = Self.lineLength(start, from: size &+ digits, count)
    else { return nil }
    LineFacts(
      time: time, status: status, statusCode: TextRange(start: start + (quote &+ 2), count: 3),
      bytes: bytes, request: TextRange(start: start + request, count: quote &- request),
      client: TextRange(start: start, count: client)
    ).addRecord(to: batch)
    return length
  }

  /// Whether ` - ` follows the client.
  @inline(__always)
  private static func beginsIdentity(_ text: UnsafePointer<UInt8>) -> Bool {
    let word = UInt32(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt32.self))
    return word & 0x00FF_FFFF == 0x0020_2D20
  }

  /// Whether `] "` follows the time.
  @inline(__always)
  private static func endsTime(_ text: UnsafePointer<UInt8>) -> Bool {
    let word = UInt32(littleEndian: UnsafeRawPointer(text).loadUnaligned(as: UInt32.self))
    return word & 0x00FF_FFFF == 0x0022_205D
  }

  /// The length of the line with its newline, if a space or the end of the line is at `index` and the
  /// line is not too long.
  @inline(__always)
  private static func lineLength(
    _ start: UnsafePointer<UInt8>, from index: Int, _ count: Int
  ) -> Int? {
    let byte = start[index]
    guard byte == .space || byte == .newline || byte == .carriageReturn,
      let newline = memchr(start + index, Int32(UInt8.newline), count &- index)
    else { return nil }
    let length = UnsafeRawPointer(start).distance(to: UnsafeRawPointer(newline)) &+ 1
    // Within a line, a carriage return is a byte like any other.
    guard length <= LogParser.lineLimit, byte != .carriageReturn || length == index &+ 2 else {
      return nil
    }
    return length
  }
}
