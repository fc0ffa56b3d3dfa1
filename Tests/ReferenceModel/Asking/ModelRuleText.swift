extension ModelRule {
  /// The rule as a user may write it.
  ///
  /// - Parameter random: for the order of the clauses, blanks and units.
  func spelled(_ random: inout RandomSource) -> String {
    var clauses: [String] = []
    if window != 120 || random.chance(200) { clauses.append("over \(time(window, &random))") }
    if hold != 0 || random.chance(100) { clauses.append("for \(time(hold, &random))") }
    if let clear { clauses.append("clear \(limitText(clear, &random))") }
    if let minimum { clauses.append("min \(minimum)") }
    if let condition { clauses.append("where \(condition.text)") }
    if let key { clauses.append("by \(key.rawValue)") }
    for index in clauses.indices.dropLast() {
      clauses.swapAt(index, random.number(index...(clauses.count - 1)))
    }
    let blank = random.pick([" ", " ", " ", "  "])
    let sign = isAbove ? ">" : "<"
    let start = "\(name):\(blank)\(metric.text)\(blank)\(sign)\(blank)\(limitText(limit, &random))"
    return ([start] + clauses).joined(separator: blank)
  }

  private func time(_ seconds: Int64, _ random: inout RandomSource) -> String {
    if seconds % 3600 == 0 && seconds > 0 && random.chance(500) { return "\(seconds / 3600)h" }
    if seconds % 60 == 0 && seconds > 0 && random.chance(500) { return "\(seconds / 60)m" }
    return random.chance(300) ? "\(seconds)" : "\(seconds)s"
  }

  private func limitText(_ limit: ModelNumber, _ random: inout RandomSource) -> String {
    if metric.isPercentile {
      return ModelNumber(limit.numerator * 1_000_000, over: limit.denominator)
        .text(of: .latency, &random)
    }
    if metric == .bandwidth { return limit.text(of: .bytes, &random) }
    return limit.shortText(places: 9) + (metric.isPercentage && random.chance(500) ? "%" : "")
  }
}
