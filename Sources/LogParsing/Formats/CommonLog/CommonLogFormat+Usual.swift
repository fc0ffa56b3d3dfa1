import AccessLog

// The lines that most servers write nearly always: a client that is nothing but an address or a
// name, no identity, single spaces, no backslash in the request. They are read here, one after the
// other; any other line ends the loop and is read in the general way, which reads these too.
//
// Every search ends at a newline.

extension CommonLogFormat {
  mutating func readUsualLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    wantsExtras || batch.wantsMore
      ? readFullLines(&lines, from: &position, into: batch)
      : readPlainLines(&lines, from: &position, into: batch)
  }

  /// Reads usual lines of which nothing is wanted but what makes a record, and the latency. The loop holds
  /// nothing else.
  private mutating func readPlainLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    let block = lines.block
    return lines.forEach(from: &position) { start, newline in
      readUsual(block + start, newline &- start, isPlain: true, into: batch)
    }
  }

  private mutating func readFullLines(
    _ lines: inout BlockLines, from position: inout Int, into batch: RecordBatch
  ) -> Int {
    let block = lines.block
    return lines.forEach(from: &position) { start, newline in
      readUsual(block + start, newline &- start, isPlain: false, into: batch)
    }
  }

  /// Reads a usual line.
  ///
  /// - Parameters:
  ///   - count: the bytes of the line before its newline.
  ///   - isPlain: whether nothing is wanted but what makes a record, and the latency.
  /// - Returns: `false` for any other line, which has no effect then.
  @inline(__always)
  private mutating func readUsual(
    _ start: UnsafePointer<UInt8>, _ count: Int, isPlain: Bool, into batch: RecordBatch
  ) -> Bool {
    guard count <= LogParser.lineLimit, start[0] != UInt8(ascii: "<"),
      let beginning = Self.beginning(start, count)
    else { return false }
    let (client, open) = (beginning.client, beginning.open)
    // Nothing is read behind the last line: the time and its end are shorter than the padding.
    guard Self.endsTime(open + Timestamp.count + 1), let time = timestamp.readUsual(open + 1)
    else { return false }

    let request = open + Timestamp.count + 4
    let length = LineSearch.endOfQuotedText(
      in: request, count: count &- start.distance(to: request))
    let quote = request + length
    guard let status = Numbers.statusBehindQuote(quote),
      let (bytes, digits) = Numbers.shortBytes(quote + 6),
      Self.endsSize(quote + 6 + digits)
    else { return false }
    let facts = LineFacts(
      time: time, status: status, bytes: bytes,
      request: RequestLine(TextRange(start: request, count: length)),
      client: client)
    let latency = Self.latency(start, count)
    if isPlain {
      if let latency { Self.add(latency, to: batch) }
      facts.addUsualRecord(to: batch)
      return true
    }
    var extras = LineExtras()
    if let latency { extras.latency = latency }
    let user = client.start + client.count + 3
    extras.host = TextRange(start: start, count: max(0, start.distance(to: client.start) &- 1))
    extras.user = TextRange(start: user, count: max(0, user.distance(to: open) - 1))
    if extras.user.first == .space || extras.user.last == .space { return false }
    if wantsTail {
      guard Self.readTail(quote + 6 + digits, into: &extras) else { return false }
    }
    facts.addRecord(extras, to: batch)
    return true
  }

  /// What precedes the time.
  private struct Beginning {
    let client: TextRange
    /// The bracket before the time.
    let open: UnsafePointer<UInt8>
  }

  /// The beginning of a line: nearly always a client and ` - - [`.
  @inline(__always)
  private static func beginning(_ start: UnsafePointer<UInt8>, _ count: Int) -> Beginning? {
    let length = ClientName.plainLength(start, inLine: count)
    let end = start + length
    let word = UInt64(littleEndian: UnsafeRawPointer(end).loadUnaligned(as: UInt64.self))
    if length > 0, word & 0xFFFF_FFFF_FFFF == 0x5B20_2D20_2D20 {
      return Beginning(client: TextRange(start: start, count: length), open: end + 5)
    }
    return rarerBeginning(start, count, length)
  }

  /// The same with a user, or behind a virtual host.
  ///
  /// - Parameter length: that of a plain client that begins the line.
  @inline(never)
  private static func rarerBeginning(
    _ start: UnsafePointer<UInt8>, _ count: Int, _ length: Int
  ) -> Beginning? {
    let isClient = length > 0 && beginsIdentity(start + length)
    let first = TextRange(start: start, count: length)
    guard let client = isClient ? first : clientBehindHost(start, count) else { return nil }
    let user = client.start + client.count + 3
    let open = user + LineSearch.first(.openingBracket, in: user)
    // A host would be the client of a line without a user.
    guard client.start == start || user[0] != .space && open > user else { return nil }
    guard open[0] == .openingBracket, open[-1] == .space else { return nil }
    return Beginning(client: client, open: open)
  }

  /// The client behind a name with a port. No wrapper begins with that: a letter, which begins no time
  /// in digits, and a colon within the word; nor does such a line hold a tag, which would end in a
  /// colon.
  private static func clientBehindHost(
    _ start: UnsafePointer<UInt8>, _ count: Int
  ) -> TextRange? {
    let colon = LineSearch.firstOutsideName(in: start)
    guard start[0].isLetter, start[colon] == .colon else { return nil }
    let digits = Numbers.digits(start + colon + 1)
    let host = colon &+ 1 &+ digits
    guard (1...5).contains(digits), start[host] == .space else { return nil }
    let client = start + host + 1
    let length = ClientName.plainLength(client, inLine: count &- host &- 1)
    guard length > 0, beginsIdentity(client + length), client[length &- 1] != .colon,
      length > 1 || client[0] != .hyphen
    else { return nil }
    return TextRange(start: client, count: length)
  }

  /// Reads the referrer and the user agent behind the size.
  ///
  /// - Returns: `false` if they do not follow in the usual way.
  @inline(__always)
  private static func readTail(_ end: UnsafePointer<UInt8>, into extras: inout LineExtras) -> Bool {
    guard end[0] == .space, end[1] == .quote else { return false }
    let referrer = TextRange(start: end + 2, count: LineSearch.endOfLongQuotedText(in: end + 2))
    let next = referrer.start + referrer.count
    guard next[0] == .quote, next[1] == .space, next[2] == .quote else { return false }
    let agent = TextRange(start: next + 3, count: LineSearch.endOfLongQuotedText(in: next + 3))
    guard agent.start[agent.count] == .quote else { return false }
    (extras.referrer, extras.agent) = (referrer, agent)
    return true
  }

  /// The time to answer in microseconds, if the line ends like one of Traefik.
  @inline(__always)
  private static func latency(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
    let last = start[count &- 1]
    guard last == UInt8(ascii: "s") || last == .carriageReturn else { return nil }
    return TraefikTail.latency(endOf: TextRange(start, line: 0, count))
  }

  /// Sets the latency of the record that is added next.
  @inline(never)
  private static func add(_ latency: Int64, to batch: RecordBatch) {
    batch.setLatency(min(latency, LatencyScale.greatest))
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

  /// Whether a space or the end of the line follows the size.
  @inline(__always)
  private static func endsSize(_ end: UnsafePointer<UInt8>) -> Bool {
    // Within a line, a carriage return is a byte like any other.
    end[0] == .space || end[0] == .newline || (end[0] == .carriageReturn && end[1] == .newline)
  }
}
