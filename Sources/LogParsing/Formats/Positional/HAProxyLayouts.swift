/// The log of HAProxy with `option httplog` or `option httpslog`. The five times are milliseconds,
/// the last of which is the total; captured headers may stand in braces before the request.
enum HAProxyLayouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "haproxy", summary: "HAProxy with option httplog",
      example: "203.0.113.5:33317 [25/Nov/2026:12:00:01.655] http-in web/s1 10/0/30/69/109 200 "
        + #"2750 - - ---- 1/1/1/1/0 0/0 "GET /a HTTP/1.1""#)
  ]

  static let layouts = [
    FieldLayout(
      "$plain_client [$time] $frontend $backend/$server $number/$number/$number/$number/$milliseconds "
        + "$status $bytes $cookie $cookie $termination "
        + #"$number/$number/$number/$number/$number $number/$number $braces"$request"#,
      optional: #"""#, [.clientHasPort, .plusSigns, .hashEscapes], noStatus: "-1")
  ]

  @inline(never)
  static func findUsual(in text: TextRange, _ found: inout FoundFields) -> Bool {
    let line = text.start
    let client = LineSearch.first(.space, in: line)
    let time = client &+ 2
    // A time with milliseconds has 24 bytes.
    let frontend = time &+ 26
    guard frontend < text.count, line[client] == .space, line[client &+ 1] == .openingBracket,
      line[frontend &- 2] == .closingBracket, line[frontend &- 1] == .space,
      line[frontend] != .space, FieldCheck.isUnwrapped(line, 0, client)
    else { return false }
    var names = FieldEnds.ofParts(line, from: frontend)
    _ = names.next(.space)
    _ = names.next(.slash)
    let times = names.next(.space) &+ 1
    guard names.areRight else { return false }

    var numbers = FieldEnds.ofDigits(line, from: times)
    var words = FieldEnds.ofWords(line, from: times)
    for _ in 0..<3 { _ = numbers.next(.slash) }
    let latency = numbers.next(.slash) &+ 1
    let status = numbers.next(.space) &+ 1
    let bytes = numbers.next(.space) &+ 1
    let cookie = numbers.next(.space) &+ 1
    words.move(to: cookie)
    for _ in 0..<2 { _ = words.next(.space) }
    let connections = words.next(.space) &+ 1
    guard numbers.areRight, words.areRight else { return false }
    numbers.move(to: connections)
    for _ in 0..<4 { _ = numbers.next(.slash) }
    _ = numbers.next(.space)
    _ = numbers.next(.slash)
    let headers = numbers.next(.space) &+ 1
    guard numbers.areRight else { return false }

    let quote = headers &+ LineSearch.first(.quote, in: line + headers)
    guard line[quote] == .quote,
      quote == headers || line[headers] == UInt8(ascii: "{") && line[quote &- 1] == .space
    else { return false }
    let request = quote &+ 1
    let end = request &+ LineSearch.first(.quote, in: line + request)
    guard line[end] == .quote else { return false }
    found.set(.client, 0, client)
    found.set(.time, time, frontend &- 2)
    found.set(.latency, latency, status &- 1)
    found.set(.status, status, bytes &- 1)
    found.set(.bytes, bytes, cookie &- 1)
    found.set(.request, request, end)
    found.hasNoBackslashes = true
    return true
  }
}
