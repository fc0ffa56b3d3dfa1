/// Writes filters that fit the records of a log: most are satisfied by some of them, but not by all.
struct FilterWriter {
  private let records: [ModelRecord]

  init(_ records: [ModelRecord]) {
    self.records = records
  }

  func filter(_ random: inout RandomSource) -> ModelFilter {
    var expression = self.expression(depth: 0, &random)
    for _ in 0..<10 where !isUseful(expression) {
      expression = self.expression(depth: 0, &random)
    }
    return ModelFilter(expression, text: expression.text(&random))
  }

  private func isUseful(_ expression: ModelExpression) -> Bool {
    let sample = records.prefix(300)
    let count = sample.filter { expression.holds(for: $0) }.count
    return count > 0 && count < sample.count
  }

  private func expression(depth: Int, _ random: inout RandomSource) -> ModelExpression {
    func parts(_ random: inout RandomSource) -> [ModelExpression] {
      (0..<random.pick([2, 2, 3])).map { _ in expression(depth: depth + 1, &random) }
    }
    return switch depth > 2 ? 0 : random.number(0...9) {
    case 0...5: .comparison(comparison(&random))
    case 6: .not(expression(depth: depth + 1, &random))
    case 7: .and(parts(&random))
    default: .or(parts(&random))
    }
  }

  private func comparison(_ random: inout RandomSource) -> ModelComparison {
    let field = random.pick(ModelField.allCases)
    switch field {
    case .status: return status(&random)
    case .bytes, .latency: return number(field, &random)
    case .client where random.chance(400): return network(&random)
    case .bot:
      return ModelComparison(
        .bot, random.pick([.equal, .unequal]),
        [.text(Array(random.pick(["yes", "no", "-"]).utf8))])
    default:
      let comparator = random.pick([
        ModelComparison.Operator.equal, .equal, .unequal, .like, .unlike,
      ])
      let isPattern = comparator == .like || comparator == .unlike
      let values = (0..<random.pick([1, 1, 1, 2, 3])).map { _ in
        let text = self.text(field, &random)
        return ModelComparison.Value.text(isPattern ? pattern(text, &random) : text)
      }
      return ModelComparison(field, comparator, values)
    }
  }

  /// A text of a record that can be typed.
  private func text(_ field: ModelField, _ random: inout RandomSource) -> [UInt8] {
    for _ in 0..<5 where !records.isEmpty {
      let text = field.text(of: random.pick(records))
      // With a slash, a client is a network.
      let isTypable = text.allSatisfy { byte in
        byte >= 0x20 && byte != 0x7F && !(field == .client && byte == UInt8(ascii: "/"))
      }
      if isTypable && text.count < 200 && String(validating: text, as: UTF8.self) != nil {
        return text
      }
    }
    return Array(random.pick(["-", "x", "é", "and", "a b", "a\"b", ""]).utf8)
  }

  /// A pattern that the text matches, and perhaps others.
  private func pattern(_ text: [UInt8], _ random: inout RandomSource) -> [UInt8] {
    let marks = Array("*?".utf8)
    var parts = text.map { byte -> [UInt8] in
      if marks.contains(byte) { return [UInt8(ascii: "\\"), byte] }
      // Only before a mark a backslash means something.
      if byte == UInt8(ascii: "\\") { return [marks[1]] }
      if random.chance(60) && byte < 0x80 { return [marks[1]] }
      return random.chance(200) ? uppercased(byte) : [byte]
    }
    for _ in 0..<random.pick([0, 1, 1, 2]) {
      let start = random.number(0...parts.count)
      let end = random.number(start...parts.count)
      parts.replaceSubrange(start..<end, with: [[marks[0]]])
    }
    let pattern = parts.flatMap { $0 }
    // A part of a letter alone cannot be typed.
    return String(validating: pattern, as: UTF8.self) == nil ? [marks[0]] : pattern
  }

  private func uppercased(_ byte: UInt8) -> [UInt8] {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? [byte - 32] : [byte]
  }

  private func status(_ random: inout RandomSource) -> ModelComparison {
    let known = records.compactMap(\.status)
    func number(_ random: inout RandomSource) -> ModelNumber {
      ModelNumber(known.isEmpty || random.chance(100) ? 404 : random.pick(known))
    }
    switch random.number(0...9) {
    case 0...3:
      let values = (0..<random.pick([1, 1, 2])).map { _ in
        ModelComparison.Value.statusClass(random.pick(statusClassNames))
      }
      return ModelComparison(.status, random.pick([.equal, .equal, .unequal]), values)
    case 4...6:
      let values = (0..<random.pick([1, 1, 2])).map { _ in
        ModelComparison.Value.number(number(&random))
      }
      return ModelComparison(.status, random.pick([.equal, .equal, .unequal]), values)
    default: return ModelComparison(.status, anyOrder(&random), [.number(number(&random))])
    }
  }

  private func anyOrder(_ random: inout RandomSource) -> ModelComparison.Operator {
    random.pick([.less, .atMost, .greater, .atLeast])
  }

  private func number(_ field: ModelField, _ random: inout RandomSource) -> ModelComparison {
    let known = records.compactMap { field.number(of: $0) }.filter { $0 < 100_000_000_000_000 }
    let number = ModelNumber(known.isEmpty ? 100_000 : random.pick(known))
    let comparator = random.chance(200) ? random.pick([.equal, .unequal]) : anyOrder(&random)
    return ModelComparison(field, comparator, [.number(number)])
  }

  private func network(_ random: inout RandomSource) -> ModelComparison {
    let address = String(decoding: text(.client, &random), as: UTF8.self)
    let prefix =
      address.contains(":") ? random.number(0...128) : random.pick([0, 8, 24, 30, 31, 32])
    let text = "\(address)/\(prefix)"
    guard let network = ModelNetwork(Array(text.utf8)) else {
      return ModelComparison(
        .client, .equal, [.network(ModelNetwork(Array("10.0.0.0/8".utf8))!, text: "10.0.0.0/8")])
    }
    return ModelComparison(
      .client, random.pick([.equal, .equal, .unequal]), [.network(network, text: text)])
  }
}
