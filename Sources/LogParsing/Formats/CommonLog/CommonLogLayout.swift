import AccessLog

/// The fields of a line of the common-log family, found but not read. *Spaces* stands for one or
/// more.
struct CommonLogLayout {
  /// The virtual host that begins the line, if one does.
  let virtualHost: TextRange?
  /// A client, or a list of them.
  let client: TextRange
  /// Whether it is a list in quotes, even if of a single client.
  let isList: Bool
  /// What stands between the identity and the time; it may hold spaces, or be empty.
  let user: TextRange
  /// What the brackets hold.
  let time: TextRange
  let tail: CommonLogTail

  /// Finds the fields; `nil` if the line has another shape.
  ///
  /// - Complexity: O(bytes of the line).
  init?(_ line: LineBytes) {
    var text = TextRange(line)
    text = text.from(text.skip(.space, from: 0))
    guard let brackets = TimeBrackets(text) else { return nil }
    let quoted = text.first == .quote
    let list = quoted ? text.prefix(brackets.open).firstIndex(of: .quote, from: 1) : nil
    // A quote before the whole line, which has its partner at the very end.
    let isQuotedLine = quoted && list == nil
    if isQuotedLine, text.last == .quote { text.count -= 1 }
    let first = isQuotedLine ? 1 : 0
    guard let prefix = CommonLogPrefix(text[first..<brackets.open], listEnd: list),
      let tail = CommonLogTail(text, request: brackets.request)
    else { return nil }
    virtualHost = prefix.virtualHost
    (client, isList) = (prefix.client, list != nil)
    user = prefix.user
    time = text[(brackets.open + 1)..<brackets.close]
    self.tail = tail
  }
}

/// What follows the time: `"request" status bytes`, and the rest of the line.
struct CommonLogTail {
  /// With its escapes.
  let request: TextRange
  let status: TextRange
  let bytes: TextRange
  private let rest: TextRange

  /// Finds the fields; `nil` if one of them is missing.
  ///
  /// - Parameter first: the index of the first byte of the request.
  init?(_ text: TextRange, request first: Int) {
    guard first <= text.count, let end = RequestEnd.find(in: text, from: first) else { return nil }
    let statusRange = text.word(from: end + 1)
    let bytesRange = text.word(from: statusRange.upperBound)
    guard !bytesRange.isEmpty else { return nil }
    request = text[first..<end]
    status = text[statusRange]
    bytes = text[bytesRange]
    rest = text.from(bytesRange.upperBound)
  }

  /// The two quoted fields of the combined format, with their escapes; `nil` if they do not follow. An
  /// unclosed last quote ends with the line.
  var referrerAndAgent: (referrer: TextRange, agent: TextRange)? {
    let referrer = rest.skip(.space, from: 0)
    guard referrer > 0, referrer < rest.count, rest[referrer] == .quote,
      let end = RequestEnd.firstUnescaped(in: rest, from: referrer + 1)
    else { return nil }
    let agent = rest.skip(.space, from: end + 1)
    guard agent > end + 1, agent < rest.count, rest[agent] == .quote else { return nil }
    let agentEnd = RequestEnd.firstUnescaped(in: rest, from: agent + 1) ?? rest.count
    return (rest[(referrer + 1)..<end], rest[(agent + 1)..<agentEnd])
  }
}

/// The brackets around the time: the first that hold no other bracket and are followed by spaces
/// and a quote.
struct TimeBrackets {
  let open: Int
  let close: Int
  /// The index of the first byte of the request.
  let request: Int

  /// - Complexity: O(bytes of the line).
  init?(_ text: TextRange) {
    var from = 0
    while let open = text.firstIndex(of: .openingBracket, from: from) {
      let inside = text.from(open + 1)
      let close =
        open + 1
        + ByteSearch.first(
          .openingBracket, or: .closingBracket, in: inside.start, count: inside.count)
      guard close < text.count else { return nil }
      from = close
      guard text[close] == .closingBracket else { continue }
      from = close + 1
      let quote = text.skip(.space, from: close + 1)
      if quote > close + 1, quote < text.count, text[quote] == .quote {
        (self.open, self.close, request) = (open, close, quote + 1)
        return
      }
    }
    return nil
  }
}

/// What stands before the time: `[virtual host] client ident user `. The user may hold spaces or be
/// missing.
struct CommonLogPrefix {
  let client: TextRange
  let virtualHost: TextRange?
  let user: TextRange

  /// - Parameters:
  ///   - text: the line up to the bracket.
  ///   - listEnd: the index of the quote that ends a list of clients, which the first byte begins.
  /// - Returns: `nil` if fewer than two words stand there, or no space follows them.
  init?(_ text: TextRange, listEnd: Int?) {
    let first = text.word(from: 0)
    let second = text.word(from: first.upperBound)
    guard !second.isEmpty, text.last == .space else { return nil }
    if let listEnd {
      virtualHost = nil
      client = text[1..<listEnd]
      user = Self.user(in: text, from: listEnd + 1)
      return
    }
    let hasVirtualHost = Self.isVirtualHost(text[first], before: text[second], Self.words(text))
    virtualHost = hasVirtualHost ? text[first] : nil
    let clients = Self.list(in: text, from: hasVirtualHost ? second : first)
    client = text[clients]
    user = Self.user(in: text, from: clients.upperBound)
  }

  /// What stands behind the identity, which is the next word, without the spaces around it.
  private static func user(in text: TextRange, from index: Int) -> TextRange {
    text.from(text.word(from: index).upperBound).trimming(.space)
  }

  /// Whether the first word is a virtual host: it names a port, or the next word is rather the
  /// client.
  private static func isVirtualHost(
    _ word: TextRange, before next: TextRange, _ words: Int
  ) -> Bool {
    guard words >= 4, word.last != .comma else { return false }
    if !next.elementsEqual("-"), ClientName.namesPort(word) { return true }
    return ClientName.isAddress(next)
      || (next.firstIndex(of: .dot) != nil && !ClientName.isAddress(word))
  }

  /// The number of words, counted up to four.
  private static func words(_ text: TextRange) -> Int {
    var words = 0
    var word = text.word(from: 0)
    while !word.isEmpty, words < 4 {
      words += 1
      word = text.word(from: word.upperBound)
    }
    return words
  }

  /// The word, and the following ones as long as the last one ends in a comma.
  private static func list(in text: TextRange, from first: Range<Int>) -> Range<Int> {
    var last = first
    while text[last].last == .comma {
      let next = text.word(from: last.upperBound)
      guard !next.isEmpty else { break }
      last = next
    }
    return first.lowerBound..<last.upperBound
  }
}
