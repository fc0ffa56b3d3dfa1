import Testing

@testable import ReferenceModel

/// What the model takes expressions for, in tables that were made by hand.
@Suite struct ModelFilterTests {
  @Test(arguments: [
    ("", "", true), ("", "a", false), ("*", "", true), ("*", "abc", true), ("a*", "abc", true),
    ("*c", "abc", true), ("*b*", "abc", true), ("a*c", "ac", true), ("a*c", "acb", false),
    ("?", "", false), ("?", "a", true), ("a?c", "abc", true), ("a?c", "ac", false),
    ("ABC", "abc", true), ("abc", "ABC", true), ("É", "é", false), ("**a", "a", true),
    (#"\*"#, "*", true), (#"\*"#, "a", false), (#"a\?"#, "a?", true), (#"a\?"#, "ab", false),
    (#"\a"#, #"\a"#, true), (#"\a"#, "a", false), ("*a*b*c*", "xxaxxbxxcxx", true),
    ("*a*b*c*", "xxaxxcxxbxx", false), ("b", "abc", false),
  ])
  func aPatternMatchesTheWholeText(pattern: String, text: String, isMatch: Bool) {
    #expect(matches(Array(text.utf8), pattern: Array(pattern.utf8)) == isMatch)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.1.2.3", true), ("10.9.9.9/8", "10.1.2.3", true),
    ("10.0.0.0/8", "11.0.0.0", false), ("10.0.0.6/31", "10.0.0.7", true),
    ("10.0.0.6/31", "10.0.0.8", false), ("0.0.0.0/0", "255.255.255.255", true),
    ("0.0.0.0/0", "::1", false), ("0.0.0.0/0", "host.example.org", false),
    ("0.0.0.0/0", "999.1.1.1", false), ("10.0.0.1/32", "10.0.0.1", true),
    ("2001:db8::/32", "2001:db8::7f3", true), ("2001:DB8::/32", "2001:db8:1::", true),
    ("2001:db8::/32", "2001:db9::1", false), ("::/0", "::", true), ("::/0", "1.2.3.4", false),
    ("::1/128", "0:0:0:0:0:0:0:1", true), ("fe80::/10", "fe80::1%eth0", true),
    ("::ffff:10.0.0.0/104", "::ffff:10.0.0.3", true), ("10.0.0.0/8", "::ffff:a00:3", true),
    ("::ffff:10.0.0.0/104", "10.0.0.3", true), ("::/0", "::ffff:10.0.0.3", false),
    ("::/0", "a:b:c", false),
    ("::/0", "1:2:3:4:5:6:7:8:9", false), ("::/0", "1:2:3:4:5:6:7::8", false),
  ])
  func aNetworkHoldsTheAddressesThatBeginLikeIt(network: String, client: String, holds: Bool) {
    let network = ModelNetwork(Array(network.utf8))
    #expect(network?.contains(Array(client.utf8)) == holds)
  }

  @Test(arguments: [
    "", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "host/8", "10/8", "::ffff:0:0/95",
  ])
  func otherTextsAreNoNetworks(text: String) {
    #expect(ModelNetwork(Array(text.utf8)) == nil)
  }

  private static let record = ModelRecord(
    time: 100, client: Array("10.0.0.1".utf8),
    request: ModelRequest(Array("POST //api;v=1/user?x=1?y HTTP/1.1".utf8)), status: 503,
    bytes: 1500,
    extras: ModelExtras(
      host: Array("shop".utf8), agent: Array("Mozilla/5.0 (compatible; GoogleBot/2.1)".utf8),
      latency: 1500), source: Array("web-1".utf8))
  private static let bare = ModelRecord(
    time: 100, client: Array("a".utf8), request: ModelRequest([]), status: nil, bytes: 0)

  @Test(arguments: [
    ("section=/api", true), ("path=/api/user", true), ("query=x=1?y", true),
    ("section=/API", false),
    ("section~/API", true), ("method=POST", true), ("method=post", false), ("host=shop", true),
    ("user=-", true), ("referrer=-", true), ("source=web-1", true), ("bot=yes", true),
    ("status=5xx", true), ("status=503", true), ("status=503.0", true), ("status=4xx,5xx", true),
    ("status=other", false), ("status!=5xx", false), ("status!=4xx,other", true),
    ("status>503", false), ("status>=503", true), ("status<503.5", true), ("status~5*", true),
    ("bytes=1.5k", true), ("bytes>0.001M", true), ("bytes<=1499.9", false), ("latency=1.5ms", true),
    ("latency>0.0014", true), ("latency<1ms", false), ("client=10.0.0.0/8", true),
    ("client!=10.0.0.0/8", false), ("client=10.0.0.2,10.0.0.1", true), ("client!=a,b", true),
    ("user=a or status=503", true), ("user=a status=503", false),
    ("user=a and user=b or status=503", true), ("user=a and (user=b or status=503)", false),
    ("not user=a", true), ("not not user=a", false), ("not user=a status=404", false),
    ("not (user=a status=404)", true), ("agent~*googlebot*", true), ("agent!~*bing*,*yahoo*", true),
    ("agent!~*bing*,*google*", false), (#"section = "/api" , /b"#, true), (#"user="\"\\""#, false),
  ])
  func expressionsHoldOrDoNot(text: String, holds: Bool) throws {
    #expect(try ModelFilter(parsing: text).accepts(Self.record) == holds)
  }

  @Test(arguments: [
    ("status=other", true), ("status=503", false), ("status!=503", false), ("status!=5xx", true),
    ("status<600", false), ("status>=0", false), ("latency<1", false), ("latency>=0", false),
    ("latency!=1", false), ("not latency=1", true), ("bytes=0", true), ("query=-", true),
    ("bot=-", true), ("host=-", true), ("method=-", true), (#"section="(no request)""#, true),
  ])
  func whatALineDoesNotHaveIsADash(text: String, holds: Bool) throws {
    #expect(try ModelFilter(parsing: text).accepts(Self.bare) == holds)
  }

  @Test(arguments: [
    ("", 0), ("  ", 2), ("x=1", 0), ("section1=/a", 0), ("section", 7), ("section /a", 8),
    ("section=", 8),
    ("section=/a,", 11), ("section=/a or", 13), ("section=/a)", 10), ("(section=/a", 0),
    ("and section=/a", 0), ("section=and", 8), ("section<5", 7), ("status<1,2", 8),
    ("status<4xx", 8), ("status=6xx", 8), ("bytes=1K", 7), ("latency>5m", 9), ("bytes>1.2.3", 9),
    ("client=10.0.0.0/33", 16), ("client=10/8", 7), (#"section="a"#, 8), ("bot=maybe", 4),
    ("section=/a over 5", 11),
    ("not", 3), ("section=/a section", 18), ("bytes~1*", 5), ("section=/a;b x", 13),
  ])
  func aWrongExpressionIsWrongFromItsFirstWrongCharacterOn(text: String, place: Int) {
    #expect(throws: ModelFilterError(place: place)) { try ModelFilter(parsing: text) }
  }

  @Test func whatTheModelWritesIsWhatItReads() throws {
    for seed in 1...400 {
      let filter = try #require(AskedLog(filterSeed: UInt64(seed)).options.filter)
      let parsed = try? ModelFilter(parsing: filter.text)
      #expect(parsed?.expression.flattened == filter.expression.flattened, "\(filter.text)")
    }
  }
}

extension ModelExpression {
  /// The same without parentheses that mean nothing.
  fileprivate var flattened: ModelExpression {
    switch self {
    case .comparison: self
    case .not(let term): .not(term.flattened)
    case .and(let terms):
      .and(
        terms.map(\.flattened).flatMap { term in
          if case .and(let inner) = term { inner } else { [term] }
        })
    case .or(let parts):
      .or(
        parts.map(\.flattened).flatMap { part in
          if case .or(let inner) = part { inner } else { [part] }
        })
    }
  }
}
