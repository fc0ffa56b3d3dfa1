/// The default text log of Envoy, and that of Istio, which has more fields. The size is the second of
/// the two; times are milliseconds; a status of 0 means that no response was sent.
///
/// The client is what `X-Forwarded-For` says. Where that is `-`, it is the peer in the log of Istio,
/// while the log of Envoy does not name it.
enum EnvoyLayouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "envoy", summary: "Envoy and Istio, default text",
      example: #"[2026-03-14T08:26:53.482Z] "GET /api HTTP/1.1" 200 - 0 1482 18 17 "#
        + #""203.0.113.57" "okhttp/4" "id" "api.example.org" "10.0.0.1:80""#)
  ]

  private static let head = #"[$time] "$request" $status $flags "#
  private static let sizes = #"$number $bytes $milliseconds $number "$client""#
  private static let texts = #" "$agent" "$id" "$host" "$upstream""#

  static let layouts = [
    FieldLayout(head + sizes, optional: texts, noStatus: "0"),
    FieldLayout(
      head + #"$details $termination "$failure" "# + sizes + texts
        + " $cluster $local $local $client", optional: " $name $route",
      noStatus: "0"),
  ]

  @inline(never)
  static func findUsual(in text: TextRange, _ found: inout FoundFields) -> Bool {
    let line = text.start
    // A bracket, and a time with milliseconds of 24 bytes.
    let request = 28
    guard text.count > request, line[0] == .openingBracket, line[1] != .space,
      line[25] == .closingBracket, line[26] == .space, line[27] == .quote,
      let quote = UsualStep.request(line, from: request)?.end
    else { return false }
    let status = quote &+ 2
    let flags = status &+ 4
    // The three digits of the status stand between them.
    guard line[flags &- 1] == .space,
      let received = LineSearch.behindWord(of: line, at: flags)
    else { return false }
    var numbers = FieldEnds.ofDigits(line, from: received)
    let bytes = numbers.next(.space) &+ 1
    let milliseconds = numbers.next(.space) &+ 1
    let upstream = numbers.next(.space) &+ 1
    let client = numbers.next(.space) &+ 2
    guard numbers.areRight, line[client &- 1] == .quote else { return false }
    let end = client &+ LineSearch.endOfQuotedText(in: line + client)
    guard line[end] == .quote, line[end &+ 1] == .space, line[end &+ 2] == .quote else {
      return false
    }
    found.set(.time, 1, 25)
    found.set(.request, request, quote)
    found.set(.status, status, flags &- 1)
    found.set(.bytes, bytes, milliseconds &- 1)
    found.set(.latency, milliseconds, upstream &- 1)
    found.set(.client, client, end)
    found.hasNoBackslashes = true
    return true
  }
}
