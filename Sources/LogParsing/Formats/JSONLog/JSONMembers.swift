import AccessLog

/// The values of the members of a line that are read.
///
/// They are found in one pass, in any order: of a key that stands twice, the last value counts, and
/// `null` is like a missing member. Members that are not read may hold anything that is valid.
struct JSONMembers: Sendable {
  /// A value within the line: what is between the quotes of a string, or any other value as it stands.
  private struct Value {
    /// The index in the line.
    var start = 0
    var count = 0
    var hasEscapes = false
  }

  private let keys = JSONKeyTable(JSONKey.names)
  private let innerKeys = JSONKeyTable(JSONKey.innerNames)
  private let headerKeys = JSONKeyTable(JSONKey.headerNames)
  /// By the raw value of the key; valid where `present` has the key.
  private var values = [Value](repeating: Value(), count: JSONKey.count)
  /// The keys of the line, as bits.
  private var present: UInt64 = 0
  /// Whether `request` is an object, as Caddy writes it.
  private(set) var hasRequestObject = false
  /// Whether a member has a name that wrappers give to the line inside them.
  private(set) var mayBeWrapper = false

  /// Reads a line.
  ///
  /// - Parameter texts: memory for keys with escapes.
  /// - Returns: `false` if the line is not a JSON object; what was read before the mistake is kept.
  /// - Complexity: O(bytes of the line).
  mutating func read(_ line: TextRange, _ texts: inout UnescapedTexts) -> Bool {
    present = 0
    hasRequestObject = false
    mayBeWrapper = false
    var scanner = JSONScanner(line)
    let isObject = readObject(&scanner, &texts) { members, scanner, texts, name in
      if let key = members.keys.key(name) {
        guard key == .request else { return members.readValue(key, &scanner) }
        return members.readRequest(&scanner, &texts)
      }
      if name.elementsEqual("log") || name.elementsEqual("MESSAGE") { members.mayBeWrapper = true }
      return scanner.skipValue()
    }
    return isObject && scanner.next() == nil
  }

  /// Reads an object by what a function does with the value of each name.
  @inline(__always)
  private mutating func readObject(
    _ scanner: inout JSONScanner, _ texts: inout UnescapedTexts,
    _ readMember: (inout JSONMembers, inout JSONScanner, inout UnescapedTexts, TextRange) -> Bool
  ) -> Bool {
    guard scanner.skip(UInt8(ascii: "{")) else { return false }
    if scanner.skip(UInt8(ascii: "}")) { return true }
    repeat {
      guard let key = scanner.literal(), scanner.skip(.colon) else { return false }
      let name = key.hasEscapes ? texts.appendJSON(key.text) : key.text
      guard readMember(&self, &scanner, &texts, name) else { return false }
    } while scanner.skip(.comma)
    return scanner.skip(UInt8(ascii: "}"))
  }

  /// Reads the request line, or the object that Caddy writes in its place.
  private mutating func readRequest(
    _ scanner: inout JSONScanner, _ texts: inout UnescapedTexts
  ) -> Bool {
    present &= ~JSONKey.innerBits
    hasRequestObject = scanner.next() == UInt8(ascii: "{")
    guard hasRequestObject else { return readValue(.request, &scanner) }
    present &= ~JSONKey.request.bit
    return readObject(&scanner, &texts) { members, scanner, texts, name in
      if name.elementsEqual("headers") { return members.readHeaders(&scanner, &texts) }
      guard let key = members.innerKeys.key(name) else { return scanner.skipValue() }
      return members.readValue(key, &scanner)
    }
  }

  private mutating func readHeaders(
    _ scanner: inout JSONScanner, _ texts: inout UnescapedTexts
  ) -> Bool {
    present &= ~(JSONKey.innerReferer.bit | JSONKey.innerUserAgent.bit)
    guard scanner.next() == UInt8(ascii: "{") else { return scanner.skipValue() }
    return readObject(&scanner, &texts) { members, scanner, _, name in
      guard let key = members.headerKeys.key(name) else { return scanner.skipValue() }
      return members.readFirst(key, &scanner)
    }
  }

  /// Reads the first element of an array.
  private mutating func readFirst(_ key: JSONKey, _ scanner: inout JSONScanner) -> Bool {
    guard scanner.skip(.openingBracket) else { return readValue(key, &scanner) }
    present &= ~key.bit
    if scanner.skip(.closingBracket) { return true }
    guard readValue(key, &scanner) else { return false }
    while scanner.skip(.comma) {
      guard scanner.skipValue() else { return false }
    }
    return scanner.skip(.closingBracket)
  }

  @inline(__always)
  private mutating func readValue(_ key: JSONKey, _ scanner: inout JSONScanner) -> Bool {
    let first = scanner.next()
    if first == .quote {
      guard let text = scanner.literal() else { return false }
      let start = scanner.cursor.text.start.distance(to: text.text.start)
      values[key.rawValue] = Value(
        start: start, count: text.text.count, hasEscapes: text.hasEscapes)
      present |= key.bit
      return true
    }
    let start = scanner.cursor.index
    guard scanner.skipValue() else { return false }
    if key.allowsNumber, first != UInt8(ascii: "n") {
      values[key.rawValue] = Value(start: start, count: scanner.cursor.index - start)
      present |= key.bit
    } else {
      present &= ~key.bit
    }
    return true
  }

  // MARK: - Values

  /// Whether the line has a member with that meaning.
  @inline(__always)
  func has(_ meaning: JSONMeaning) -> Bool { present & meaning.keys != 0 }

  /// The member with that meaning that takes precedence; `nil` if there is none.
  @inline(__always)
  func key(_ meaning: JSONMeaning) -> JSONKey? {
    JSONKey(rawValue: (present & meaning.keys).trailingZeroBitCount)
  }

  /// The value of a member of the line, without its escapes.
  @inline(__always)
  func text(of key: JSONKey, in line: TextRange, _ texts: inout UnescapedTexts) -> TextRange {
    let value = values[key.rawValue]
    let text = line[value.start..<(value.start + value.count)]
    return value.hasEscapes ? texts.appendJSON(text) : text
  }

  /// The same for the member that takes precedence; `nil` if there is none.
  @inline(__always)
  func text(
    _ meaning: JSONMeaning, in line: TextRange, _ texts: inout UnescapedTexts
  ) -> TextRange? {
    key(meaning).map { text(of: $0, in: line, &texts) }
  }
}
