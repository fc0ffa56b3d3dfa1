import AccessLog
import LogParsing
import Testing

/// The client of lines of the common-log family, and whether a virtual host stands before it.
@Suite struct ClientTests {
  private static let rest = #" [14/Mar/2026:09:26:53 +0100] "GET /a/x HTTP/1.1" 200 5 "-" "ua""#

  @Test(arguments: [
    ("203.0.113.5 - -", "203.0.113.5"), ("host.example.org - -", "host.example.org"),
    ("203.0.113.5:40212 - -", "203.0.113.5"), ("host-7:80 - -", "host-7"),
    ("2001:db8::7f3 - -", "2001:db8::7f3"), ("[2001:db8::7f3] - -", "2001:db8::7f3"),
    ("[2001:db8::7f3]:443 - -", "2001:db8::7f3"), ("fe80::1%eth0 - -", "fe80::1%eth0"),
    ("::ffff:10.0.0.1 - -", "::ffff:10.0.0.1"), ("\"\"203.0.113.5\"\" - -", "-"),
    ("host:123456 - -", "host:123456"), ("host: - -", "host:"), (":80 - -", ":80"),
    ("[::1 - -", "[::1"), ("[::1]x - -", "[::1]x"), ("[] - -", "-"), ("unknown - -", "unknown"),
    ("- - -", "-"), ("   203.0.113.5 - -", "203.0.113.5"), ("203.0.113.5    -   -", "203.0.113.5"),
  ])
  func quotesBracketsAndPortsAreDropped(prefix: String, client: String) {
    let parsed = ParsedLog(prefix + Self.rest, format: "combined")
    #expect(parsed.clients == [client])
  }

  @Test(arguments: [
    ("203.0.113.5, 198.51.100.7 - -", "203.0.113.5"),
    ("203.0.113.5,198.51.100.7 - -", "203.0.113.5"),
    ("203.0.113.5,   198.51.100.7:80,  10.0.0.1 - -", "203.0.113.5"),
    ("-, 203.0.113.5 - -", "203.0.113.5"), ("unknown, [2001:db8::1]:80 - -", "2001:db8::1"),
    (", , 203.0.113.5 - -", "203.0.113.5"), (",, - -", "-"), ("-, unknown, - - -", "-"),
    // In quotes it is a list even with a single part.
    ("\"unknown\" - -", "-"), ("\"203.0.113.5:80 \" - -", "203.0.113.5"), ("\"-\" - -", "-"),
    ("\"203.0.113.5, 198.51.100.7\" - -", "203.0.113.5"), ("\"203.0.113.5\" - -", "203.0.113.5"),
    ("\"\" - -", "-"), ("\"-, 203.0.113.5:1\" - -", "203.0.113.5"),
    ("\"203.0.113.5 - -", "203.0.113.5"),
  ])
  func ofAListTheLeftmostThatNamesOneIsTheClient(prefix: String, client: String) {
    #expect(ParsedLog(prefix + Self.rest, format: "combined").clients == [client])
  }

  @Test(arguments: [
    ("shop.example.org:443 203.0.113.5 - -", "203.0.113.5"),
    ("shop.example.org 203.0.113.5 - -", "203.0.113.5"),
    ("shop.example.org [2001:db8::1]:9 - -", "2001:db8::1"),
    ("shop.example.org:443 client-7 - -", "client-7"),
    ("shop client.example.org - -", "client.example.org"), ("_ 203.0.113.5 - -", "203.0.113.5"),
    ("[::1]:443 203.0.113.5 - -", "203.0.113.5"),
    ("shop.example.org:443 203.0.113.5, 198.51.100.7 - -", "203.0.113.5"),
    ("shop.example.org 203.0.113.5, 198.51.100.7 - -", "203.0.113.5"),
  ])
  func aVirtualHostIsNotTheClient(prefix: String, client: String) {
    let parsed = ParsedLog(prefix + Self.rest)
    #expect(parsed.clients == [client])
    #expect(parsed.format == "vcombined")
  }

  /// An address, even before a name with a dot, is the client; so is a word with a port before `-`.
  @Test(arguments: [
    ("203.0.113.5 www.example.org -", "203.0.113.5"), ("203.0.113.5 a.b c d", "203.0.113.5"),
    ("host:80 - jo doe", "host"), ("host - 10.0.0.1 jo", "host"), ("shop client - -", "shop"),
    ("shop:443 203.0.113.5 -", "shop"),
    ("203.0.113.5, shop:443 10.0.0.1 -", "203.0.113.5"),
  ])
  func otherWordsBeforeTheTimeAreNoVirtualHost(prefix: String, client: String) {
    #expect(ParsedLog(prefix + Self.rest, format: "common").clients == [client])
  }

  @Test func virtualHostsAreDecidedLineByLine() {
    let lines = ["v:443 10.0.0.1 - -", "10.0.0.2 - -", "10.0.0.3, 10.9.9.9 - -", "v 10.0.0.4 - -"]
    let log = lines.map { $0 + Self.rest + "\n" }
    for first in log {
      let parsed = ParsedLog((log + [first]).joined())
      #expect(parsed.clients.prefix(4) == ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"])
      #expect(parsed.rejected.isEmpty)
    }
  }

  @Test(arguments: ["203.0.113.5", "", " ", "\"203.0.113.5\"", "a,b"])
  func fewerThanTwoWordsBeforeTheTimeAreRejected(prefix: String) {
    #expect(ParsedLog(prefix + Self.rest, format: "common").rejected == [.shape: 1])
  }

  @Test(arguments: [
    ("\"203.0.113.5:80, 10.0.0.1\"", "203.0.113.5"), ("\"[2001:db8::1]:80\"", "2001:db8::1"),
    ("203.0.113.5:80", "203.0.113.5"), ("\"\"\"203.0.113.5\"\"\"", "203.0.113.5"), ("\"\"", "-"),
    ("", "-"), ("2001:db8::1", "2001:db8::1"),
  ])
  func theClientOfACSVLineIsFoundLikewise(field: String, client: String) {
    let line = field + ",-,-,1773476813,GET /a HTTP/1.0,200,5"
    #expect(ParsedLog(line, format: "csv").clients == [client])
  }
}
