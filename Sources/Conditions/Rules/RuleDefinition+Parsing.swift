import AccessLog

extension RuleDefinition {
  /// The length of a name in bytes at most.
  static let nameLimit = 100

  /// Parses a rule as `--alert` takes it: `NAME: METRIC OP LIMIT`, then clauses in any order.
  ///
  /// - Throws: where it breaks the grammar, or says what can never be.
  /// - Complexity: O(bytes of the text).
  package init(parsing text: String) throws(GrammarError) {
    var clauses = RuleClauses()
    try self.init(parsing: text, &clauses)
  }

  /// Where a rule names an action, in bytes from the start of its text; `nil` if it does not.
  package static func offset(ofAction name: String, in text: String) -> Int? {
    var clauses = RuleClauses()
    guard (try? RuleDefinition(parsing: text, &clauses)) != nil else { return nil }
    return clauses.actionOffsets[name]
  }

  private init(parsing text: String, _ clauses: inout RuleClauses) throws(GrammarError) {
    var scanner = try GrammarScanner(text)
    scanner.allowsClauses = true
    let name = try scanner.ruleName()
    let metric = try scanner.metric()
    let comparison = try scanner.comparison()
    let limit = try scanner.limit(of: metric, comparison)
    self.init(
      name: name, metric: metric, limit: limit, window: RuleClauses.defaultWindow)
    self.comparison = comparison
    leastHits = metric.isOfSome ? 1 : 0
    try clauses.parse(&scanner, into: &self)
  }

  /// The index of the first rule that has the name of one before it; `nil` if all names differ.
  package static func firstRepeatedName(in rules: [RuleDefinition]) -> Int? {
    var names: Set<String> = []
    return rules.firstIndex { !names.insert($0.name).inserted }
  }
}

extension RuleMetric {
  /// All names, as rules use them.
  fileprivate static let names =
    "rate share(...) p50 p90 p95 p99 bandwidth clients late rejected future growth"

  /// Whether it is about hits of which there must be some: a share, or a percentile.
  fileprivate var isOfSome: Bool {
    switch self {
    case .share, .percentile: true
    default: false
    }
  }

  /// The units that its limits may have.
  fileprivate var units: [NumberUnit] {
    switch self {
    case .share, .late, .rejected, .future: NumberUnit.percent
    case .percentile: NumberUnit.time
    case .rate, .bandwidth, .clients: NumberUnit.metric
    case .growth: []
    }
  }

  /// What a limit is, for messages.
  fileprivate var limitNoun: String {
    switch self {
    case .rate: "a number of hits per second"
    case .share, .late, .rejected, .future: "a percentage"
    case .percentile: "a number of seconds"
    case .bandwidth: "a number of bytes per second"
    case .clients: "a number of clients"
    case .growth: "a factor"
    }
  }
}

extension GrammarScanner {
  /// Reads the name up to the first colon.
  fileprivate mutating func ruleName() throws(GrammarError) -> String {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else {
      throw GrammarError(
        "expected a name and ':' before the rule, such as 'errors: share(status=5xx) > 5'",
        at: bytes.count)
    }
    _ = next
    let start = min(index, colon)
    var end = colon
    while end > start, Self.isBlank(bytes[end - 1]) { end -= 1 }
    guard start < end else { throw GrammarError("expected a name before ':'", at: start) }
    guard end - start <= RuleDefinition.nameLimit else {
      throw GrammarError(
        "the name is longer than \(RuleDefinition.nameLimit) bytes",
        at: start + RuleDefinition.nameLimit)
    }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    if let control = name.unicodeScalars.firstIndex(where: {
      $0.properties.generalCategory == .control
    }) {
      let place = name.utf8.distance(from: name.utf8.startIndex, to: control)
      throw GrammarError("a name has no control characters", at: start + place)
    }
    index = colon + 1
    return name
  }

  fileprivate mutating func metric() throws(GrammarError) -> RuleMetric {
    let word = name()
    switch String(decoding: word.bytes, as: UTF8.self) {
    case "": throw expected("a metric: \(RuleMetric.names)")
    case "rate": return .rate
    case "p50": return .percentile(50)
    case "p90": return .percentile(90)
    case "p95": return .percentile(95)
    case "p99": return .percentile(99)
    case "bandwidth": return .bandwidth
    case "clients": return .clients
    case "late": return .late
    case "rejected": return .rejected
    case "future": return .future
    case "growth": return .growth
    case "share": return .share(try shareCondition())
    default:
      throw GrammarError(
        "unknown metric '\(word.shown)'; metrics are \(RuleMetric.names)", at: word.offset)
    }
  }

  private mutating func shareCondition() throws(GrammarError) -> Condition {
    guard skip("(") else { throw expected("'(' and a condition behind 'share'") }
    let opening = index - 1
    allowsClauses = false
    defer { allowsClauses = true }
    let condition = try condition()
    guard skip(")") else {
      if next == nil { throw GrammarError("this parenthesis is not closed", at: opening) }
      throw expected("'and', 'or' or ')'")
    }
    return condition
  }

  fileprivate mutating func comparison() throws(GrammarError) -> RuleDefinition.Comparison {
    let isAbove = next == UInt8(ascii: ">")
    guard isAbove || next == UInt8(ascii: "<") else { throw expected("'>' or '<'") }
    index += 1
    if index < bytes.count, bytes[index] == UInt8(ascii: "=") {
      throw GrammarError("a rule compares with '>' or '<' alone", at: index)
    }
    return isAbove ? .above : .below
  }

  /// Reads the limit of a rule.
  fileprivate mutating func limit(
    of metric: RuleMetric, _ comparison: RuleDefinition.Comparison
  ) throws(GrammarError) -> Threshold {
    let word = try value(metric.limitNoun)
    let limit = try word.number(metric.limitNoun, metric.units)
    switch comparison {
    case .above where metric.isPercentage && limit >= Threshold(whole: 100):
      throw GrammarError(
        "a percentage never exceeds 100, so this limit can never be exceeded", at: word.offset)
    case .below where metric.isPercentage && Threshold(whole: 100) < limit:
      throw GrammarError(
        "a percentage never exceeds 100, so this alert could never recover", at: word.offset)
    case .below where limit.isZero:
      throw GrammarError("no value is below 0, so this rule could never alert", at: word.offset)
    default: return limit
    }
  }

  /// Reads the value at which an alert recovers.
  mutating func clearLimit(of rule: RuleDefinition) throws(GrammarError) -> Threshold {
    let word = try value(rule.metric.limitNoun)
    let clear = try word.number(rule.metric.limitNoun, rule.metric.units)
    switch rule.comparison {
    case .above where rule.limit < clear:
      throw GrammarError(
        "an alert above \(rule.limit.text) recovers at or below it, so 'clear' is at most that",
        at: word.offset)
    case .below where clear < rule.limit:
      throw GrammarError(
        "an alert below \(rule.limit.text) recovers at or above it, so 'clear' is at least that",
        at: word.offset)
    case .below where rule.metric.isPercentage && Threshold(whole: 100) < clear:
      throw GrammarError("a percentage is at most 100, so it never gets there", at: word.offset)
    default: return clear
    }
  }
}
