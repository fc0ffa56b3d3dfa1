/// The server access log of Amazon S3. Times are milliseconds; any field may be `-`.
enum S3Layouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "s3", summary: "Amazon S3 server access log",
      example: "79a5 bucket [14/Mar/2026:08:26:53 +0000] 203.0.113.57 - 3E57 REST.GET.OBJECT "
        + #"photos/a.jpg "GET /bucket/photos/a.jpg HTTP/1.1" 200 - 2662 2662 70 10 "-" "#
        + #""S3Console/0.4" -"#)
  ]

  static let layouts = [
    FieldLayout(
      "$word $word [$time] $address $user $id $operation $key $quoted_request $status $code "
        + "$bytes $number $milliseconds $number",
      optional: " $quoted_referrer $quoted_agent $version $id $signature $cipher $kind $host")
  ]

  @inline(never)
  static func findUsual(in text: TextRange, _ found: inout FoundFields) -> Bool {
    let line = text.start
    guard let bucket = LineSearch.behindWord(of: line, at: 0),
      let bracket = LineSearch.behindWord(of: line, at: bucket),
      FieldCheck.isUnwrapped(line, 0, bucket &- 1),
      FieldCheck.isUnwrapped(line, bucket, bracket &- 1)
    else { return false }
    let time = bracket &+ 1
    // A time of 26 bytes.
    let client = time &+ 28
    guard client < text.count, line[bracket] == .openingBracket, line[time] != .space,
      line[client &- 2] == .closingBracket, line[client &- 1] == .space
    else { return false }
    var parts = FieldEnds.ofDigits(line, from: client)
    for _ in 0..<3 { _ = parts.next(.dot) }
    let user = parts.next(.space) &+ 1
    guard parts.areRight, line[user] != .colon,
      let id = LineSearch.behindWord(of: line, at: user),
      let operation = LineSearch.behindWord(of: line, at: id)
    else { return false }
    let key = operation &+ LineSearch.firstOutsideCapitalsAndDots(in: line + operation) &+ 1
    guard line[key &- 1] == .space,
      operation &+ LineSearch.first(.dot, in: line + operation) < key,
      let opening = LineSearch.behindWord(of: line, at: key), line[opening] == .quote,
      let quote = UsualStep.request(line, from: opening &+ 1)?.end
    else { return false }
    let status = quote &+ 2
    let code = status &+ 4
    // The three digits of the status stand between them.
    guard line[code &- 1] == .space, let bytes = LineSearch.behindWord(of: line, at: code) else {
      return false
    }
    var numbers = FieldEnds.ofDigits(line, from: bytes)
    let size = numbers.next(.space) &+ 1
    let milliseconds = numbers.next(.space) &+ 1
    let turnaround = numbers.next(.space) &+ 1
    _ = numbers.next(.space)
    guard numbers.areRight else { return false }
    found.set(.time, time, client &- 2)
    found.set(.client, client, user &- 1)
    found.set(.request, opening &+ 1, quote)
    found.set(.status, status, code &- 1)
    found.set(.bytes, bytes, size &- 1)
    found.set(.latency, milliseconds, turnaround &- 1)
    found.hasNoBackslashes = true
    return true
  }
}
