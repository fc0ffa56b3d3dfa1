import AccessLog
import Conditions
import LogParsing
import Testing

/// Conditions are asked about names as about the lines that the names are of.
@Suite struct ConditionOnNamesTests {
  private static let lines = [
    #"10.0.0.1 - - [14/Mar/2026:09:26:53 +0100] "GET /a/b?c HTTP/1.1" 200 1 "-" "curl/8""#,
    #"10.0.0.2 - u [14/Mar/2026:09:26:53 +0100] "POST /x;p/y HTTP/1.1" 503 9 "http://r" "M""#,
    #"web.example - - [14/Mar/2026:09:26:54 +0100] "HEAD / HTTP/1.1" 404 0 "-" "abot""#,
    #"2001:db8::7 - Dana [14/Mar/2026:09:26:54 +0100] "-" - - "" "GoogleBOT""#,
    #"h.example:80 ::ffff:10.1.1.1 - - [14/Mar/2026:09:26:54 +0100] "\x16" 999 0 "-" """#,
  ]
  private static let conditions = [
    "section=/a", "section!=/a,/x", "section~/?", "not section~*a*", "path=/x/y", "path!~*Y",
    "client=10.0.0.0/30", "client!=10.0.0.0/8", "client=2001:db8::/32,web.example", "client~*.1",
    "user=u", "user~D?NA", "user!=-", "user=-", "host=-", "host=h.example", "host~H.*",
    "status=5xx", "status=404", "status>=400", "status<300", "status!=200", "status=other",
    "status!=other", "status~4*", "not status=4xx,5xx", "referrer~http*", "referrer=-",
    "agent~*BOT", "agent=-", "agent!=\"curl/8\"", "bot=yes", "bot!=yes", "bot=-", "bot~n?",
    "source=access.log", "source!~*.log",
  ]
  private static let dimensions = DimensionSet(Dimension.allCases.map { DimensionSet($0) })

  @Test(arguments: conditions)
  func namesSatisfyWhatTheirLinesDo(text: String) throws {
    let condition = try Condition(parsing: text)
    let dimension = try #require(condition.expression.onlyTerm?.field.dimension)
    var options = ParsingOptions()
    options.wanted = Self.dimensions
    options.conditions.filter = condition
    var parser = LogParser(options, source: Name("access.log"))
    let batch = RecordBatch(WantedFacts(Self.dimensions))
    parser.parse(Array(Self.lines.map { $0 + "\n" }.joined().utf8), pieces: .max, into: batch)
    #expect(batch.records.count == Self.lines.count)
    let test = ConditionOnNames(condition)
    for (index, record) in batch.records.enumerated() {
      let name = batch.withFacts { facts in
        let id =
          dimension.isCommon
          ? record.names[dimension]
          : facts.names(at: index)[facts.dimensions.firstIndex(of: dimension) ?? 0]
        return batch.name(id, in: dimension)
      }
      #expect(name.withBytes { test.holds($0) } == !record.isFilteredOut, "\(name)")
    }
  }

  @Test(arguments: [
    ("section=/a or section=/b", false), ("section=/a,/b", true), ("not not section=/a", true),
    ("section=/a status=500", false),
  ])
  func oneTermMayHaveSeveralValuesAndBeNegated(text: String, isOne: Bool) throws {
    let condition = try Condition(parsing: text)
    #expect((condition.expression.onlyTerm != nil) == isOne)
  }
}
