import AccessLog
import LogParsing
import Testing

/// The names of records in the dimensions that a run asks for.
@Suite struct RecordNameTests {
  private static let all = DimensionSet(
    Dimension.allCases.filter { !$0.isCommon }.map { DimensionSet($0) })

  /// The names of each record in a dimension.
  private func names(_ text: String, _ dimension: Dimension, pieces: Int = .max) -> [String] {
    var options = ParsingOptions()
    options.wanted = Self.all
    var parser = LogParser(options, source: Name("access.log"))
    let batch = RecordBatch(WantedFacts(Self.all))
    parser.parse(Array(text.utf8), pieces: pieces, into: batch)
    return batch.withFacts { facts in
      let place = facts.dimensions.firstIndex(of: dimension) ?? 0
      return batch.records.indices.map {
        batch.name(facts.names(at: $0)[place], in: dimension).description
      }
    }
  }

  private func line(_ request: String, rest: String = #"200 5 "https://a.example/" "curl/8""#)
    -> String
  {
    #"203.0.113.7 - - [14/Mar/2026:09:26:53 +0000] "\#(request)" \#(rest)"# + "\n"
  }

  @Test(arguments: [
    ("GET //api/user;v=1/x?q HTTP/1.1", "/api/user/x"), ("GET /a/b HTTP/1.1", "/a/b"),
    ("GET /a?b/c HTTP/1.1", "/a"), ("GET /a/b#c?d HTTP/1.1", "/a/b"), ("GET / HTTP/1.1", "/"),
    ("GET /;jsessionid=1/a;b/ HTTP/1.1", "//a/"), ("OPTIONS * HTTP/1.1", "*"),
    ("GET http://h.example/a/b?c HTTP/1.1", "/a/b"), ("GET http://h.example HTTP/1.1", "/"),
    ("CONNECT h:443 HTTP/1.1", "(connect)"), ("GET x HTTP/1.1", "(malformed)"),
    ("-", "(no request)"), (#"\x16\x03"#, "(malformed)"),
  ])
  func thePathIsTheTargetWithoutQueryAndParameters(request: String, path: String) {
    #expect(names(line(request), .path) == [path])
  }

  /// The lines that nearly all servers write, and others of the family, have the same names.
  @Test func referrerAgentAndUserAreThoseOfTheLine() {
    let log =
      line("GET / HTTP/1.1") + line("GET /\\\"x HTTP/1.1")
      + line("GET / HTTP/1.1", rest: #"200 5 "-" """#) + line("GET / HTTP/1.1", rest: "200 5")
      + line("GET / HTTP/1.1", rest: #"200 5 "r\"s" "a\\b""#)
      + line("GET / HTTP/1.1", rest: #"200 5 "r" "unclosed"#)
    for pieces in [Int.max, 40] {
      #expect(
        names(log, .referrer, pieces: pieces)
          == ["https://a.example/", "https://a.example/", "-", "-", #"r"s"#, "r"])
      #expect(
        names(log, .agent, pieces: pieces) == ["curl/8", "curl/8", "-", "-", #"a\b"#, "unclosed"])
    }
  }

  @Test(arguments: [
    ("1.2.3.4 - anna [", "anna"), ("1.2.3.4 - - [", "-"), ("1.2.3.4 - anna b [", "anna b"),
    ("1.2.3.4 -  anna  [", "anna"), ("1.2.3.4 -  [", "-"), ("h:80 1.2.3.4 - anna [", "anna"),
    ("1.2.3.4, 10.0.0.1 - anna [", "anna"), (#""1.2.3.4, 10.0.0.1" - anna ["#, "anna"),
  ])
  func theUserStandsBeforeTheTime(prefix: String, user: String) {
    let log = prefix + #"14/Mar/2026:09:26:53 +0000] "GET / HTTP/1.1" 200 5 "-" "-""# + "\n"
    #expect(names(log, .user) == [user])
  }

  @Test func theHostHasNoPort() {
    let rest = #" 1.2.3.4 - - [14/Mar/2026:09:26:53 +0000] "GET / HTTP/1.1" 200 5"# + "\n"
    #expect(
      names("shop.example.org:443" + rest + "shop.example.org" + rest + "[::1]:80" + rest, .host)
        == ["shop.example.org", "shop.example.org", "::1"])
    #expect(names(line("GET / HTTP/1.1"), .host) == ["-"])
  }

  @Test func theUserOfCSVIsAField() {
    let log = """
      remotehost,rfc931,authuser,date,request,status,bytes
      "10.0.0.1","-","an""na",1773476813,"GET /a HTTP/1.0",200,1
      "10.0.0.1","-","-",1773476813,"GET /a HTTP/1.0",200,1

      """
    #expect(names(log, .user) == [#"an"na"#, "-"])
  }

  /// The outermost name counts; lines without one have the name of the log.
  @Test func theSourceIsTheNameThatAWrapperGives() {
    let plain = line("GET / HTTP/1.1")
    let log =
      plain + "nginx-1  | " + plain + "web_1 | Nov 25 12:00:01 web9 nginx: " + plain + plain
      + "[pod/x/y] " + plain
    #expect(
      names(log, .source)
        == ["access.log", "nginx-1", "web_1", "access.log", "x"])
  }

  /// Names are read only for those who ask for them.
  @Test func aBatchWithoutWishesHasNoRows() {
    var parser = LogParser()
    let batch = RecordBatch()
    parser.parse(Array(line("GET / HTTP/1.1").utf8), into: batch)
    #expect(batch.records.count == 1)
    #expect(batch.withFacts { $0.isEmpty })
  }
}
