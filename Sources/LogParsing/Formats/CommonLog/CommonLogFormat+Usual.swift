import AccessLog
import Glibc

// The lines that most servers write nearly always: a client that is nothing but an address or a
// name, no identity, single spaces, no backslash in the request. They are read here, one after the
// other; any other line ends the loop and is read in the general way, which reads these too.

extension CommonLogFormat {
  mutating func readUsualLines(
    _ block: UnsafePointer<UInt8>, from position: inout Int, count: Int, into batch: RecordBatch
  ) -> Int {
    var lines = 0
    while position < count,
      let newline = memchr(block + position, Int32(UInt8.newline), count &- position)
    {
      let start = block + position
      var length = UnsafeRawPointer(start).distance(to: UnsafeRawPointer(newline))
      if length > 0, start[length &- 1] == .carriageReturn { length &-= 1 }
      guard length <= LogParser.lineLimit, start[0] != UInt8(ascii: "<"),
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
    let client = ClientName.plainLength(start, count: count)
    guard client &+ 3 < count, client > 0, start[client] == .space,
      start[client &+ 1] == .hyphen, start[client &+ 2] == .space
    else { return false }

    let user = client &+ 3
    let open = user &+ ByteSearch.first(.openingBracket, in: start + user, count: count &- user)
    let close = open &+ Timestamp.count &+ 1
    guard close &+ 2 < count, start[open &- 1] == .space, start[close] == .closingBracket,
      start[close &+ 1] == .space, start[close &+ 2] == .quote,
      let time = timestamp.readUsual(start + (open &+ 1))
    else { return false }

    let request = close &+ 3
    let quote =
      request
      &+ ByteSearch.first(.quote, or: .backslash, in: start + request, count: count &- request)
    let size = quote &+ 6
    guard size < count, start[quote] == .quote, start[quote &+ 1] == .space,
      start[quote &+ 5] == .space, let status = Numbers.status(start + (quote &+ 2), count: 3),
      let bytes = Numbers.shortBytes(start + size, count: count &- size)
    else { return false }
    LineFacts(
      time: time, status: status, statusCode: TextRange(start: start + (quote &+ 2), count: 3),
      bytes: bytes, request: TextRange(start: start + request, count: quote &- request),
      client: TextRange(start: start, count: client)
    ).addRecord(to: batch)
    return true
  }
}
