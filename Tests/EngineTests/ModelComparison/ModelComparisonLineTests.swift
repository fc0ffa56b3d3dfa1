import ReferenceModel
import Testing

/// Lines of the common-log family as servers write them, for the model and the product.
@Suite struct ModelComparisonLineTests {
  private static let request = #"[23/Nov/2026:17:00:09 +0000] "GET /a/x HTTP/1.1" 200 512"#

  /// What stands before the time, and the client.
  static let clients = [
    ("10.0.0.1 - - ", "10.0.0.1"), ("10.0.0.1 - ", "10.0.0.1"),
    ("   10.0.0.1   -   dana   ", "10.0.0.1"), ("host.example.org - - ", "host.example.org"),
    ("10.0.0.1:40212 - jo doe ", "10.0.0.1"), ("10.0.0.1:123456 - - ", "10.0.0.1:123456"),
    ("[2001:db8::1] - - ", "2001:db8::1"), ("[2001:db8::1]:443 - jo doe ", "2001:db8::1"),
    ("fe80::1%eth0 - - ", "fe80::1%eth0"), ("[fe80::1%eth0]:80 - - ", "fe80::1%eth0"),
    ("2001:db8::1:443 - - ", "2001:db8::1:443"), ("unknown - - ", "unknown"), ("[] - - ", "-"),
    // Lists.
    ("10.0.0.1, 10.0.0.2 - - ", "10.0.0.1"), ("10.0.0.1,10.0.0.2 - - ", "10.0.0.1"),
    ("unknown, 10.0.0.2 - - ", "10.0.0.2"), ("-, -, - - - ", "-"), (",, 10.0.0.3 - - ", "10.0.0.3"),
    ("[::1]:80, 10.0.0.2 - - ", "::1"), ("10.0.0.1, - - ", "10.0.0.1"),
    // In quotes.
    ("\"10.0.0.1\" - - ", "10.0.0.1"), ("\"unknown, 10.0.0.2:80\" - jo doe ", "10.0.0.2"),
    ("\"10.0.0.1, 10.0.0.2\" ", "10.0.0.1"), ("\"\" - - ", "-"), ("\"-\" - - ", "-"),
    ("\"10.0.0.1\"- - ", "10.0.0.1"), ("\"10.0.0.1 - - ", "10.0.0.1"),
    // A virtual host first.
    ("shop.example.org:443 10.0.0.1 - - ", "10.0.0.1"), ("shop 10.0.0.1 - - ", "10.0.0.1"),
    ("shop [::1]:80 - - ", "::1"), ("shop host.example.org - - ", "host.example.org"),
    ("shop:443 web - - ", "web"), ("shop:443 unknown, 10.0.0.7 - - ", "10.0.0.7"),
    ("[::1]:443 web - - ", "web"),
    // None of them a virtual host.
    ("shop:443 - - - ", "shop"), ("10.0.0.1 jo.doe - - ", "10.0.0.1"), ("shop web - - ", "shop"),
    ("shop, 10.0.0.1 - - ", "shop"), ("shop:443, 10.0.0.1 - - ", "shop"),
    ("\"shop:443\" 10.0.0.1 - - ", "shop"), ("a:443 10.0.0.1 - ", "a"),
  ]

  @Test(arguments: Runner.allCases, clients)
  func theClientIsFoundBeforeTheTime(
    runner: Runner, example: (prefix: String, client: String)
  ) throws {
    let figures = try runner.figures([example.prefix + Self.request]) { $0.format = "common" }
    #expect(figures.clients == [example.client])
  }

  @Test(
    arguments: Runner.allCases,
    [
      "", "10.0.0.1 ", "10.0.0.1 -", "10.0.0.1 - -", "\"10.0.0.1\" ", "\"10.0.0.1, 10.0.0.2\"",
      "\" - ",
    ])
  func aPrefixOfLessThanTwoWordsOrWithoutASpaceIsNoLine(runner: Runner, prefix: String) throws {
    let figures = try runner.figures([prefix + Self.request]) { $0.format = "common" }
    #expect(figures.rejected("shape") == 1)
  }

  @Test(arguments: Runner.allCases)
  func quotesAroundTheWholeLineAreDropped(runner: Runner) throws {
    let figures = try runner.figures([
      "\"10.0.0.1 - - \(Self.request)\"", "\"10.0.0.1 - - \(Self.request)",
      "  \"10.0.0.1 - - \(Self.request) \"-\" \"ua\"\"",
    ])
    #expect(figures.hits == 3)
    #expect(figures.clients == ["10.0.0.1"])
    #expect(figures.named("interval")[0]["bytes"] as? Int == 3 * 512)
  }

  @Test(arguments: Runner.allCases)
  func theTimeIsTheFirstBracketBeforeAQuoteThatHoldsNoOther(runner: Runner) throws {
    let figures = try runner.figures([
      "10.0.0.1 - [a [b] c] \(Self.request)", "10.0.0.2 - x[ \(Self.request)",
      "10.0.0.3 - ]] \(Self.request)",
      #"10.0.0.4 - - [23/Nov/2026:17:00:09 +0000]    "GET /a/x HTTP/1.1" 200 512"#,
    ])
    #expect(figures.hits == 4)
    let forged = #"10.0.0.5 - [x] "GET / HTTP/1.1" 200 5 "# + Self.request
    #expect(try runner.figures([combined(), forged]).rejected("time") == 1)
    let joined = #"10.0.0.6 - - [23/Nov/2026:17:00:09 +0000]"GET /a/x HTTP/1.1" 200 512"#
    #expect(try runner.figures([combined(), joined]).rejected("shape") == 1)
  }

