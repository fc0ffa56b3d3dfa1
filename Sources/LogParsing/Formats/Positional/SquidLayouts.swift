/// The native log of Squid: epoch seconds, the time to answer in milliseconds, and the request as
/// method and URL.
enum SquidLayouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "squid", summary: "Squid, native",
      example: "1773476813.482    214 192.0.2.44 TCP_MISS/200 18233 GET "
        + "http://news.example.net/world/latest - HIER_DIRECT/198.51.100.80 text/html")
  ]

  static let layouts = [
    FieldLayout(
      "$time $milliseconds $plain_client $capitals/$status $bytes $method $target $user "
        + "$capitals/$server $type", [.hostInURL])
  ]

  @inline(never)
  static func findUsual(in text: TextRange, _ found: inout FoundFields) -> Bool {
    let line = text.start
    var numbers = FieldEnds.ofDigits(line, from: 0)
    var words = FieldEnds.ofWords(line, from: 0)
    _ = numbers.next(.dot)
    let time = numbers.next(.space)
    guard numbers.areRight else { return false }
    // They have six places, with spaces before them.
    var milliseconds = time &+ 1
    while line[milliseconds] == .space { milliseconds &+= 1 }
    numbers.move(to: milliseconds)
    let client = numbers.next(.space) &+ 1
    words.move(to: client)
    let code = words.next(.space) &+ 1
    guard numbers.areRight, words.areRight, FieldCheck.isUnwrapped(line, client, code &- 1) else {
      return false
    }

    var rest = FieldEnds.ofWords(line, from: code)
    let bytes = rest.next(.space) &+ 1
    let method = rest.next(.space) &+ 1
    let target = rest.next(.space) &+ 1
    let status = code &+ LineSearch.firstOutsideCapitals(in: line + code) &+ 1
    guard rest.areRight, line[status &- 1] == .slash, status > code &+ 1, status < bytes &- 1
    else { return false }
    guard let user = LineSearch.behindWord(of: line, at: target) else { return false }

    var last = FieldEnds.ofWords(line, from: user)
    let hierarchy = last.next(.space) &+ 1
    let type = last.next(.space) &+ 1
    guard last.areRight, line[type] > .space else { return false }
    let slash = hierarchy &+ LineSearch.firstOutsideCapitals(in: line + hierarchy)
    guard slash > hierarchy, line[slash] == .slash, slash < type &- 2 else { return false }
    found.set(.time, 0, time)
    found.set(.latency, milliseconds, client &- 1)
    found.set(.client, client, code &- 1)
    found.set(.status, status, bytes &- 1)
    found.set(.bytes, bytes, method &- 1)
    found.set(.method, method, target &- 1)
    found.set(.target, target, user &- 1)
    found.hasNoBackslashes = true
    return true
  }
}
