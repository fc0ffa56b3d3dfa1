import AccessLog
import Conditions
import LogParsing

/// A text that may be a condition or a rule, and lines that are asked what it asks.
struct ConditionTexts {
  private static let lengthLimit = 10_000
  private let text: String
  private let lines: [UInt8]

  /// - Parameter bytes: a text up to its first newline, and perhaps lines behind it.
  init(_ bytes: [UInt8]) {
    text = String(decoding: bytes.prefix { $0 != 10 }.prefix(Self.lengthLimit), as: UTF8.self)
    lines = Self.usual + Array(bytes.drop { $0 != 10 }.dropFirst())
  }

  private static let usual = Array(
    #"""
    10.0.0.1 - - [14/Mar/2026:09:26:53 +0100] "GET /a/b;c?d HTTP/1.1" 200 1 "-" "curl/8"
    a:80 ::ffff:1.2.3.4 - u [14/Mar/2026:09:26:53 +0100] "-" - - "http://r" "abäot" 12ms

    """#.utf8)

  /// Parses the text as a condition. One that parses is parsed to the same again from its own text, and
  /// its negation holds where it does not, except for the terms of a number that is not there.
  func runCondition() {
    do {
      let condition = try Condition(parsing: text)
      require(
        (try? Condition(parsing: condition.text))?.expression == condition.expression,
        "a condition is what its text says")
      let first = passing(condition)
      let negated = passing(Condition(text: "", .not(condition.expression)))
      require(zip(first, negated).allSatisfy { $0 != $1 }, "a condition holds, or its negation")
      sink = first.count
    } catch {
      check(error)
    }
  }

  /// Parses the text as a rule.
  func runRule() {
    do {
      let rule = try RuleDefinition(parsing: text)
      require(!rule.name.isEmpty && rule.window >= 1 && rule.leastHits >= 0, "a rule is sensible")
      if let condition = rule.condition { sink = passing(condition).count }
      if case .share(let condition) = rule.metric { sink = passing(condition).count }
    } catch {
      check(error)
    }
  }

  private func check(_ error: GrammarError) {
    require((0...text.utf8.count).contains(error.offset), "an error has a place in the text")
    let picture = error.picture(of: text, columns: 40)
    require(picture.count == 2 && picture.allSatisfy { $0.width <= 41 }, "an error has a picture")
    sink = error.message.utf8.count
  }

  /// For each hit, whether it passes a filter.
  private func passing(_ condition: Condition) -> [Bool] {
    var options = ParsingOptions()
    options.conditions.filter = condition
    let number = options.conditions.number(of: condition)
    var parser = LogParser(format: FormatCatalog.format(named: "combined"), options)
    let batch = RecordBatch(options.wantedFacts)
    let padded = lines + [UInt8](repeating: 0, count: LineBytes.padding)
    padded.withUnsafeBufferPointer { buffer in
      let block = UnsafeBufferPointer(start: buffer.baseAddress, count: lines.count)
      _ = parser.parse(block, isLast: true, into: batch)
    }
    parser.finish(into: batch)
    let passing = batch.records.map { !$0.isFilteredOut }
    batch.withFacts { facts in
      for index in passing.indices {
        require(facts.matches(at: index).contains(number) == passing[index], "both ask alike")
      }
    }
    return passing
  }
}
