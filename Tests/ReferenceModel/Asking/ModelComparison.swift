/// `FIELD OP VALUE[,VALUE...]`.
package struct ModelComparison: Equatable, Sendable {
  /// How a fact is compared with values.
  package enum Operator: String, CaseIterable, Sendable {
    case equal = "="
    case unequal = "!="
    case like = "~"
    case unlike = "!~"
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="

    /// Whether it compares by size, for numbers only and with one value.
    package var isOrder: Bool { ![.equal, .unequal, .like, .unlike].contains(self) }
  }

  package enum Value: Equatable, Sendable {
    /// A text, or a pattern where the operator compares with one.
    case text([UInt8])
    case network(ModelNetwork, text: String)
    /// `1xx` to `5xx`, or `other`.
    case statusClass(String)
    /// A latency is in microseconds.
    case number(ModelNumber)
  }

  package var field: ModelField
  package var comparator: Operator
  package var values: [Value]

  package init(_ field: ModelField, _ comparator: Operator, _ values: [Value]) {
    (self.field, self.comparator, self.values) = (field, comparator, values)
  }

  func holds(for record: ModelRecord) -> Bool {
    switch comparator {
    case .equal, .like: return values.contains { isMet(by: record, $0) }
    case .unequal, .unlike:
      // No comparison with a number holds where there is none.
      let comparesNumbers = values.contains { if case .number = $0 { true } else { false } }
      if comparesNumbers && field.number(of: record) == nil { return false }
      return !values.contains { isMet(by: record, $0) }
    case .less, .atMost, .greater, .atLeast:
      guard case .number(let limit) = values[0], let fact = field.number(of: record) else {
        return false
      }
      let number = ModelNumber(fact)
      return switch comparator {
      case .less: number < limit
      case .atMost: !(limit < number)
      case .greater: limit < number
      default: !(number < limit)
      }
    }
  }

  /// Whether the fact equals the value, or matches it if it is a pattern.
  private func isMet(by record: ModelRecord, _ value: Value) -> Bool {
    switch value {
    case .text(let text) where comparator == .like || comparator == .unlike:
      matches(field.text(of: record), pattern: text)
    case .text(let text): field.text(of: record) == text
    case .network(let network, _): network.contains(record.client)
    case .statusClass(let name): statusClass(record.status) == name
    case .number(let number): field.number(of: record).map { ModelNumber($0) == number } ?? false
    }
  }
}

/// Whether a whole text matches a pattern in which `*` stands for any bytes and `?` for one, ASCII case
/// ignored. Tries everything.
func matches(_ text: [UInt8], pattern: [UInt8]) -> Bool {
  matches(text[...], pattern[...])
}

private func matches(_ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
  let (star, mark, backslash) = (UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "\\"))
  guard let first = pattern.first else { return text.isEmpty }
  let rest = pattern.dropFirst()
  if first == star {
    // Two stars mean the same as one.
    if rest.first == star { return matches(text, rest) }
    return (0...text.count).contains { matches(text.dropFirst($0), rest) }
  }
  guard let byte = text.first else { return false }
  if first == mark { return matches(text.dropFirst(), rest) }
  if first == backslash, let literal = rest.first, literal == star || literal == mark {
    return byte == literal && matches(text.dropFirst(), rest.dropFirst())
  }
  return lowercased([byte]) == lowercased([first]) && matches(text.dropFirst(), rest)
}
