import AccessLog
import SafeText

/// A word of a text, and its place.
struct ScannedWord {
  /// What it stands for, without quotes and escapes.
  var bytes: [UInt8]
  /// In bytes from the start of the text.
  var offset: Int
  var isQuoted = false

  /// The text, without characters that a terminal might obey, shortened for messages.
  var shown: String { SafeString(bytes, limit: 120).truncated(to: 30).text }

  func isEqual(to text: String) -> Bool { bytes.elementsEqual(text.utf8) }
}

/// Reads a text word by word.
///
/// Words end at a blank, `,`, `(`, `)` or `"`; names also at an operator.
struct GrammarScanner {
  /// The number of characters of a text at most.
  static let characterLimit = 10_000
  /// The number of terms of all conditions in a text at most.
  static let termLimit = 1000
  /// How deep parentheses and `not` may be nested.
  static let depthLimit = 100
  /// The words that are no values unless they are in quotes.
  static let reserved: [String] = ["and", "or", "not"] + clauses
  /// The words that begin a clause of a rule.
  static let clauses = ["over", "for", "clear", "min", "where", "by", "notify"]

  let bytes: [UInt8]
  var index = 0
  /// The number of terms so far.
  var termCount = 0
  /// How many parentheses and `not` are open.
  var depth = 0
  /// Whether a clause of a rule may follow a condition.
  var allowsClauses = false

  init(_ text: String) throws(GrammarError) {
    // Counted as scalars: a character may consist of any number of them.
    let scalars = text.unicodeScalars
    if let end = scalars.index(
      scalars.startIndex, offsetBy: Self.characterLimit, limitedBy: scalars.endIndex),
      end < scalars.endIndex
    {
      throw GrammarError(
        "longer than \(Self.characterLimit) characters",
        at: text.utf8.distance(from: text.utf8.startIndex, to: end))
    }
    bytes = Array(text.utf8)
  }

  /// The next byte behind blanks; `nil` at the end.
  var next: UInt8? {
    mutating get {
      while index < bytes.count, Self.isBlank(bytes[index]) { index += 1 }
      return index < bytes.count ? bytes[index] : nil
    }
  }

  /// Moves over blanks and a byte.
  ///
  /// - Returns: whether the byte stands there.
  mutating func skip(_ byte: Character) -> Bool {
    guard next == byte.asciiValue else { return false }
    index += 1
    return true
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\""): true
    default: isBlank(byte)
    }
  }

  private static func beginsOperator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "~"), UInt8(ascii: "<"),
      UInt8(ascii: ">"):
      true
    default: false
    }
  }

  /// Moves over a name, which may be empty.
  mutating func name() -> ScannedWord {
    word { Self.endsWord($0) || Self.beginsOperator($0) }
  }

  /// Moves over a word without quotes, which may be empty.
  mutating func bareWord() -> ScannedWord {
    word(until: Self.endsWord)
  }

  private mutating func word(until ends: (UInt8) -> Bool) -> ScannedWord {
    _ = next
    let start = index
    while index < bytes.count, !ends(bytes[index]) { index += 1 }
    return ScannedWord(bytes: Array(bytes[start..<index]), offset: start)
  }

  /// The name that follows.
  func peekName() -> ScannedWord {
    var copy = self
    return copy.name()
  }

  /// Moves over a name if it is the word.
  mutating func skip(word: String) -> Bool {
    guard peekName().isEqual(to: word) else { return false }
    _ = name()
    return true
  }

  /// Reads a value: a word that is not reserved, or a text in quotes.
  ///
  /// - Parameter noun: what it is, for messages.
  mutating func value(_ noun: String) throws(GrammarError) -> ScannedWord {
    if next == UInt8(ascii: "\"") { return try quoted() }
    let word = bareWord()
    guard !word.bytes.isEmpty else { throw expected(noun) }
    if Self.reserved.contains(where: word.isEqual(to:)) {
      throw GrammarError(
        "expected \(noun); '\(word.shown)' is a reserved word: put it in quotes", at: word.offset)
    }
    return word
  }

  /// A text in quotes, in which `\"` and `\\` stand for the bare character.
  private mutating func quoted() throws(GrammarError) -> ScannedWord {
    let start = index
    var text: [UInt8] = []
    index += 1
    while index < bytes.count {
      var byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        return ScannedWord(bytes: text, offset: start, isQuoted: true)
      }
      if byte == UInt8(ascii: "\\"), index < bytes.count,
        bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "\\")
      {
        byte = bytes[index]
        index += 1
      }
      text.append(byte)
    }
    throw GrammarError("this quote is not closed", at: start)
  }

  /// The error that something else stands here.
  mutating func expected(_ noun: String) -> GrammarError {
    guard next != nil else { return GrammarError("expected \(noun)", at: bytes.count) }
    var copy = self
    var word = copy.bareWord()
    if word.bytes.isEmpty { word.bytes = [bytes[index]] }
    return GrammarError("expected \(noun), not '\(word.shown)'", at: index)
  }

  /// Parses a list with commas between its elements, which blanks may surround.
  mutating func list(_ noun: String) throws(GrammarError) -> [ScannedWord] {
    var words = [try value(noun)]
    while skip(",") { words.append(try value(noun)) }
    return words
  }
}
