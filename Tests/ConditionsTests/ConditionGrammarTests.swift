import AccessLog
import Conditions
import Testing

/// What a text is parsed to, and the texts that are none.
@Suite struct ConditionGrammarTests {
  private static func text(_ field: FilterField, _ relation: FilterRelation, _ values: String...)
    -> FilterExpression
  {
    .term(FilterTerm(field, relation, values.map { .text(Array($0.utf8)) }))
  }

  private static func number(_ field: FilterField, _ relation: FilterRelation, _ value: String)
    -> FilterExpression
  {
    let number = Threshold(value, allowsZero: true) ?? Threshold(whole: -1)
    return .term(FilterTerm(field, relation, [.number(number)]))
  }

  private static let a = text(.user, .isAny, "a")
  private static let b = text(.user, .isAny, "b")
  private static let c = text(.user, .isAny, "c")

  @Test(arguments: [
    ("section=/api", text(.section, .isAny, "/api")),
    ("  section = /api  ", text(.section, .isAny, "/api")),
    ("section!=/api,/x", text(.section, .isNone, "/api", "/x")),
    ("section = /api , /x", text(.section, .isAny, "/api", "/x")),
    ("agent~*bot*", text(.agent, .matchesAny, "*bot*")),
    ("path !~ /a/*,\"/b c\"", text(.path, .matchesNone, "/a/*", "/b c")),
    (#"user="a \"b\" \\ \*""#, text(.user, .isAny, #"a "b" \ \*"#)),
    ("user=\"\"", text(.user, .isAny, "")),
    ("user=\"and\"", text(.user, .isAny, "and")),
    ("query=a=b&c>d", text(.query, .isAny, "a=b&c>d")),
    ("client=10.0.0.1", text(.client, .isAny, "10.0.0.1")),
    ("client=unix:/run/x", text(.client, .isAny, "unix:/run/x")),
    ("client~10.*/8", text(.client, .matchesAny, "10.*/8")),
    ("bot=yes", text(.bot, .isAny, "yes")),
    ("status~5*", text(.status, .matchesAny, "5*")),
    ("method=GET", text(.method, .isAny, "GET")),
    ("source=web1", text(.source, .isAny, "web1")),
  ])
  func readsATerm(text: String, expression: FilterExpression) throws {
    #expect(try Condition(parsing: text).expression == expression)
  }

  @Test(arguments: [
    ("status=404", number(.status, .isAny, "404")),
    ("status>=500", number(.status, .greaterOrEqual, "500")),
    ("status!=5xx", .term(FilterTerm(.status, .isNone, [.statusClass(.serverError)]))),
    ("status=other", .term(FilterTerm(.status, .isAny, [.statusClass(.other)]))),
    ("bytes>1.5k", number(.bytes, .greater, "1500")),
    ("bytes <= 2M", number(.bytes, .lessOrEqual, "2000000")),
    ("bytes<3G", number(.bytes, .less, "3000000000")),
    ("latency>250ms", number(.latency, .greater, "0.25")),
    ("latency=0.5s", number(.latency, .isAny, "0.5")),
    ("latency!=.5", number(.latency, .isNone, "0.5")),
  ])
  func readsANumber(text: String, expression: FilterExpression) throws {
    #expect(try Condition(parsing: text).expression == expression)
  }

  @Test(
    arguments: [
      ("user=a and user=b", .all([a, b])),
      ("user=a user=b", .all([a, b])),
      ("user=a or user=b user=c", .any([a, .all([b, c])])),
      ("(user=a or user=b) user=c", .all([.any([a, b]), c])),
      ("(user=a)", a),
      ("not user=a", .not(a)),
      ("not not user=a", .not(.not(a))),
      ("not(user=a)or(user=b)", .any([.not(a), b])),
      ("not user=a user=b", .all([.not(a), b])),
      ("user=a\tand\nuser=b", .all([a, b])),
      ("user=\"a\"user=\"b\"", .all([a, b])),
    ] as [(String, FilterExpression)])
  func combinesTerms(text: String, expression: FilterExpression) throws {
    #expect(try Condition(parsing: text).expression == expression)
  }

  @Test func keepsTheTextWithoutBlanksAroundIt() throws {
    #expect(try Condition(parsing: " user=a  or user=b\t").text == "user=a  or user=b")
  }

  @Test(arguments: [
    ("", 0, "expected a field"),
    ("  ", 2, "expected a field"),
    ("foo=1", 0, "unknown field 'foo'"),
    ("user=a foo", 7, "unknown field 'foo'"),
    ("user", 4, "expected one of = != ~ !~"),
    ("user a", 5, "not 'a'"),
    ("user!a", 4, "expected one of = != ~ !~"),
    ("user=", 5, "expected a value"),
    ("user=a,", 7, "expected a value"),
    ("user=a,,b", 7, "expected a value, not ','"),
    ("user=over", 5, "reserved word"),
    ("user=a over", 7, "expected a field, not 'over'"),
    ("user=a and", 10, "expected a field"),
    ("user=a or", 9, "expected a field"),
    ("or user=a", 0, "expected a field, not 'or'"),
    ("user=\"a", 5, "not closed"),
    ("(user=a", 0, "not closed"),
    ("user=a)", 6, "closes none"),
    ("()", 1, "expected a field"),
    ("(a+)+b", 1, "unknown field 'a+'"),
    ("user<b", 4, "no order"),
    ("status<5xx", 8, "no unit"),
    ("status<400,500", 10, "single value"),
    ("status=abc", 7, "expected a status"),
    ("status=6xx", 8, "expected a status"),
    ("bytes>1kb", 7, "k, M, G"),
    ("bytes>-1", 6, "expected a number"),
    ("bytes~1*", 5, "is a number"),
    ("latency>1m", 9, "ms, s"),
    ("latency>1.2.3", 11, "expected a number"),
    ("bot=maybe", 4, "expected yes, no or -"),
    ("client=10.0.0/8", 7, "expected a network"),
    ("client=10.0.0.0/33", 16, "0 to 32"),
    ("client=10.0.0.0/", 16, "0 to 32"),
    ("client=\"10.0.0.0/33\"", 17, "0 to 32"),
    ("client=::/129", 10, "0 to 128"),
  ])
  func pointsAtTheFirstWrongCharacter(text: String, offset: Int, message: String) {
    let error = #expect(throws: GrammarError.self) { try Condition(parsing: text) }
    #expect(error?.offset == offset)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  // MARK: - Limits

  @Test func takesAThousandTerms() throws {
    let terms = Array(repeating: "user=a", count: 1000)
    #expect(try Condition(parsing: terms.joined(separator: " ")).expression.termCount == 1000)
    let error = #expect(throws: GrammarError.self) {
      try Condition(parsing: (terms + ["user=b"]).joined(separator: " "))
    }
    #expect(error?.offset == 7000)
  }

  @Test(arguments: [("(", ")"), ("not ", ""), ("not(", ")")])
  func nestsAHundredLevels(opening: String, closing: String) throws {
    let weight = opening == "not(" ? 2 : 1
    func nested(_ levels: Int) -> String {
      String(repeating: opening, count: levels) + "user=a"
        + String(repeating: closing, count: levels)
    }
    _ = try Condition(parsing: nested(100 / weight))
    let error = #expect(throws: GrammarError.self) {
      try Condition(parsing: nested(100 / weight + 1))
    }
    #expect(error?.offset == opening.utf8.count * (100 / weight))
    #expect(throws: GrammarError.self) { try Condition(parsing: nested(2000)) }
  }

  @Test func takesTenThousandCharacters() throws {
    let text = "user=" + String(repeating: "ä", count: 9995)
    _ = try Condition(parsing: text)
    let error = #expect(throws: GrammarError.self) { try Condition(parsing: text + "b") }
    #expect(error?.offset == 5 + 2 * 9995)
    #expect(throws: GrammarError.self) {
      try Condition(parsing: String(repeating: "(", count: 1_000_000))
    }
  }
}
