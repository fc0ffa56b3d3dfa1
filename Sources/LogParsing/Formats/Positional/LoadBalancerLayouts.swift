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
}

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
}
