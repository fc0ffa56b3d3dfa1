import AccessLog
import Conditions
import LogParsing
import Testing

/// What must not change which lines satisfy a condition.
@Suite struct ConditionConsistencyTests {
  private static let usual = [
    #"10.0.0.1 - - [14/Mar/2026:09:26:53 +0100] "GET /a/b?c HTTP/1.1" 200 1 "-" "curl/8""#,
    #"10.0.0.2 - u [14/Mar/2026:09:26:53 +0100] "POST /x;p/y HTTP/1.1" 503 9 "http://r" "M""#,
    #"web.example - - [14/Mar/2026:09:26:54 +0100] "HEAD / HTTP/1.1" 404 0 "-" "abot""#,
  ]
  private static let conditions = [
    "section=/a", "path~*y", "query=c", "client=10.0.0.0/30", "user=u", "method=HEAD",
    "status=5xx", "bytes>=9", "referrer~http*", "agent~*BOT", "bot=yes", "not bot=yes",
    "host=-", "latency<1", "source=-",
  ]
  private static let expected = [
    [0, 2, 3, 10, 12, 14], [1, 3, 4, 6, 7, 8, 11, 12, 14], [5, 9, 10, 12, 14],
  ]

  @Test(
    arguments: [
      { $0 }, { " " + $0 }, { $0.replacing(" - ", with: "  - ") }, { $0 + "\r" },
      { $0 + " \"tail\"" },
      { line in
        let escaped = line.replacing("\"", with: "\\\"")
        return #"{"log":"\#(escaped)\n","stream":"stdout","time":"2026-03-14T08:26:53Z"}"#
      },
    ] as [@Sendable (String) -> String])
  func usualAndUnusualLinesAreAskedAlike(change: @Sendable (String) -> String) throws {
    let log = Array(Self.usual.map { change($0) + "\n" }.joined().utf8)
    for pieces in [Int.max, 1, 50] {
      let asked = try FilteredLog(log, conditions: Self.conditions, pieces: pieces)
      #expect(asked.matches == Self.expected)
    }
  }

  @Test func namesChangeNothing() throws {
    let log = Array(Self.usual.map { $0 + "\n" }.joined().utf8)
    let all = DimensionSet(Dimension.allCases.map { DimensionSet($0) })
    let asked = try FilteredLog(log, conditions: Self.conditions, wanted: all)
    #expect(asked.matches == Self.expected)
  }

  @Test func moreThan64ConditionsAreTold() throws {
    let log = Array(Self.usual.map { $0 + "\n" }.joined().utf8)
    let many = (0..<70).map { "bytes>\($0)" } + ["status=200"]
    let asked = try FilteredLog(log, conditions: many)
    #expect(asked.matches == [[0, 70], Array(0..<9), []])
  }

  @Test func rulesAreNotAskedOfWhatIsFilteredOut() throws {
    let log = Array(Self.usual.map { $0 + "\n" }.joined().utf8)
    let asked = try FilteredLog(log, filter: "status=200", conditions: ["bytes>=0"])
    #expect(asked.passing == [true, false, false])
    #expect(asked.matches == [[0], [], []])
  }

  @Test func manyValuesAreFound() throws {
    let values =
      (0..<900).map { "10.0.\($0 % 7).\($0)" } + ["web.example", "a-long-name-of-a-host"]
    let list = values.joined(separator: ",")
    let log = values + ["10.0.9.9", "web.exampl", "a-long-name-of-a-hosu", "zzzzzzzzzzzzzzzzzzzzz"]
    let lines = log.map { #"\#($0) - - [14/Mar/2026:09:26:53 +0100] "GET / H" 200 1"# + "\n" }
    let passing = try FilteredLog(lines.joined(), filter: "client=\(list)").passing
    #expect(passing == values.map { _ in true } + [false, false, false, false])
  }

  /// Deep and long conditions, on the longest line.
  @Test func theLargestConditionsAreAsked() throws {
    let agent = String(repeating: "ab", count: 32_000)
    let line = #"h - - [14/Mar/2026:09:26:53 +0100] "GET / H" 200 1 "-" ""# + agent + "\"\n"
    let deep = String(repeating: "not ", count: 100) + "status=200"
    #expect(try FilteredLog(line, filter: deep).passing == [true])
    let wide = Array(repeating: "bot=yes", count: 800) + ["user=-"]
    #expect(try FilteredLog(line, filter: wide.joined(separator: " or ")).passing == [true])
    let long = "agent~*" + String(repeating: "ab", count: 4000) + "c*"
    #expect(try FilteredLog(line, filter: long).passing == [false])
    let stars = "agent~" + String(repeating: "*b", count: 4000) + "*c"
    #expect(try FilteredLog(line, filter: stars).passing == [false])
  }
}
