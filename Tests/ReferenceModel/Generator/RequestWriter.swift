/// Writes the request lines of generated lines.
struct RequestWriter {
  /// How many of a thousand requests are odd.
  let oddity: Int
  /// How many of a thousand requests are in quotes of a server that does not escape.
  let variety: Int

  /// A request as the client sent it.
  func request(_ random: inout RandomSource) -> String {
    if random.chance(oddity) { return random.pick(oddRequests) }
    let method = random.pick(
      random.chance(oddity) ? oddMethods : ["GET", "GET", "GET", "POST"])
    let path = random.pick(random.chance(oddity) ? oddPaths : usualPaths)
    return random.chance(oddity) ? "\(method) \(path)" : "\(method) \(path) HTTP/1.1"
  }

  /// The request in quotes, as a server of the common-log family writes it.
  func quotedRequest(_ random: inout RandomSource) -> String {
    if random.chance(variety) {
      let request = random.chance(600) ? random.pick(unescapedRequests) : request(&random)
      return "\"\(request)\""
    }
    let request = request(&random)
    return "\"" + request.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

private let oddMethods = [
  "HEAD", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "get", "PURGE", "", "é",
  "\0POST", "\0\0\0\0GET", "POST\0", "OPTIONSX",
]
private let oddRequests = [
  "", "-", "--", " ", "  ", "GET", "GET ", " /a", "GET  /a", "GET /", "GET /a", "GET a/b HTTP/1.1",
  "\u{16}\u{3}\u{1}\u{2}", "CONNECT h:443 HTTP/1.1", "CONNECT /a HTTP/1.1", "OPTIONS * HTTP/1.1",
  "CONNECT * HTTP/1.1", "CONNECT http://h/x HTTP/1.1", "CONNECT ", "GET /a\"b/x HTTP/1.1",
  "GET /a\\x22b HTTP/1.1", "GET /a\\b/c \\", "GET /a b c d",
]
/// Quotes and backslashes where a client may hide, if the server does not escape them.
private let unescapedRequests = [
  "GET /\" HTTP/1.1", "GET /a\"b\"c HTTP/1.1", "GET /a\" 200 HTTP/1.1", "GET /a\" 404 5 \"x",
  "GET /a\" - \"", "GET /a\"  301  7", "GET /a\\", "GET /a\\\\", "GET /a\\\\\\", "\\", "\"", "\"\"",
  "GET /a\\\" 200 5 \\", "GET /a\\\" 200 5 \\\" 404 6", "GET /a\" 20 5", "GET /a\" 2000",
  "GET /\"200 1",
  "GET /a\\\"b\\", "GET /[x] \" HTTP/1.1", "GET /a] \"b", "GET /\\\"\\\\\"\\",
]
private let usualPaths = [
  "/", "/api/user?x=1", "/api", "/report", "/a/b/c", "/login;jsessionid=1", "/login;jsessionid=2",
]
private let oddPaths = [
  "//", "///", "//a//b", "/a?b/c", "/a#x", "/#", "/?", "*", "*x", "?a", "http://h/a/x", "HTTPS://h",
  "http://", "http://h?q=/a/b", "http://h#f/x", "http:/a", "http//a", "h2://h/a", "://h/a",
  "http://h//a/b", "/http://h/a", "/é/x", "/\u{7F}", "/\u{85}", "/\t", "/\u{202E}", "/a\u{0}b/x",
  "/;", "/;v=1/b", "//;v=1//b", "//a;b/c", "/a;b;c", "/a;", "/a;?b", "/a#b;c", "/a?b;c", "/a/b;c/d",
  ";/a", "*;a", "http://h;x/a;b/c", "http://h;x", "http://h/;a/b", "/a%3Bb",
]
