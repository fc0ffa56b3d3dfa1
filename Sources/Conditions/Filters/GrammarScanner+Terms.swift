import AccessLog

extension GrammarScanner {
  private static let fieldNames = FilterField.allCases.map(\.rawValue).joined(separator: " ")

  /// Parses a field, an operator and values.
  mutating func term() throws(GrammarError) -> FilterTerm {
    let word = name()
    guard !word.bytes.isEmpty else { throw expected("a field") }
    guard let field = FilterField(rawValue: String(decoding: word.bytes, as: UTF8.self)) else {
      let isReserved = Self.reserved.contains(where: word.isEqual(to:))
      throw GrammarError(
        (isReserved ? "expected a field, not " : "unknown field ")
          + "'\(word.shown)'; fields are \(Self.fieldNames)", at: word.offset)
    }
    termCount += 1
    guard termCount <= Self.termLimit else {
      throw GrammarError("more than \(Self.termLimit) terms", at: word.offset)
    }
    let relation = try relation(of: field)
    let isComparison = relation.isComparison
    var values = [try filterValue(of: field, relation)]
    while next == UInt8(ascii: ",") {
      if isComparison { throw GrammarError("a comparison takes a single value", at: index) }
      index += 1
      values.append(try filterValue(of: field, relation))
    }
    return FilterTerm(field, relation, values)
  }

  private mutating func relation(of field: FilterField) throws(GrammarError) -> FilterRelation {
    _ = next
    let start = index
    guard let relation = relation() else {
      throw expected(
        field.isNumber
          ? "one of = != < <= > >= behind '\(field.rawValue)'"
          : "one of = != ~ !~ behind '\(field.rawValue)'")
    }
    if relation.isComparison, !field.isNumber {
      throw GrammarError(
        "'\(field.rawValue)' has no order; it takes = != ~ !~, and status, bytes and latency take "
          + "< <= > >=", at: start)
    }
    if relation.isGlob, field == .bytes || field == .latency {
      throw GrammarError("'\(field.rawValue)' is a number; it takes = != < <= > >=", at: start)
    }
    return relation
  }

  /// Moves over an operator.
  private mutating func relation() -> FilterRelation? {
    let second = index + 1 < bytes.count ? bytes[index + 1] : 0
    let isOrEqual = second == UInt8(ascii: "=")
    switch next.map({ Character(Unicode.Scalar($0)) }) {
    case "=": return take(1, .isAny)
    case "~": return take(1, .matchesAny)
    case "!" where isOrEqual: return take(2, .isNone)
    case "!" where second == UInt8(ascii: "~"): return take(2, .matchesNone)
    case "<": return isOrEqual ? take(2, .lessOrEqual) : take(1, .less)
    case ">": return isOrEqual ? take(2, .greaterOrEqual) : take(1, .greater)
    default: return nil
    }
  }

  private mutating func take(_ length: Int, _ relation: FilterRelation) -> FilterRelation {
    index += length
    return relation
  }

  private mutating func filterValue(
    of field: FilterField, _ relation: FilterRelation
  ) throws(GrammarError) -> FilterValue {
    let word = try value("a value")
    if relation.isGlob { return .text(word.bytes) }
    switch field {
    case .status: return try word.status(isComparison: relation.isComparison)
    case .bytes: return .number(try word.number("a number of bytes", NumberUnit.metric))
    case .latency: return .number(try word.number("a number of seconds", NumberUnit.time))
    case .client: return try word.network().map { .network($0) } ?? .text(word.bytes)
    case .bot:
      guard ["yes", "no", "-"].contains(where: word.isEqual(to:)) else {
        throw GrammarError("expected yes, no or -, not '\(word.shown)'", at: word.offset)
      }
      return .text(word.bytes)
    default: return .text(word.bytes)
    }
  }
}

extension FilterRelation {
  /// Whether it compares by order, with a single number.
  fileprivate var isComparison: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  /// Whether its values are globs.
  fileprivate var isGlob: Bool { self == .matchesAny || self == .matchesNone }
}

extension FilterField {
  /// Whether it compares as a number.
  fileprivate var isNumber: Bool { self == .status || self == .bytes || self == .latency }
}

extension ScannedWord {
  /// A status or a class of them.
  ///
  /// - Parameter isComparison: whether only a number will do.
  fileprivate func status(isComparison: Bool) throws(GrammarError) -> FilterValue {
    if !isComparison {
      let name = String(decoding: bytes, as: UTF8.self).lowercased()
      if let found = StatusClass.allCases.first(where: { $0.name == name }) {
        return .statusClass(found)
      }
    }
    let noun = isComparison ? "a status such as 500" : "a status such as 404 or 5xx, or other"
    do throws(GrammarError) {
      return .number(try number(noun, []))
    } catch {
      throw isComparison
        ? error : GrammarError("expected \(noun), not '\(shown)'", at: error.offset)
    }
  }

  /// The network, if the word is one: an address, a slash and a number of bits.
  ///
  /// - Throws: if it seems to be meant as one but is none.
  fileprivate func network() throws(GrammarError) -> NetworkPrefix? {
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return nil }
    let isVersion6 = bytes[..<slash].contains(UInt8(ascii: ":"))
    guard let address = bytes[..<slash].withUnsafeBufferPointer({ NetworkAddress($0) }) else {
      let isMeant = bytes[..<slash].allSatisfy {
        (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".")
      }
      guard isMeant else { return nil }
      throw GrammarError("expected a network such as 10.0.0.0/8 or 2001:db8::/32", at: offset)
    }
    let digits = String(decoding: bytes[(slash + 1)...], as: UTF8.self)
    let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard isNumber, let bits = Int(digits),
      let network = NetworkPrefix(address, bits: bits, isWrittenAsVersion6: isVersion6)
    else {
      let range = !isVersion6 ? "0 to 32" : address.isVersion4 ? "96 to 128" : "0 to 128"
      throw GrammarError("expected the bits of the network: \(range)", at: place(of: slash + 1))
    }
    return network
  }
}
