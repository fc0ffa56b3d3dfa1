extension ModelExpression {
  /// The expression as a user may write it.
  ///
  /// - Parameter random: for blanks, quotes, parentheses and words that may be left out.
  package func text(_ random: inout RandomSource) -> String {
    let text = spelled(&random)
    return random.chance(50) ? "(\(blanks(&random))\(text)\(blanks(&random)))" : text
  }

  private func spelled(_ random: inout RandomSource) -> String {
    switch self {
    case .comparison(let comparison): return comparison.text(&random)
    case .not(let term):
      let inside = term.asTerm(&random)
      let isInParentheses = inside.hasPrefix("(")
      return "not" + gap(isInParentheses, &random) + inside
    case .and(let terms):
      return joined(terms.map { $0.asTerm(&random) }, ["and", "and", ""], &random)
    case .or(let parts):
      // What `and` joins needs no parentheses within `or`.
      let texts = parts.map { part in
        if case .or = part { part.asTerm(&random) } else { part.text(&random) }
      }
      return joined(texts, ["or"], &random)
    }
  }

  /// In parentheses where there must be some.
  private func asTerm(_ random: inout RandomSource) -> String {
    switch self {
    case .and, .or: "(" + blanks(&random) + spelled(&random) + blanks(&random) + ")"
    case .not, .comparison: text(&random)
    }
  }

  private func joined(
    _ texts: [String], _ words: [String], _ random: inout RandomSource
  ) -> String {
    var result = texts[0]
    for text in texts.dropFirst() {
      let word = random.pick(words)
      result += gap(false, &random)
      if !word.isEmpty { result += word + gap(text.hasPrefix("("), &random) }
      result += text
    }
    return result
  }
}

/// Blanks between two words; perhaps none if there need not be any.
private func gap(_ mayBeEmpty: Bool, _ random: inout RandomSource) -> String {
  mayBeEmpty && random.chance(300) ? "" : random.pick([" ", " ", " ", " ", "  ", "\t"])
}

/// Blanks where there need not be any.
private func blanks(_ random: inout RandomSource) -> String {
  random.chance(850) ? "" : random.pick([" ", "  ", "\t "])
}

extension ModelComparison {
  fileprivate func text(_ random: inout RandomSource) -> String {
    var result = field.rawValue + blanks(&random) + comparator.rawValue + blanks(&random)
    for (index, value) in values.enumerated() {
      if index > 0 { result += blanks(&random) + "," + blanks(&random) }
      result += text(of: value, &random)
    }
    return result
  }

  private func text(of value: Value, _ random: inout RandomSource) -> String {
    let text =
      switch value {
      case .text(let text): String(decoding: text, as: UTF8.self)
      case .network(_, let text): text
      case .statusClass(let name): name
      case .number(let number): number.text(of: field, &random)
      }
    return canBeBare(text) && !random.chance(150) ? text : quoted(text)
  }

  private func canBeBare(_ text: String) -> Bool {
    let ends = Array(" \t,()\"=~<>!".utf8)
    return !text.isEmpty && !reservedWords.contains(text)
      && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !ends.contains($0) }
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension ModelNumber {
  /// As a user may write it, in one of the units of the field.
  func text(of field: ModelField, _ random: inout RandomSource) -> String {
    let units: [(String, Int128)] =
      switch field {
      case .bytes: [("", 1), ("", 1), ("k", 1000), ("M", 1_000_000)]
      case .latency: [("ms", 1000), ("ms", 1000), ("s", 1_000_000), ("", 1_000_000)]
      default: [("", 1)]
      }
    let (suffix, unit) = random.pick(units)
    let number = ModelNumber(numerator, over: denominator * unit)
    let text = number.shortText(places: 9) + suffix
    // Where so many decimals are not enough, the smallest unit does.
    return ModelNumber(text, of: field) == self
      ? text
      : ModelNumber(numerator, over: denominator * units[0].1).shortText(places: 9) + units[0].0
  }
}
