import AccessLog

/// What the common-log family shares: `client ident user [time] "request" status bytes`, with a
/// virtual host before it or quoted fields after it.
///
/// The layout is that of the Apache HTTP server's mod_log_config, `%h %l %u %t "%r" %>s %b`.
struct CommonLogReader: Sendable {
  private(set) var timestamp = Timestamp()
  private var unescaped: [UInt8] = []

  var zoneOffset: Int { timestamp.offset }

  /// Reads one line.
  ///
  /// - Parameter clientWord: which word, counted from 0, is the client.
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
    let statusEnd = word(start, from: statusStart, to: count)
    let bytesStart = statusEnd &+ 1
    guard statusEnd > statusStart, bytesStart < count else { return .rejected(.shape) }
    let bytesEnd = word(start, from: bytesStart, to: count)
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

  /// Whether two quoted fields follow the bytes, as in the combined format.
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

  static func closingQuote(_ bytes: UnsafeBufferPointer<UInt8>, after first: Int) -> Int? {
    var index = first
    while index < bytes.count {
      if bytes[index] == .quote { return index }
      index += bytes[index] == .backslash ? 2 : 1
    }
    return nil
  }

  @inline(__always)
  func word(_ start: UnsafePointer<UInt8>, from first: Int, to end: Int) -> Int {
    var index = first
    while index < end, start[index] != .space { index &+= 1 }
    return index
  }

  /// The first `[...]` that is followed by ` "`.
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
      // Almost always the bracket closes where a timestamp ends.
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

  /// The client's place in `words... user `, where the words have no spaces and the user may.
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
    // The user is what is left before the space in front of the bracket; it may be empty.
    guard prefix > index, start[prefix &- 1] == .space else { return nil }
    return client
  }

  /// Resolves the escapes of the request: `\"` and `\\` stand for the bare character; every other
  /// backslash stands for itself.
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
      // It holds the padding at least.
      facts.request.start = buffer.baseAddress!
      facts.addRecord(to: batch)
    }
  }
}

/// A format of the family: where its client stands, and how it is told from the others.
protocol CommonLogFamily: LogFormat {
  /// Which word, counted from 0, is the client.
  static var clientWord: Int { get }
  var reader: CommonLogReader { get set }
}

extension CommonLogFamily {
  package var zoneOffset: Int { reader.zoneOffset }

  package mutating func read(
    _ line: LineBytes, into batch: RecordBatch
  ) -> LineVerdict {
    reader.read(line, clientWord: Self.clientWord, into: batch)
  }
}

/// The common log format of the Apache HTTP server and NCSA httpd before it.
package struct CommonFormat: CommonLogFamily {
  package static let name = "common"
  package static let summary =
    "Common log format: client ident user [time] \"request\" status bytes"
  static let clientWord = 0

  var reader = CommonLogReader()

  package init() {}

  package func claims(_ line: LineBytes) -> Bool { true }
}

/// The combined log format: the common one, then referrer and user agent. nginx's default.
package struct CombinedFormat: CommonLogFamily {
  package static let name = "combined"
  package static let summary = "Combined log format: common, then \"referrer\" \"user agent\""
  static let clientWord = 0

  var reader = CommonLogReader()

  package init() {}

  package func claims(_ line: LineBytes) -> Bool {
    CommonLogReader.hasReferrerThenAgent(line)
  }
}

/// The combined log format with the virtual host in front, Debian's `vhost_combined`.
package struct VCombinedFormat: CommonLogFamily {
  package static let name = "vcombined"
  package static let summary = "Combined log format after a virtual host: host[:port] client ..."
  static let clientWord = 1

  var reader = CommonLogReader()

  package init() {}

  /// The second word is an address or a host name, where the combined format has the identity that
  /// nobody fills in any more; or it is anything but `-`, and the first names a port.
  package func claims(_ line: LineBytes) -> Bool {
    let words = UnsafeBufferPointer(start: line.start, count: line.count)
      .split(separator: .space, maxSplits: 2, omittingEmptySubsequences: false)
    guard words.count > 2 else { return false }
    return words[1].contains(UInt8(ascii: ".")) || words[1].contains(UInt8(ascii: ":"))
      || (!words[1].elementsEqual("-".utf8) && Self.namesPort(words[0]))
  }

  /// `host:port`; more colons are those of an IPv6 address.
  private static func namesPort(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && (1...5).contains(parts[1].count)
      && parts[1].allSatisfy { (.zero...UInt8(ascii: "9")).contains($0) }
  }
}