  /// What follows the time, the section and the bytes; instead of the section the reason.
  static let requests: [(text: String, section: String, bytes: Int)] = [
    (#""GET /a/b HTTP/1.1" 200 5"#, "/a", 5), (#""GET /a"   200    5   "-""#, "/a", 5),
    (#""GET /a"200 5"#, "/a", 5), (#""GET /a" - -"#, "/a", 0), (#""" 200 5"#, "(no request)", 5),
    // A quote that is not escaped.
    (#""GET /a"b HTTP/1.1" 200 5"#, #"/a"b"#, 5), (#""GET /a" 200" 404 7"#, #"/a""#, 7),
    (#""GET /a" 2000 " 404 7"#, #"/a""#, 7), (#""GET /a" 404 9 " 200 5"#, "/a", 9),
    (#""GET /a" - " 200 5"#, "bytes", 0), (#""GET /a" x" 200 5"#, #"/a""#, 5),
    // Backslashes before a quote.
    (#""GET /a\" x" 200 5"#, #"/a""#, 5), (#""GET /a\\" 200 5"#, #"/a\"#, 5),
    (#""GET /a\" 200 5"#, #"/a\"#, 5), (#""GET /a\" 404 9 x" 200 5"#, #"/a""#, 5),
    (#""GET /a\" 200 5 x\" 404 9"#, #"/a\"#, 5), (#""GET /a\\\" 200 5"#, #"/a\\"#, 5),
    (#""\" 200 5"#, "(malformed)", 5), (#""GET /a\x22b" 200 5"#, #"/a\x22b"#, 5),
    // No line, or one with a field that cannot be read.
    (#""GET /a" x"#, "shape", 0), (#""GET /a" 200"#, "shape", 0), (#""GET /a"#, "shape", 0),
    (#""GET /a\" x"#, "shape", 0), (#""GET /a" x 5"#, "status", 0),
    (#""GET /a" 20 5"#, "status", 0), (#""GET /a" 200 x"#, "bytes", 0),
  ]

  @Test(arguments: Runner.allCases, requests)
  func theRequestEndsBeforeTheStatus(
    runner: Runner, example: (text: String, section: String, bytes: Int)
  ) throws {
    let figures = try runner.figures(["10.0.0.1 - - [1764090000] " + example.text]) {
      $0.format = "combined"
    }
    guard ["shape", "status", "bytes"].contains(example.section) else {
      #expect(figures.sections == [example.section])
      #expect(figures.named("interval").first?["bytes"] as? Int == example.bytes)
      return
    }
    #expect(figures.rejected(example.section) == 1)
  }

  @Test(
    arguments: Runner.allCases,
    [
      (#" "-" "ua""#, "combined"), (#"   "-"   "ua""#, "combined"), (#" "-" "ua"#, "combined"),
      (#" "a\"b" "ua""#, "combined"), (#" "-" x "ua""#, "common"), (#" "-""#, "common"),
      (#" "-""ua""#, "common"), (#" "a\" "ua"#, "common"), ("", "common"), (" x", "common"),
    ])
  func theStartNamesTheMemberThatTheFirstLineMatches(
    runner: Runner, example: (tail: String, name: String)
  ) throws {
    func format(_ line: String) throws -> String? {
      let start = try runner.figures(["no line", line]).named("start")[0]
      return (start["sources"] as? [[String: Any]])?[0]["format"] as? String
    }
    #expect(try format("10.0.0.1 - - " + Self.request + example.tail) == example.name)
    #expect(try format("shop:80 10.0.0.1 - - " + Self.request + example.tail) == "vcombined")
    #expect(try format("\"10.0.0.1\" - - - " + Self.request + example.tail) == example.name)
  }

  @Test(arguments: Runner.allCases, ["common", "combined", "vcombined"])
  func theThreeNamesReadTheSameLines(runner: Runner, name: String) throws {
    let figures = try runner.figures([
      "10.0.0.1 - - " + Self.request, "10.0.0.2 - - " + Self.request + " \"-\" \"ua\"",
      "shop:80 10.0.0.3 - - " + Self.request,
    ]) { $0.format = name }
    #expect(figures.clients == ["10.0.0.1", "10.0.0.2", "10.0.0.3"])
    let sources = figures.named("start")[0]["sources"] as? [[String: Any]]
    #expect(sources?[0]["format"] as? String == name)
  }

  @Test(
    arguments: Runner.allCases,
    [
      ("10.0.0.1:80", "10.0.0.1"), ("[::1]:80", "::1"), ("\"10.0.0.1, 10.0.0.2\"", "10.0.0.1"),
      ("\"unknown, 10.0.0.2\"", "10.0.0.2"), ("", "-"), ("\"\"\"10.0.0.1\"\"\"", "10.0.0.1"),
      ("\"-, unknown\"", "-"), (" 10.0.0.1", " 10.0.0.1"), ("10.0.0.1 ", "10.0.0.1 "),
    ])
  func aClientOfACSVLogIsReadLikeAnyOther(
    runner: Runner, example: (field: String, client: String)
  ) throws {
    let figures = try runner.figures(["\(example.field),-,-,5,GET / HTTP/1.0,200,1"])
    #expect(figures.clients == [example.client])
  }
}
