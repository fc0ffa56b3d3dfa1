import AccessLog

/// What follows the limit of a rule: clauses in any order, each at most once.
struct RuleClauses {
  /// The window of a rule that does not name one, in seconds.
  static let defaultWindow: Int64 = 120
  /// The windows that a rule may have, in seconds.
  static let windows: ClosedRange<Int64> = 1...3600
  /// The longest time that a condition may have to hold, in seconds.
  static let longestDelay: Int64 = 365 * 86_400
  private static let durationUnits: KeyValuePairs<String, Int64> = ["s": 1, "m": 60, "h": 3600]
  private static let durationNoun = "a duration such as 90s, 2m or 1h"

  private var given: Set<String> = []
  /// Where each action is named first, in bytes from the start of the text.
  private(set) var actionOffsets: [String: Int] = [:]

  /// Parses the clauses up to the end of the text.
  mutating func parse(
    _ scanner: inout GrammarScanner, into rule: inout RuleDefinition
  ) throws(GrammarError) {
    while scanner.next != nil {
      let word = scanner.peekName()
      guard let clause = GrammarScanner.clauses.first(where: word.isEqual(to:)) else {
        throw scanner.expected(
          "one of \(GrammarScanner.clauses.joined(separator: " ")), or the end")
      }
      guard given.insert(clause).inserted else {
        throw GrammarError("'\(clause)' is given twice", at: word.offset)
      }
      _ = scanner.name()
      if rule.metric.isOfLines, clause == "where" || clause == "by" {
        throw GrammarError(
          "'\(rule.metric.text)' is about all lines, so '\(clause)' has no meaning", at: word.offset
        )
      }
      try parse(clause, &scanner, into: &rule)
    }
  }

  private mutating func parse(
    _ clause: String, _ scanner: inout GrammarScanner, into rule: inout RuleDefinition
  ) throws(GrammarError) {
    switch clause {
    case "over": rule.window = try duration(&scanner, Self.windows, "a window is 1 s to 1 h long")
    case "for":
      rule.delay = try duration(
        &scanner, 0...Self.longestDelay, "a condition has to hold for 365 days at most")
    case "clear": rule.clear = try scanner.clearLimit(of: rule)
    case "min":
      let noun = "a number of hits"
      let count = try scanner.value(noun).whole(noun)
      rule.leastHits = Int(count)
    case "where": rule.condition = try scanner.condition()
    case "by": rule.subject = try subject(&scanner)
    default: rule.actions = try actions(&scanner)
    }
  }

  /// Reads a time in whole seconds.
  private func duration(
    _ scanner: inout GrammarScanner, _ range: ClosedRange<Int64>, _ hint: String
  ) throws(GrammarError) -> Int64 {
    let word = try scanner.value(Self.durationNoun)
    let seconds = try word.whole(Self.durationNoun, Self.durationUnits)
    guard range.contains(seconds) else { throw GrammarError(hint, at: word.offset) }
    return seconds
  }

  private func subject(
    _ scanner: inout GrammarScanner
  ) throws(GrammarError) -> RuleDefinition.Subject {
    let names = "section path client host user referrer agent status method source"
    let word = try scanner.value("a dimension: \(names)")
    let name = String(decoding: word.bytes, as: UTF8.self)
    if name == "method" { return .method }
    guard let dimension = Dimension(named: name) else {
      throw GrammarError(
        "unknown dimension '\(word.shown)'; dimensions are \(names)", at: word.offset)
    }
    return .dimension(dimension)
  }

  private mutating func actions(_ scanner: inout GrammarScanner) throws(GrammarError) -> [String] {
    var names: [String] = []
    for word in try scanner.list("the name of an action") {
      let name = String(decoding: word.bytes, as: UTF8.self)
      guard !name.isEmpty else {
        throw GrammarError("the name of an action is not empty", at: word.offset)
      }
      guard !names.contains(name) else { continue }
      names.append(name)
      actionOffsets[name] = word.offset
    }
    return names
  }
}
