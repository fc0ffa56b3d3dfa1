import AccessLog
import LogParsing
import Testing

/// Lines that stand among usual ones of their format, which are read in a way of their own: what is made
/// of them does not depend on it.
@Suite struct UsualLineTests {
  /// The line cut off at each place, and with each byte left out, doubled, or replaced.
  private static func variants(of line: [UInt8]) -> [[UInt8]] {
    var variants: [[UInt8]] = []
    for place in line.indices {
      let (before, after) = (Array(line[..<place]), Array(line[(place + 1)...]))
      variants.append(before)
      variants.append(before + after)
      variants.append(before + [line[place], line[place]] + after)
      for byte in " /\"-.5x\t[".utf8 where byte != line[place] {
        variants.append(before + [byte] + after)
      }
    }
    return variants
  }

  @Test(arguments: FormatCatalog.all.map(\.name), [[], ReadLine.others])
  func aLineAmongUsualOnesIsReadLikeTheLastOne(name: String, others: [Dimension]) throws {
    let format = try #require(FormatCatalog.format(named: name))
    try compare(format.example, format, others)
  }

  /// Lines with what the examples do not have.
  @Test(arguments: [
    (
      "haproxy",
      "192.0.2.7:33317 [25/Nov/2026:12:00:01.655] http-in~ web/<NOSRV> 10/0/30/69/109 503 2750 "
        + #"id=4 - SC-- 1/1/1/1/0 0/0 {shop.example|} {x} "GET /a HTTP/1.1""#
    ),
    (
      "squid",
      "1773476813.482 123456 192.0.2.44 TCP_TUNNEL/200 0 CONNECT news.example.net:443 - "
        + "HIER_DIRECT/198.51.100.80 -"
    ),
    (
      "envoy",
      #"[2026-03-14T08:26:53.482Z] "POST /api/cart?v=2 HTTP/2" 503 UF 1 91 24 - "#
        + #""203.0.113.57,10.0.0.1" "-" "id" "api.example.org" "-""#
    ),
    (
      "elb",
      "2026-03-14T08:26:53.120457Z web-prod 203.0.113.57:40212 - -1 -1 -1 503 0 0 0 "
        + #""GET https://shop.example.org:443/api/cart HTTP/1.1" "okhttp/4.12.0" - -"#
    ),
    (
      "s3",
      "79a5 bucket [14/Mar/2026:08:26:53 +0000] 203.0.113.57 arn:aws:iam::1:user/x 3E57 "
        + #"REST.GET.OBJECT photos/a.jpg "GET /photos/a.jpg HTTP/1.1" 404 NoSuchKey 297 - 9 - "#
        + #""-" "curl" -"#
    ),
  ]) func aRarerLineAmongThemIsReadLikeTheLastOne(name: String, line: String) throws {
    try compare(line, try #require(FormatCatalog.format(named: name)), [])
  }

  private func compare(_ example: String, _ format: NamedFormat, _ others: [Dimension]) throws {
    let usual = Array(example.utf8) + [0x0A]
    let read = ReadLine.all(in: usual, format: format, others: others)
    var hits = 0
    for line in Self.variants(of: Array(example.utf8)) {
      // Without a newline it is not taken for a usual one.
      let last = ReadLine.all(in: usual + line, format: format, others: others)
      let among = ReadLine.all(in: usual + line + [0x0A] + usual, format: format, others: others)
      let isHit = last.count > 1 && last[1].rejection == nil
      hits += isHit ? 1 : 0
      let expected = isHit ? last + read : read + last
      #expect(among == expected, "\(String(decoding: line, as: UTF8.self))")
    }
    #expect(hits > 0)
  }
}
