import AccessLog
import LogParsing
import Testing

/// The names that wrappers give to lines: each has a format of its own.
@Suite struct WrapperNameTests {
  private static let line = WrapperTests.line
  private static let csv = "10.0.0.7,-,-,1773476813,GET /b/x HTTP/1.0,200,5"

  @Test func eachContainerHasAFormatOfItsOwn() {
    let log = [
      "web-1  | " + Self.line, "csv-1  | " + Self.csv, "web-1  | " + Self.line,
      "csv-1  | " + Self.csv,
      Self.line, "app-1  | started", "app-1  | " + Self.csv, Self.csv,
    ]
    let parsed = ParsedLog(log.map { $0 + "\n" }.joined())
    #expect(
      parsed.clients == [
        "203.0.113.5", "10.0.0.7", "203.0.113.5", "10.0.0.7", "203.0.113.5", "10.0.0.7",
      ])
    // The last one comes without a name, as a line of another format did before.
    #expect(parsed.rejected == [.shape: 2])
    #expect(parsed.names == 3)
    #expect(parsed.format == "combined")
  }

  @Test func aHeaderOrdersTheColumnsOfItsContainer() {
    let log = [
      "a-1  | status,date,remotehost", "b-1  | " + Self.csv, "a-1  | 404,1773476813,10.0.0.8",
      "b-1  | " + Self.csv,
    ]
    let parsed = ParsedLog(log.joined(separator: "\n"))
    #expect(parsed.clients == ["10.0.0.7", "10.0.0.8", "10.0.0.7"])
    #expect(parsed.ignored == 1)
  }

  @Test func theOutermostNameCounts() {
    let log = ["web1", "web2"].flatMap { host in
      (1...3).map { "Mar 14 09:26:53 \(host) docker: nginx-\($0)  | \(Self.line)\n" }
    }
    #expect(ParsedLog(log.joined()).names == 2)
    #expect(ParsedLog(log.joined()).wrappers == [.compose, .syslog])
  }

  /// The names after the first 256 share one format.
  @Test func thereMayBeAnyNumberOfNames() {
    let many = (1...300).map { "c\($0)-1  | \(Self.line)\n" }
    let parsed = ParsedLog(many.joined() + many.joined())
    #expect(parsed.clients.count == 600)
    #expect(parsed.names == 256)
    let other = ParsedLog(many.joined() + "d-1  | \(Self.csv)\nc1-1  | \(Self.csv)\n")
    #expect(other.rejected == [.shape: 2])
  }

  /// What was found once is found again only where it is the same.
  @Test(arguments: [
    ("web |", "web |x y"), ("[a/b/c]", "[a/b/c]x y"),
    ("Mar 14 09:26:53 web1 nginx:", "Mar 14 09:26:53 web1 nginx:x y"),
    ("<1>1 - web1 a - - -", "<1>1 - web1 a - - -x y"),
  ])
  func aPrefixThatEndsALineIsNoPrefixOfAWord(first: String, second: String) {
    let second = second + Self.line.dropFirst("203.0.113.5 - -".count)
    let alone = ParsedLog(Self.line + "\n" + second)
    #expect(ParsedLog(Self.line + "\n" + first + "\n" + second).clients == alone.clients)
  }

  /// Words that only look like a prefix of stern are no names.
  @Test func linesThatAreNotReadGiveNoNames() {
    let noise = (1...400).map { "word\($0) two and more\nname\($0)  | noise\n" }
    let parsed = ParsedLog(noise.joined() + "pod container " + Self.line, format: "combined")
    #expect(parsed.names == 1)
    #expect(parsed.rejected == [.shape: 800])
    #expect(parsed.clients == ["203.0.113.5"])
  }
}
