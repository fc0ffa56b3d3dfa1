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
    let bucket = LineSearch.first(.space, in: line) &+ 1
    guard line[bucket &- 1] == .space, FieldCheck.isUnwrapped(line, 0, bucket &- 1) else {
      return false
    }
    let time = bucket &+ LineSearch.first(.space, in: line + bucket) &+ 2
    // A time of 26 bytes.
    let client = time &+ 28
    guard client < text.count, FieldCheck.isUnwrapped(line, bucket, time &- 2),
      line[time &- 2] == .space,
      line[time &- 1] == .openingBracket, line[time] != .space,
      line[client &- 2] == .closingBracket, line[client &- 1] == .space
    else { return false }
    var parts = FieldEnds.ofDigits(line, from: client)
    for _ in 0..<3 { _ = parts.next(.dot) }
    let user = parts.next(.space) &+ 1
    guard parts.areRight, line[user] != .colon else { return false }
    let id = user &+ LineSearch.first(.space, in: line + user) &+ 1
    guard line[id &- 1] == .space, id > user &+ 1 else { return false }
    let operation = id &+ LineSearch.first(.space, in: line + id) &+ 1
    guard line[operation &- 1] == .space, operation > id &+ 1 else { return false }
    let key = operation &+ LineSearch.firstOutsideCapitalsAndDots(in: line + operation) &+ 1
    guard line[key &- 1] == .space,
      operation &+ LineSearch.first(.dot, in: line + operation) < key
    else { return false }
    let request = key &+ LineSearch.first(.space, in: line + key) &+ 2
    guard line[request &- 2] == .space, request > key &+ 2, line[request &- 1] == .quote,
      let quote = UsualStep.request(line, from: request)?.end
    else { return false }
    let status = quote &+ 2
    let code = status &+ 4
    // The three digits of the status stand between them.
    guard line[code &- 1] == .space, line[code] > .space else { return false }
    let bytes = code &+ LineSearch.first(.space, in: line + code) &+ 1
    guard line[bytes &- 1] == .space else { return false }
    var numbers = FieldEnds.ofDigits(line, from: bytes)
    let size = numbers.next(.space) &+ 1
    let milliseconds = numbers.next(.space) &+ 1
    let turnaround = numbers.next(.space) &+ 1
    _ = numbers.next(.space)
    guard numbers.areRight else { return false }
    found.set(.time, time, client &- 2)
    found.set(.client, client, user &- 1)
    found.set(.request, request, quote)
    found.set(.status, status, code &- 1)
    found.set(.bytes, bytes, size &- 1)
    found.set(.latency, milliseconds, turnaround &- 1)
    found.hasNoBackslashes = true
    return true
  }
}
