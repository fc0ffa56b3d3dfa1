/// The access log of an Application Load Balancer (Amazon Web Services, Elastic Load Balancing): the
/// first words of a line tell the type of connection, the time, the balancer, the client, the target
/// and three times in seconds. Fields have been appended over the years; they are read over.
enum ApplicationLoadBalancerLayouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "alb", summary: "AWS Application Load Balancer",
      example: "h2 2026-03-14T08:26:53.482913Z app/web/7f1c 203.0.113.57:40212 10.0.3.17:8080 "
        + #"0.001 0.018 0.000 502 500 214 1482 "GET https://shop.example.org:443/api/cart?v=2 "#
        + #"HTTP/2.0" "Mozilla/5.0" - - arn:aws:x "Root=1-67d3" "shop.example.org""#)
  ]

  static let layouts = [
    FieldLayout(
      "$lowercase $time $balancer " + ClassicLoadBalancerLayouts.tail,
      optional: #"" "$agent" "#, ClassicLoadBalancerLayouts.traits)
  ]

  @inline(never)
  static func findUsual(in text: TextRange, _ found: inout FoundFields) -> Bool {
    guard let time = LineSearch.behindWord(of: text.start, at: 0),
      FieldCheck.lowercase.accepts(text.prefix(time &- 1))
    else { return false }
    return ClassicLoadBalancerLayouts.findUsual(in: text.start, from: time, &found)
  }
}

/// The access log of a Classic Load Balancer (Amazon Web Services, Elastic Load Balancing). The time
/// to answer is the sum of the three times, and is missing if one of them is -1.
enum ClassicLoadBalancerLayouts: PositionalLayouts {
  static let members = [
    FormatMember(
      name: "elb", summary: "AWS Classic Load Balancer",
      example: "2026-03-14T08:26:53.120457Z web-prod 203.0.113.57:40212 10.0.3.17:8080 0.000041 "
        + #"0.023817 0.000036 200 200 0 1482 "GET https://shop.example.org:443/api/cart HTTP/1.1" "#
        + #""okhttp/4.12.0" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2"#)
  ]

  fileprivate static let tail =
    #"$address $target $seconds $seconds $seconds $status $number $number $bytes "$request"#
  fileprivate static let traits: FieldLayout.Traits = [.clientHasPort, .hostInURL, .sumsLatency]

  static let layouts = [
    FieldLayout("$time $balancer " + tail, optional: #"" "$agent" "#, traits)
  ]

  /// Whether a line begins with a time that is its own, although a wrapper might begin so too.
  ///
  /// - Parameter text: what follows the time.
  /// - Complexity: O(bytes of the line), but three words decide nearly always.
  static func follows(_ text: TextRange) -> Bool {
    let client = text[text.word(from: text.word(from: 0).upperBound)]
    guard FieldCheck.address.accepts(client) else { return false }
    return FoundFields.with { afterTime.find(in: text, &$0) }
  }

  private static let afterTime = FieldLayout("$balancer " + tail, traits)

  @inline(never)
  static func findUsual(in text: TextRange, _ found: inout FoundFields) -> Bool {
    findUsual(in: text.start, from: 0, &found)
  }

  /// - Parameter time: the index at which the time begins.
  @inline(__always)
  fileprivate static func findUsual(
    in line: UnsafePointer<UInt8>, from time: Int, _ found: inout FoundFields
  ) -> Bool {
    guard let balancer = LineSearch.behindWord(of: line, at: time),
      !UsualStep.continuesTime(line + balancer),
      let client = LineSearch.behindWord(of: line, at: balancer)
    else { return false }
    // An address of version 4 and a port.
    var parts = FieldEnds.ofDigits(line, from: client)
    for _ in 0..<3 { _ = parts.next(.dot) }
    let port = parts.next(.colon) &+ 1
    let target = parts.next(.space) &+ 1
    guard parts.areRight, target &- port <= 6, line[target] != .colon,
      let seconds = LineSearch.behindWord(of: line, at: target)
    else { return false }

    var numbers = FieldEnds.ofDigits(line, from: seconds)
    _ = numbers.next(.dot)
    let second = numbers.next(.space) &+ 1
    _ = numbers.next(.dot)
    let third = numbers.next(.space) &+ 1
    _ = numbers.next(.dot)
    let status = numbers.next(.space) &+ 1
    let statusEnd = numbers.next(.space)
    _ = numbers.next(.space)
    let bytes = numbers.next(.space) &+ 1
    let quote = numbers.next(.space) &+ 1
    guard numbers.areRight, line[quote] == .quote else { return false }
    let request = quote &+ 1
    let end = request &+ LineSearch.endOfQuotedText(in: line + request)
    guard line[end] == .quote, line[end &+ 1] == .space, line[end &+ 2] == .quote else {
      return false
    }
    found.set(.time, time, balancer &- 1)
    found.set(.client, client, target &- 1)
    found.set(.latency, seconds, second &- 1)
    found.set(.secondLatency, second, third &- 1)
    found.set(.thirdLatency, third, status &- 1)
    found.set(.status, status, statusEnd)
    found.set(.bytes, bytes, quote &- 1)
    found.set(.request, request, end)
    found.hasNoBackslashes = true
    return true
  }
}
