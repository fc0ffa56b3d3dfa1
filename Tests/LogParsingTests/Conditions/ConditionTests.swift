import AccessLog
import Conditions
import LogParsing
import Testing

/// Whether lines satisfy conditions, field by field and format by format.
@Suite struct ConditionTests {
  /// All that a line of the combined format can say.
  private static let line =
    #"shop.example.org:443 10.1.2.3 - dana [14/Mar/2026:09:26:53 +0100] "#
    + #""GET /api//v1;s=1/user?x=1&y=a?b#c HTTP/1.1" 404 1500 "https://example.org/" "#
    + #""Mozilla/5.0 (compatible; Example-Bot/1.0)""#

  @Test(arguments: [
    ("section=/api", true), ("section=/API", false), ("section~/API", true),
    ("section!=/api", false), ("section=/x,/api", true), ("section!=/x,/y", true),
    ("path=/api//v1/user", true), ("path~/api/*/user", true), ("path~*v1?user", true),
    ("path=/api//v1;s=1/user", false),
    ("query=\"x=1&y=a?b#c\"", true), ("query~x=*", true), ("query=x=1", false),
    ("client=10.1.2.3", true), ("client=10.1.2.30", false), ("client=10.0.0.0/8", true),
    ("client=10.1.2.4/31", false), ("client=10.1.2.2/31", true), ("client!=10.0.0.0/8", false),
    ("client=192.0.2.0/24,10.1.2.3", true), ("client!=192.0.2.0/24,10.1.2.4", true),
    ("client=::/0", false), ("client=::ffff:10.0.0.0/104", true), ("client~10.1.*", true),
    ("host=shop.example.org", true), ("host=shop.example.org:443", false), ("host~SHOP.*", true),
    ("user=dana", true), ("user=Dana", false), ("user~D?NA", true), ("user!=-", true),
    ("method=GET", true), ("method=get", false), ("method~get", true),
    ("status=404", true), ("status=4xx", true), ("status=5xx,404", true), ("status!=4xx", false),
    ("status>=400 status<500", true), ("status>404", false), ("status<=404", true),
    ("status<404.5", true), ("status=404.5", false), ("status~4*", true), ("status!~?0?", false),
    ("status=other", false),
    ("bytes=1500", true), ("bytes=1.5k", true), ("bytes>1.5k", false), ("bytes>=1.5k", true),
    ("bytes<1M", true), ("bytes!=1500,2", false), ("bytes!=1,2", true), ("bytes<=1499.9", false),
    ("latency>0", false), ("latency<1", false), ("latency=0", false), ("latency!=1", false),
    ("not latency=1", true),
    ("referrer~*example.org*", true), ("agent~*bot*", true), ("agent~Mozilla*", true),
    ("agent~*firefox*", false), ("bot=yes", true), ("bot!=yes", false), ("bot=no,-", false),
    ("bot~Y*", true),
    ("source=-", true),
    ("status=404 and user=dana", true), ("status=200 or user=dana", true),
    ("not (status=404 user=dana)", false), ("not status=200 not user=x", true),
    ("status=200 user=dana or status=404 user=x", false),
  ])
  func asksALine(condition: String, holds: Bool) throws {
    let filtered = try FilteredLog(Self.line, filter: condition)
    #expect(filtered.passing == [holds])
    let asked = try FilteredLog(Array(Self.line.utf8), conditions: [condition])
    #expect(asked.matches == [holds ? [0] : []])
  }

  /// A line that says as little as a line can.
  @Test(arguments: [
    ("status=other", true), ("status=404", false), ("status!=404", false), ("status!=4xx", true),
    ("not status=404", true), ("status<1000", false), ("status~-", true), ("status!=other", false),
    ("status!=404,4xx", false), ("status=404,other", true),
    ("bytes=0", true), ("user=-", true), ("host=-", true), ("referrer=-", true), ("agent=-", true),
    ("bot=-", true), ("bot=no", false), ("query=-", true), ("method=-", true),
    ("section=\"(no request)\"", true), ("path=\"(no request)\"", true),
    ("client=0.0.0.0/0", false),
    ("client=web1", true), ("user~?", true), ("user=\"\"", false),
  ])
  func whatALineDoesNotSayIsAHyphen(condition: String, holds: Bool) throws {
    let line = #"web1 - - [14/Mar/2026:09:26:53 +0100] "-" - -"#
    #expect(try FilteredLog(line, filter: condition).passing == [holds])
  }

  @Test(arguments: [
    ("::1", "client=::1", true), ("2001:db8::7", "client=2001:db8::/32", true),
    ("2001:DB8:0:0::7", "client=2001:db8::7", false),
    ("2001:DB8:0:0::7", "client=2001:db8::7/128", true),
    ("fe80::1%eth0", "client=fe80::/10", true), ("::ffff:10.1.1.1", "client=10.0.0.0/8", true),
    ("10.1.1.1", "client=::ffff:0:0/96", true), ("host.example", "client=0.0.0.0/0,::/0", false),
    ("10.1.1.300", "client=10.0.0.0/8", false),
  ])
  func networksHoldClients(client: String, condition: String, holds: Bool) throws {
    let line = "\(client) - - [14/Mar/2026:09:26:53 +0100] \"GET / HTTP/1.1\" 200 1"
    #expect(try FilteredLog(line, filter: condition).passing == [holds])
  }

