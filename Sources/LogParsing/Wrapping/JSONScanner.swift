import AccessLog

/// A position in JSON text (RFC 8259) that moves over values without building them. Bytes that are
/// not UTF-8 are accepted within strings.
///
/// Each method returns `nil` or `false` where the text is not valid there.
struct JSONScanner {
  /// The depth of nested arrays and objects above which text counts as invalid.
  private static let depthLimit = 500

  var cursor: ByteCursor

  init(_ text: TextRange) {
    cursor = ByteCursor(text)
  }

  /// The first byte of the next value or punctuation mark, after white space (RFC 8259 section 2).
  /// There may be newlines in what a wrapper holds.
  mutating func next() -> UInt8? {
    while let byte = cursor.next,
      byte == .space || byte == .tab || byte == .carriageReturn || byte == .newline
    {
      cursor.index += 1
    }
    return cursor.next
  }

  /// Moves over a punctuation mark if it is next.
  mutating func skip(_ mark: UInt8) -> Bool {
    guard next() == mark else { return false }
    cursor.index += 1
    return true
  }

  /// Whether nothing follows, not even white space.
  var isAtEnd: Bool { cursor.isAtEnd }

  /// Moves over a string.
  ///
  /// - Returns: what is between its quotes, with its escapes.
  mutating func string() -> TextRange? { literal()?.text }

  /// Moves over a string.
  ///
  /// - Returns: what is between its quotes, and whether there are escapes in it.
  @inline(__always)
  mutating func literal() -> (text: TextRange, hasEscapes: Bool)? {
    // Most are short, and nothing precedes them.
    let (text, quote) = (cursor.text, cursor.index)
    if quote < text.count, text.start[quote] == .quote {
      let bytes = UnsafeRawPointer(text.start + quote + 1).loadUnaligned(as: SIMD16<UInt8>.self)
      let count = ByteSearch.endOfJSONText(in: bytes)
      let end = quote &+ 1 &+ count
      if count < 16, end < text.count, text.start[end] == .quote {
        cursor.index = end &+ 1
        return (TextRange(start: text.start + quote + 1, count: count), false)
      }
    }
    return anyLiteral()
  }

  @inline(never)
  private mutating func anyLiteral() -> (text: TextRange, hasEscapes: Bool)? {
    guard skip(.quote) else { return nil }
    let text = cursor.text
    let first = cursor.index
    var index = first
    var hasEscapes = false
    while index < text.count {
      let bytes = UnsafeRawPointer(text.start + index).loadUnaligned(as: SIMD16<UInt8>.self)
      let found = ByteSearch.endOfJSONText(in: bytes)
      index += found
      if found == 16 { continue }
      guard index < text.count else { return nil }
      if text.start[index] == .quote {
        cursor.index = index + 1
        return (text[first..<index], hasEscapes)
      }
      hasEscapes = true
      guard text.unescapedScalar(at: &index) != nil else { return nil }
    }
    return nil
  }

  /// Moves over a value of any kind.
  mutating func skipValue(depth: Int = 0) -> Bool {
    guard let first = next(), depth < Self.depthLimit else { return false }
    switch first {
    case .quote: return string() != nil
    case UInt8(ascii: "{"): return skipMembers(depth)
    case .openingBracket: return skipElements(depth)
    default: return skipWord()
    }
  }

  private mutating func skipMembers(_ depth: Int) -> Bool {
    cursor.index += 1
    if skip(UInt8(ascii: "}")) { return true }
    repeat {
      guard string() != nil, skip(.colon), skipValue(depth: depth + 1) else { return false }
    } while skip(.comma)
    return skip(UInt8(ascii: "}"))
  }

  private mutating func skipElements(_ depth: Int) -> Bool {
    cursor.index += 1
    if skip(.closingBracket) { return true }
    repeat {
      guard skipValue(depth: depth + 1) else { return false }
    } while skip(.comma)
    return skip(.closingBracket)
  }

  /// Moves over a number, `true`, `false` or `null`.
  private mutating func skipWord() -> Bool {
    let first = cursor.index
    while let byte = cursor.next, byte.isLetter {
      cursor.index += 1
    }
    let word = cursor.text[first..<cursor.index]
    guard word.isEmpty else {
      return word.elementsEqual("true") || word.elementsEqual("false")
        || word.elementsEqual("null")
    }
    return skipNumber()
  }

  private mutating func skipNumber() -> Bool {
    _ = cursor.skip(.hyphen)
    let startsWithZero = cursor.next == .zero
    let digits = skipDigits()
    guard digits > 0, !startsWithZero || digits == 1 else { return false }
    if cursor.skip(.dot), skipDigits() == 0 { return false }
    guard cursor.skip(UInt8(ascii: "e")) || cursor.skip(UInt8(ascii: "E")) else { return true }
    _ = cursor.skip(UInt8(ascii: "+")) || cursor.skip(.hyphen)
    return skipDigits() > 0
  }

  /// Moves over decimal digits, of which the fraction of a time has many.
  ///
  /// - Returns: how many there were.
  @inline(__always)
  private mutating func skipDigits() -> Int {
    let first = cursor.index
    var digits: Int
    repeat {
      let index = cursor.index
      digits = min(Numbers.digits(cursor.text.start + index), cursor.text.count &- index)
      cursor.index = index &+ digits
    } while digits == 8
    return cursor.index &- first
  }

  /// Reads an array of numbers from 0 to 255 as bytes.
  ///
  /// - Parameter output: room for as many bytes as the text has.
  /// - Returns: the number of bytes.
  mutating func byteArray(into output: UnsafeMutablePointer<UInt8>) -> Int? {
    guard skip(.openingBracket) else { return nil }
    var count = 0
    if skip(.closingBracket) { return 0 }
    repeat {
      guard next() != nil else { return nil }
      let first = cursor.index
      let digits = cursor.skipDigits()
      guard (1...3).contains(digits), digits == 1 || cursor.text[first] != .zero,
        let value = Numbers.whole(cursor.text.start + first, count: digits), value <= 255
      else { return nil }
      output[count] = UInt8(value)
      count += 1
    } while skip(.comma)
    return skip(.closingBracket) ? count : nil
  }
}
