import AccessLog

/// The definitions of the rules that have alerted, each once.
enum RuleTable {
  private static let columns =
    "rule, metric, comparison, threshold, window, delay, clear, least_hits, condition, subject"

  /// The number of a definition, which is added unless it is there.
  static func number(
    of rule: RuleDefinition, _ connection: Connection
  ) throws(DatabaseError) -> Int64 {
    let values: [SQLValue] = [
      .text(rule.name), .text(rule.metric.text), .text(rule.comparison.rawValue),
      .text(rule.limit.text), .integer(rule.window), .integer(rule.delay),
      .text(rule.clear?.text ?? ""), .integer(rule.leastHits), .text(rule.condition?.text ?? ""),
      .text(rule.subject?.text ?? ""),
    ]
    try connection.run(
      "INSERT OR IGNORE INTO rules(\(columns)) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    let row = try connection.row(
      """
      SELECT id FROM rules WHERE rule = ? AND metric = ? AND comparison = ? AND threshold = ?
      AND window = ? AND delay = ? AND clear = ? AND least_hits = ? AND condition = ?
      AND subject = ?
      """, values)
    return row?.first?.integer ?? 0
  }

  /// All definitions by number. What is not the definition of a rule is left out.
  ///
  /// - Parameter condition: parses a condition.
  static func all(
    _ connection: Connection, _ condition: (String) -> Condition?
  ) throws(DatabaseError) -> [Int64: RuleDefinition] {
    var rules: [Int64: RuleDefinition] = [:]
    try connection.rows("SELECT id, \(columns) FROM rules") { row in
      guard let id = row[0].integer, let rule = definition(Array(row.dropFirst()), condition) else {
        return
      }
      rules[id] = rule
    }
    return rules
  }

  private static func definition(
    _ row: [SQLValue], _ condition: (String) -> Condition?
  ) -> RuleDefinition? {
    guard let metric = RuleMetric(row[1].string, condition),
      let comparison = RuleDefinition.Comparison(rawValue: row[2].string),
      let limit = Threshold(row[3].string, allowsZero: true)
    else { return nil }
    var rule = RuleDefinition(
      name: row[0].string, metric: metric, limit: limit, window: max(1, row[4].integer ?? 1))
    rule.comparison = comparison
    rule.delay = max(0, row[5].integer ?? 0)
    rule.clear = Threshold(row[6].string, allowsZero: true)
    rule.leastHits = row[7].count
    if !row[8].bytes.isEmpty { rule.condition = condition(row[8].string) }
    let subject = row[9].string
    rule.subject = subject == "method" ? .method : Dimension(named: subject).map { .dimension($0) }
    return rule
  }
}

extension RuleMetric {
  /// The metric that a text names, as `text` gives it.
  fileprivate init?(_ text: String, _ condition: (String) -> Condition?) {
    let plain: [RuleMetric] = [
      .rate, .bandwidth, .clients, .late, .rejected, .future, .growth, .percentile(50),
      .percentile(90), .percentile(95), .percentile(99),
    ]
    if let metric = plain.first(where: { $0.text == text }) {
      self = metric
    } else if text.hasPrefix("share("), text.hasSuffix(")"),
      let part = condition(String(text.dropFirst(6).dropLast()))
    {
      self = .share(part)
    } else {
      return nil
    }
  }
}
