import Foundation

/// A request to a test site, with what it is about. Everything that is sent is known byte by byte.
struct SentRequest: Sendable {
  /// The first word of the request line; the whole line if there is no target.
  var method = "GET"
  var target: String?
  /// `HTTP/1.1`, or `HTTP/1.0` without a host.
  var version = "HTTP/1.1"
  /// The header `Host`.
  var hostHeader: String? = "shop.test"
  /// The host that the request is for, without a port; `nil` if it names none.
  var host: String? = "shop.test"
  /// The name and the password of basic authentication.
  var user: (name: String, password: String)?
  /// The texts of headers may be no valid UTF-8.
  var referrer: [UInt8]?
  var agent: [UInt8]?
  var usesIPv6 = false
  /// The path of the target up to its second slash, and the whole path, without parameters and query.
  var section: String
  var path: String

  /// A request for a path. It has parameters, a query or an authority only if `target` is given.
  init(_ path: String, in section: String, by method: String = "GET", target: String? = nil) {
    (self.method, self.path, self.section) = (method, path, section)
    self.target = target ?? path
  }

  /// Bytes that are not an HTTP request.
  init(malformed line: String) {
    method = line
    (hostHeader, host) = (nil, nil)
    (section, path) = ("(malformed)", "(malformed)")
  }

  var isMalformed: Bool { target == nil }

  /// What is sent.
  var bytes: [UInt8] {
    guard let target else { return Array("\(method)\r\n\r\n".utf8) }
    var bytes = Array("\(method) \(target) \(version)\r\n".utf8)
    func add(_ name: String, _ value: [UInt8]) {
      bytes += Array("\(name): ".utf8) + value + Array("\r\n".utf8)
    }
    if let hostHeader { add("Host", Array(hostHeader.utf8)) }
    if let user {
      let credentials = Data("\(user.name):\(user.password)".utf8).base64EncodedString()
      add("Authorization", Array("Basic \(credentials)".utf8))
    }
    if let referrer { add("Referer", referrer) }
    if let agent { add("User-Agent", agent) }
    if ["POST", "PUT"].contains(method) { add("Content-Length", Array("0".utf8)) }
    add("Connection", Array("close".utf8))
    return bytes + Array("\r\n".utf8)
  }

  /// The same request with something changed.
  func with(_ change: (inout SentRequest) -> Void) -> SentRequest {
    var request = self
    change(&request)
    return request
  }
}

// MARK: - The requests that every site is sent

extension SentRequest {
  /// The pages, methods and targets.
  private static let pages: [SentRequest] = [
    SentRequest("/", in: "/"),
    SentRequest("/index.html", in: "/index.html", target: "/index.html?lang=en&x=/a/b"),
    SentRequest("/shop/cart", in: "/shop"),
    SentRequest("/shop/cart", in: "/shop", target: "/shop/cart?item=91;y=2"),
    SentRequest("/shop/cart", in: "/shop", target: "/shop;x=1/cart;jsessionid=1A?item=91"),
    SentRequest("/shop/cart", in: "/shop", target: "/shop/cart;x=1"),
    SentRequest("/shop//cart", in: "/shop", target: "//shop//cart"),
    SentRequest("/index.html", in: "/index.html", by: "HEAD"),
    SentRequest("/index.html", in: "/index.html", by: "POST"),
    SentRequest("/index.html", in: "/index.html", by: "PUT"),
    SentRequest("/shop/cart", in: "/shop", by: "DELETE"),
    SentRequest("/index.html", in: "/index.html", by: "OPTIONS"),
    SentRequest("/shop/cart", in: "/shop", by: "PATCH"),
    SentRequest("/shop/cart", in: "/shop", by: "PURGE"),
    SentRequest("/moved/here", in: "/moved"),
    SentRequest("/away", in: "/away", target: "/away?back=1"),
    SentRequest("/broken/x/y", in: "/broken"),
    SentRequest("/only-get", in: "/only-get"),
    SentRequest("/only-get", in: "/only-get", by: "POST"),
    SentRequest("/none/caf%C3%A9", in: "/none"),
    SentRequest("/none/café\"x\"", in: "/none"),
    SentRequest("/none/a\\b\\\"c", in: "/none"),
    SentRequest(malformed: "NONSENSE"),
    SentRequest(malformed: "\u{16}\u{3}\u{1}\u{2}"),
  ]

  /// The same page with other headers.
  private static var visitors: [SentRequest] {
    let page = SentRequest("/shop/cart", in: "/shop")
    let closed = SentRequest("/private/page", in: "/private")
    return [
      page.with { $0.agent = Array("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101".utf8) },
      page.with { $0.agent = Array("a \"quoted\" name \\ and \\\" [x] \\x22 '".utf8) },
      page.with { $0.agent = Array("café \u{1F375}".utf8) },
      page.with { $0.agent = Array("Latin-1 caf".utf8) + [0xE9] },
      page.with { $0.agent = Array("-".utf8) },
      page.with { $0.referrer = Array("https://example.org/a?b=c&d=\"e\"\\".utf8) },
      page.with { $0.referrer = Array("https://example.org/é".utf8) },
      page.with { $0.usesIPv6 = true },
      page.with { ($0.hostHeader, $0.host, $0.usesIPv6) = ("[::1]:8080", "::1", true) },
      page.with { ($0.hostHeader, $0.host) = ("127.0.0.1:80", "127.0.0.1") },
      page.with { ($0.hostHeader, $0.host) = ("shop.test:8443", "shop.test") },
      page.with { ($0.hostHeader, $0.host) = ("Blog.Test:8080", "Blog.Test") },
      page.with { ($0.target, $0.host) = ("http://abs.test:81/shop/cart?x", "abs.test") },
      page.with { ($0.version, $0.hostHeader, $0.host) = ("HTTP/1.0", nil, nil) },
      closed,
      closed.with { $0.user = ("dana", "secret") },
      closed.with { $0.user = ("dana", "wrong") },
      closed.with { $0.user = (SiteServer.users[1], "secret") },
      page.with { $0.user = ("eve \"x\" y", "unasked") },
    ]
  }

  /// What a site is sent: each request once, twice or three times, so that counts differ.
  static var mix: [SentRequest] {
    (pages + visitors).enumerated().flatMap { index, request in
      Array(repeating: request, count: 1 + index % 3)
    } + [slow]
  }

  /// A request that takes at least `SlowBackend.delay`.
  static let slow = SentRequest("/slow", in: "/slow")
}
