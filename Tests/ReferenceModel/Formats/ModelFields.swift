private let quote = UInt8(ascii: "\"")
private let space = UInt8(ascii: " ")

/// The fields of a line that spaces separate: words, texts in quotes, and texts in brackets.
struct ModelFields {
  private var rest: [UInt8]

  /// - Parameter line: spaces before the first field are dropped.
  init(_ line: [UInt8]) {
    rest = Array(line.drop { $0 == space })
  }

  /// Reads the next word.
  mutating func word() -> [UInt8]? {
    guard let (word, after) = firstWord(rest) else { return nil }
    rest = after
    return word
  }

  /// Reads so many words.
  mutating func words(_ count: Int) -> [[UInt8]]? {
    var words: [[UInt8]] = []
    for _ in 0..<count {
      guard let word = word() else { return nil }
      words.append(word)
    }
    return words
  }

  /// Reads the text in quotes that is next, without its escapes. An unclosed one ends with the line.
  ///
  /// - Parameter hasEscapes: whether a quote may be escaped with a backslash.
  mutating func quoted(hasEscapes: Bool = true) -> [UInt8]? {
    let start = Array(rest.drop { $0 == space })
    guard start.first == quote else { return nil }
    let text = Array(start.dropFirst())
    let end = (hasEscapes ? endOfQuotedString(text) : text.firstIndex(of: quote)) ?? text.count
    rest = Array(text.dropFirst(end + 1))
    return hasEscapes ? withoutEscapes(Array(text[..<end])) : Array(text[..<end])
  }

  /// Reads the request in quotes that is next, which a status follows.
  mutating func requestBeforeStatus() -> [UInt8]? {
    let start = Array(rest.drop { $0 == space })
    guard start.first == quote else { return nil }
    let text = Array(start.dropFirst())
    guard let end = requestEnd(text) else { return nil }
    rest = Array(text[(end + 1)...])
    return withoutEscapes(Array(text[..<end]))
  }

  /// Reads the text in brackets that is next and begins with a text.
  mutating func bracketed(_ start: String = "") -> [UInt8]? {
    let text = Array(rest.drop { $0 == space })
    guard text.starts(with: Array("[\(start)".utf8)),
      let end = text.firstIndex(of: UInt8(ascii: "]"))
    else { return nil }
    rest = Array(text[(end + 1)...])
    return Array(text[(1 + start.utf8.count)..<end])
  }
}
