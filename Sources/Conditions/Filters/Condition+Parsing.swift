import AccessLog

extension Condition {
  /// Parses a condition as `--filter` takes it.
  ///
  /// - Throws: where it breaks the grammar, or is longer or deeper than the limits allow.
  /// - Complexity: O(bytes of the text).
  package init(parsing text: String) throws(GrammarError) {
    var scanner = try GrammarScanner(text)
    let condition = try scanner.condition()
    guard let next = scanner.next else {
      self = condition
      return
    }
    if next == UInt8(ascii: ")") {
      throw GrammarError("this parenthesis closes none", at: scanner.index)
    }
    throw scanner.expected("'and', 'or' or the end")
  }
}

extension GrammarScanner {
  /// Parses a condition up to what cannot continue it: `)`, the end or, where they are allowed, a
  /// clause of a rule.
  mutating func condition() throws(GrammarError) -> Condition {
    _ = next
    let start = index
    let expression = try alternatives()
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    let blanks = text.utf8.reversed().prefix { Self.isBlank($0) }.count
    return Condition(text: String(decoding: text.utf8.dropLast(blanks), as: UTF8.self), expression)
  }

  private mutating func alternatives() throws(GrammarError) -> FilterExpression {
    var parts = [try conjunction()]
    while skip(word: "or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(GrammarError) -> FilterExpression {
    var parts = [try operand()]
    while skip(word: "and") || continuesConjunction { parts.append(try operand()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  /// Whether a term follows without `and`.
  private var continuesConjunction: Bool {
    mutating get {
      guard let next, next != UInt8(ascii: ")"), next != UInt8(ascii: ",") else { return false }
      let word = peekName()
      return !word.isEqual(to: "or")
        && !(allowsClauses && Self.clauses.contains(where: word.isEqual(to:)))
    }
  }

  /// A term, a negation, or what stands in parentheses.
  private mutating func operand() throws(GrammarError) -> FilterExpression {
    let isParenthesis = next == UInt8(ascii: "(")
    guard isParenthesis || peekName().isEqual(to: "not") else { return .term(try term()) }
    depth += 1
    guard depth <= Self.depthLimit else {
      throw GrammarError("nested deeper than \(Self.depthLimit) levels", at: index)
    }
    defer { depth -= 1 }
    if isParenthesis {
      let opening = index
      index += 1
      let inner = try alternatives()
      if skip(")") { return inner }
      if next == nil { throw GrammarError("this parenthesis is not closed", at: opening) }
      throw expected("'and', 'or' or ')'")
    }
    _ = name()
    return .not(try operand())
  }
}