  @Test(arguments: [
    ("GET /a? HTTP/1.1", "query=\"\"", true), ("GET /a? HTTP/1.1", "query=-", false),
    ("GET /a HTTP/1.1", "query=-", true), ("garbage?x", "query=-", true),
    ("garbage", "method=-", true), ("PROPFIND /a HTTP/1.1", "method=PROPFIND", true),
    ("POST /a", "method=POST", true), ("get /a", "method=get", true),
    ("GET http://h/p/q?z HTTP/1.1", "query=z", true), ("GET http://h/p/q?z H", "path=/p/q", true),
    (#"G\"T /a"#, #"method="G\"T""#, true), ("CONNECT h:443 H", "section=\"(connect)\"", true),
  ])
  func readsRequests(request: String, condition: String, holds: Bool) throws {
    let line = "h - - [14/Mar/2026:09:26:53 +0100] \"\(request)\" 200 1"
    #expect(try FilteredLog(line, filter: condition, format: "common").passing == [holds])
  }

  @Test(arguments: [
    ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "no"), ("curl/8.5.0", "yes"),
    ("Curl/8.5.0", "no"), ("Wget/1.2", "yes"), ("python-requests/2", "yes"),
    ("Go-http-client/2.0", "yes"), ("kube-probe/1.31", "yes"), ("x kube-probe/1.31", "no"),
    ("GoogleBOT", "yes"), ("a CRAWLer", "yes"), ("Baiduspider", "yes"), ("Yahoo! Slurp", "yes"),
    ("x (http://a)", "yes"), ("x (HTTPS://a)", "yes"), ("ftp://a", "no"), ("ttp://", "no"),
    ("bo", "no"), ("123456789012345bot", "yes"), ("1234567890123456bot", "yes"),
    ("12345678901234bo", "no"), ("sp", "no"), ("-", "-"), ("", "-"),
  ])
  func tellsBots(agent: String, kind: String) throws {
    let line = "h - - [14/Mar/2026:09:26:53 +0100] \"GET / H\" 200 1 \"-\" \"\(agent)\""
    #expect(try FilteredLog(line, filter: "bot=\(kind)").passing == [true])
    let others = ["yes", "no", "-"].filter { $0 != kind }.joined(separator: ",")
    #expect(try FilteredLog(line, filter: "bot=\(others)").passing == [false])
  }

  // MARK: - Formats

  @Test(arguments: [
    ("csv", "user=apache", true), ("csv", "user=x", false),
    ("csv", "method=GET section=/api", true),
    ("csv", "host=- agent=- bot=- query=-", true),
    ("json", "client=203.0.113.57 section=/a method=GET status=200", true),
    ("caddy", "host=api.example.org latency>18.7ms latency<0.01874", true),
    ("caddy", "latency=0.018734", true), ("caddy", "query=full=1 agent~okhttp*", true),
    ("w3c", "query=id=314 user=\"CORP\\\\mlee\" latency=187ms", true),
    ("w3c", "query=-", false), ("cloudfront", "query=v=2", true),
    ("cloudfront", "agent~\"*(X11; Linux*\"", true), ("traefik", "latency=12ms", true),
    ("alb", "host=shop.example.org query=v=2 latency=0.019", true),
    ("squid", "host=news.example.net client=192.0.2.0/24", true),
    ("envoy", "host=api.example.org latency=0.018", true), ("npm", "agent~curl* bot=yes", true),
    ("s3", "referrer=- agent~S3*", true), ("haproxy", "latency=109ms method=GET", true),
    ("vcombined", "host=shop.example.org client=2001:db8::/32 bot=yes", true),
  ])
  func asksLinesOfAnyFormat(name: String, condition: String, holds: Bool) throws {
    let format = try #require(FormatCatalog.format(named: name))
    for line in [format.example, format.example + "\n" + format.example] {
      let filtered = try FilteredLog(
        Array(line.utf8), filter: condition, format: FormatCatalog.format(named: name))
      #expect(filtered.passing.allSatisfy { $0 == holds })
      #expect(!filtered.passing.isEmpty)
    }
  }

  @Test(arguments: [
    (#"%h %t "%m %U" %q %s %b"#, #"h [14/Mar/2026:09:26:53 +0100] "GET /a" ?x=1 200 1"#),
    (
      #"$remote_addr [$time_local] $request_method "$uri" "$args" $status $bytes_sent"#,
      #"h [14/Mar/2026:09:26:53 +0100] GET "/a" "x=1" 200 1"#
    ),
  ])
  func readsTheQueryOfACustomFormat(format: String, line: String) throws {
    let format = try NamedFormat(custom: format)
    let filtered = try FilteredLog(
      Array("\(line)\n\(line)\n".utf8), filter: "query=x=1", format: format)
    #expect(filtered.passing == [true, true])
  }

  // MARK: - Sources

  @Test func theSourceIsTheNameOfTheInputOrOfTheWrapper() throws {
    let line = #"h - - [14/Mar/2026:09:26:53 +0100] "GET / H" 200 1"#
    let log = "\(line)\nweb-1  | \(line)\n\(line)\n"
    #expect(try FilteredLog(log, filter: "source=web-1").passing == [false, true, false])
    #expect(
      try FilteredLog(log, filter: "source=access.log", source: "access.log").passing
        == [true, false, true])
  }
}
