import AccessLog

/// Parses lines of the common-log family: `client ident user [time] "request" status bytes`, which
/// may follow a virtual host and may be followed by quoted fields.
///
/// The layout is that of the Apache HTTP server's mod_log_config, `%h %l %u %t "%r" %>s %b`.
struct CommonLogReader: Sendable {
  private(set) var timestamp = Timestamp()
  private var unescaped: [UInt8] = []

  var zoneOffset: Int { timestamp.offset }

  /// Parses a line, and adds a record to the batch if it is a hit.
  ///
  /// - Parameter clientWord: the index of the word that is the client.
  @inline(__always)
  mutating func read(
    _ line: LineBytes, clientWord: Int, into batch: RecordBatch
  ) -> LineVerdict {
    let start = line.start
    let count = line.count
    guard let bracket = bracket(start, count: count),
      let client = client(start, prefix: bracket.open, word: clientWord)
    else { return .rejected(.shape) }

    let request = bracket.close &+ 3
    var quote = request
    var escaped = false
    while true {
      let rest = count &- quote
      quote &+= ByteSearch.first(.quote, or: .backslash, in: start + quote, count: rest)
      guard quote < count else { return .rejected(.shape) }
      if start[quote] == .quote { break }
      escaped = true
      quote &+= 2
      guard quote < count else { return .rejected(.shape) }
    }

    let statusStart = quote &+ 2
    guard statusStart < count, start[quote &+ 1] == .space else { return .rejected(.shape) }
    let statusEnd = wordEnd(start, from: statusStart, to: count)
    let bytesStart = statusEnd &+ 1
    guard statusEnd > statusStart, bytesStart < count else { return .rejected(.shape) }
    let bytesEnd = wordEnd(start, from: bytesStart, to: count)
    guard bytesEnd > bytesStart else { return .rejected(.shape) }

    guard
      let time = timestamp.read(
        start + (bracket.open &+ 1), count: bracket.close &- bracket.open &- 1)
    else { return .rejected(.time) }
    guard let status = Numbers.status(start + statusStart, count: statusEnd &- statusStart)
    else { return .rejected(.status) }
    guard let bytes = Numbers.bytes(start + bytesStart, count: bytesEnd &- bytesStart)
    else { return .rejected(.bytes) }

    var facts = LineFacts(
      time: time, status: status, bytes: bytes,
      request: TextRange(start: start + request, count: quote &- request),
      client: TextRange(start: start + client.lowerBound, count: client.count))
    if escaped {
      addUnescaped(&facts, to: batch)
    } else {
      facts.addRecord(to: batch)
    }
    return .hit
  }

  /// Whether two quoted fields follow the bytes field, as in the combined format.
  static func hasReferrerThenAgent(_ line: LineBytes) -> Bool {
    let bytes = UnsafeBufferPointer(start: line.start, count: line.count)
    // After the request: space, status, space, bytes, space, quote.
    guard let opening = bytes.indices.first(where: { isBracketEnd(bytes, at: $0) }),
      let request = closingQuote(bytes, after: opening + 3)
    else { return false }
    var index = request + 2
    for _ in 0..<2 {
      while index < bytes.count, bytes[index] != .space { index += 1 }
      index += 1
    }
    guard index < bytes.count, bytes[index] == .quote,
      let referrer = closingQuote(bytes, after: index + 1)
    else { return false }
    return referrer + 2 < bytes.count && bytes[referrer + 1] == .space
      && bytes[referrer + 2] == .quote
  }

  private static func isBracketEnd(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
    index + 2 < bytes.count && bytes[index] == UInt8(ascii: "]") && bytes[index + 1] == .space
      && bytes[index + 2] == .quote
  }

  /// The index of the first quote from `first` on that is not escaped.
  static func closingQuote(_ bytes: UnsafeBufferPointer<UInt8>, after first: Int) -> Int? {
    var index = first
    while index < bytes.count {
      if bytes[index] == .quote { return index }
      index += bytes[index] == .backslash ? 2 : 1
    }
    return nil
  }

  /// The index of the space that ends the word at `first`, or `end`.
  @inline(__always)
  func wordEnd(_ start: UnsafePointer<UInt8>, from first: Int, to end: Int) -> Int {
    var index = first
    while index < end, start[index] != .space { index &+= 1 }
    return index
  }

  /// The indices of the first `[...]` that is followed by ` "`.
  @inline(__always)
  func bracket(
    _ start: UnsafePointer<UInt8>, count: Int
  ) -> (open: Int, close: Int)? {
    var from = 0
    while true {
      let open =
        from &+ ByteSearch.first(UInt8(ascii: "["), in: start + from, count: count &- from)
      guard open < count else { return nil }
      var close = open &+ Timestamp.count &+ 1
      // The bracket almost always closes where a timestamp ends.
      if close >= count || start[close] != UInt8(ascii: "]")
        || ByteSearch.first(UInt8(ascii: "]"), in: start + open, count: close &- open)
          < close &- open
      {
        close =
          open &+ ByteSearch.first(UInt8(ascii: "]"), in: start + open, count: count &- open)
      }
      guard close &+ 2 < count else { return nil }
      if start[close &+ 1] == .space, start[close &+ 2] == .quote { return (open, close) }
      from = close &+ 1
    }
  }

  /// The range of the client in `words... user `, the line up to the bracket. The user may contain
  /// spaces.
  ///
  /// - Parameters:
  ///   - prefix: the length of that part.
  ///   - clientWord: the index of the word that is the client.
  @inline(__always)
  func client(
    _ start: UnsafePointer<UInt8>, prefix: Int, word clientWord: Int
  ) -> Range<Int>? {
    var client = 0..<0
    var index = 0
    for word in 0...(clientWord &+ 1) {
      let first = index
      while index < prefix, start[index] != .space { index &+= 1 }
      guard index > first, index < prefix else { return nil }
      if word == clientWord { client = first..<index }
      index &+= 1
    }
    // The user is what remains up to the space before the bracket; it may be empty.
    guard prefix > index, start[prefix &- 1] == .space else { return nil }
    return client
  }

  /// Adds the record after replacing `\"` and `\\` in the request with the second character. Every
  /// other backslash is an ordinary character.
  private mutating func addUnescaped(_ facts: inout LineFacts, to batch: RecordBatch) {
    let (start, count) = (facts.request.start, facts.request.count)
    unescaped.removeAll(keepingCapacity: true)
    var index = 0
    while index < count {
      if start[index] == .backslash, index + 1 < count,
        start[index + 1] == .quote || start[index + 1] == .backslash
      {
        index += 1
      }
      unescaped.append(start[index])
      index += 1
    }
    facts.request.count = unescaped.count
    unescaped.append(contentsOf: repeatElement(0, count: LineBytes.padding))
    unescaped.withUnsafeBufferPointer { buffer in
      // Not empty: it contains the padding.
      facts.request.start = buffer.baseAddress!
      facts.addRecord(to: batch)
    }
  }
}
