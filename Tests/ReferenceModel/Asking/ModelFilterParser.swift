/// What is wrong with an expression.
package struct ModelFilterError: Error, Equatable {
  /// The number of bytes before the first wrong one.
  package var place: Int
}

extension ModelFilter {
  /// The filter that a text means.
  package init(parsing text: String) throws(ModelFilterError) {
    var parser = ModelFilterParser(text)
    let expression = try parser.alternatives(depth: 0)
    parser.skipBlanks()
    if !parser.isAtEnd { throw parser.error }
    self.init(expression, text: text)
  }
}

/// Words that mean something between the terms, and to rules.
let reservedWords = ["and", "or", "not", "over", "for", "clear", "min", "where", "by", "notify"]

/// Reads an expression byte by byte.
private struct ModelFilterParser {
  private let text: [UInt8]
  private var place = 0
  private var terms = 0

  init(_ text: String) {
    self.text = Array(text.utf8)
  }

  var isAtEnd: Bool { place == text.count }
  var error: ModelFilterError { ModelFilterError(place: place) }

  mutating func skipBlanks() {
    while place < text.count, text[place] == 0x20 || text[place] == 0x09 { place += 1 }
  }

  /// `and ("or" and)*`
  mutating func alternatives(depth: Int) throws(ModelFilterError) -> ModelExpression {
    var parts = [try conjunction(depth)]
    while takeWord("or") { parts.append(try conjunction(depth)) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  /// `term (["and"] term)*`
  private mutating func conjunction(_ depth: Int) throws(ModelFilterError) -> ModelExpression {
    var parts = [try term(depth)]
    while takeWord("and") || beginsTerm() { parts.append(try term(depth)) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func term(_ depth: Int) throws(ModelFilterError) -> ModelExpression {
    skipBlanks()
    if depth > 100 || terms >= 1000 { throw error }
    if takeWord("not") { return .not(try term(depth + 1)) }
    let start = place
    if take("(") {
      let inside = try alternatives(depth: depth + 1)
      skipBlanks()
      if isAtEnd { throw ModelFilterError(place: start) }
      if !take(")") { throw error }
      return inside
    }
    terms += 1
    return .comparison(try comparison())
  }

  /// Whether another term follows, so that nothing need stand between.
  private mutating func beginsTerm() -> Bool {
    skipBlanks()
    if isAtEnd { return false }
    let word = nextWord()
    if word == "not" || text[place] == UInt8(ascii: "(") { return true }
    return !word.isEmpty && !reservedWords.contains(word)
  }

  /// What is next, up to a blank or what stands around values.
  private func nextWord() -> String {
    let ends = Array(" \t,()\"=!~<>".utf8)
    return String(decoding: text[place...].prefix { !ends.contains($0) }, as: UTF8.self)
  }

  private mutating func takeWord(_ word: String) -> Bool {
    skipBlanks()
    if nextWord() != word { return false }
    place += word.utf8.count
    return true
  }

  private mutating func take(_ mark: String) -> Bool {
    guard text[place...].starts(with: Array(mark.utf8)) else { return false }
    place += mark.utf8.count
    return true
  }

  private mutating func comparison() throws(ModelFilterError) -> ModelComparison {
    guard let field = ModelField(rawValue: nextWord()) else { throw error }
    place += field.rawValue.utf8.count
    skipBlanks()
    let start = place
    let longestFirst = ["!=", "!~", "<=", ">=", "=", "~", "<", ">"]
    guard let mark = longestFirst.first(where: { take($0) }) else { throw error }
    let comparator = ModelComparison.Operator(rawValue: mark)!
    let isPattern = comparator == .like || comparator == .unlike
    if comparator.isOrder && !field.isNumber || isPattern && field.isNumber && field != .status {
      throw ModelFilterError(place: start)
    }
    var values: [ModelComparison.Value] = []
    repeat {
      skipBlanks()
      let start = place
      let text = try value()
      guard let value = meaning(of: text, field, comparator) else {
        // What is right in quotes has no escapes.
        let right = rightPart(of: text, field)
        let mark = right > 0 && self.text[start] == UInt8(ascii: "\"") ? 1 : 0
        throw ModelFilterError(place: start + mark + right)
      }
      values.append(value)
      let end = place
      skipBlanks()
      if isAtEnd || self.text[place] != UInt8(ascii: ",") {
        place = end
        break
      }
      if comparator.isOrder { throw error }
    } while take(",")
    return ModelComparison(field, comparator, values)
  }

  /// A bare word, or a text in quotes.
  private mutating func value() throws(ModelFilterError) -> [UInt8] {
    let start = place
    if take("\"") {
      guard let rest = quotedRest() else { throw ModelFilterError(place: start) }
      return rest
    }
    let ends = Array(" \t,()\"".utf8)
    let word = Array(text[place...].prefix { !ends.contains($0) })
    if word.isEmpty || reservedWords.contains(String(decoding: word, as: UTF8.self)) {
      throw ModelFilterError(place: start)
    }
    place += word.count
    return word
  }

  /// `nil` if the quote is not closed.
  private mutating func quotedRest() -> [UInt8]? {
    var result: [UInt8] = []
    while !take("\"") {
      if isAtEnd { return nil }
      if text[place...].starts(with: Array("\\\"".utf8))
        || text[place...].starts(with: Array("\\\\".utf8))
      {
        place += 1
      }
      result.append(text[place])
      place += 1
    }
    return result
  }

  /// The length of what is right at the start of a wrong value.
  private func rightPart(of text: [UInt8], _ field: ModelField) -> Int {
    if field == .client {
      let address = text[..<text.lastIndex(of: UInt8(ascii: "/"))!]
      return isAddressOfNetwork(address) ? address.count + 1 : 0
    }
    if !field.isNumber { return 0 }
    var cursor = ModelCursor(text)
    let whole = cursor.run(where: isDigit)
    var fraction: [UInt8] = []
    if cursor.take(".") { fraction = cursor.run(where: isDigit) }
    if whole.isEmpty && fraction.isEmpty { return 0 }
    return text.count - cursor.rest.count
  }

  private func meaning(
    of text: [UInt8], _ field: ModelField, _ comparator: ModelComparison.Operator
  ) -> ModelComparison.Value? {
    let isPattern = comparator == .like || comparator == .unlike
    if isPattern { return .text(text) }
    let word = String(decoding: text, as: UTF8.self)
    switch field {
    case .client where namesNetwork(text):
      return ModelNetwork(text).map { .network($0, text: word) }
    case .status where !comparator.isOrder && statusClassNames.contains(word):
      return .statusClass(word)
    case .status, .bytes, .latency: return ModelNumber(word, of: field).map { .number($0) }
    case .bot: return ["yes", "no", "-"].contains(word) ? .text(text) : nil
    default: return .text(text)
    }
  }
}

/// Whether an address and a slash begin the text, or what looks like one of version 4. Anything else
/// is a name.
private func namesNetwork(_ text: [UInt8]) -> Bool {
  guard let slash = text.lastIndex(of: UInt8(ascii: "/")) else { return false }
  let address = text[..<slash]
  return isAddressOfNetwork(address)
    || address.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
}

private func isAddressOfNetwork(_ text: ArraySlice<UInt8>) -> Bool {
  ["/32", "/128"].contains { ModelNetwork(text + Array($0.utf8)) != nil }
}

let statusClassNames = ["1xx", "2xx", "3xx", "4xx", "5xx", "other"]

extension ModelNumber {
  /// A number with the units that a field has.
  init?(_ text: String, of field: ModelField) {
    let units: [(String, Int128)] =
      switch field {
      case .bytes: [("k", 1000), ("M", 1_000_000), ("G", 1_000_000_000), ("", 1)]
      case .latency: [("ms", 1000), ("s", 1_000_000), ("", 1_000_000)]
      default: [("", 1)]
      }
    let (suffix, unit) = units.first { text.hasSuffix($0.0) }!
    self.init(decimal: String(text.dropLast(suffix.count)), unit: unit)
  }
}
