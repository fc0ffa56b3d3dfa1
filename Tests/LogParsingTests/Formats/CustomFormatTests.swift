import AccessLog
import LogParsing
import Testing

/// Formats that a string describes.
@Suite struct CustomFormatTests {
  private static let combined = [
    #"203.0.113.57 - - [14/Mar/2026:09:26:53 +0100] "GET /shop/cart?i=9 HTTP/1.1" 200 5213 "#
      + #""https://example.org/shop" "Mozilla/5.0 (X11)""#,
    #"203.0.113.57, 10.0.0.1 - jo doe [14/Mar/2026:09:26:53 +0100] "GET /a" b HTTP/1.1" 404 - "-" """#,
    #"203.0.113.57 -  [14/Mar/2026:09:26:53 +0100] "\x16\x03" 400 0 "-" "-""#,
    #"::1 - a[b] [14/Mar/2026 09:26:53]  "GET  /a\"b/c" 200  7 "say \"hi\"" "unclosed"#,
    #"host.example:8080 - [x] [2026-03-14T08:26:53.5Z] "-" - 5 "" "-" and more"#,
    #"h - - [14/Mar/2026:09:26:53 +0100] "GET /a/x" 200 5"#,
    #"h - - [14/Mar/2026:09:26:53 +0100] "GET /a/x" 200 x "-" "-""#,
    #"h - - [14/Mar/2026:09:26:53 +0100] "GET /a/x" 20 5 "-" "-""#,
    #"h - - [32/Mar/2026:09:26:53 +0100] "GET /a/x" 200 5 "-" "-""#,
    #"h - - "GET /a/x" 200 5 "-" "-""#, "x",
  ]

  @Test(arguments: [
    #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "#
      + #""$http_referer" "$http_user_agent""#,
    #"%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-agent}i""#,
    #"%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\""#,
    #"%a - %u [%{%d/%b/%Y:%H:%M:%S %z}t] "%m %U%q %H" %s %B "%{referer}i" "%{USER-AGENT}i""#,
    #"${remote_addr} - ${remote_user} [$time_local] "$request_method $uri$is_args$args $server_protocol" "#
      + #"$status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for""#,
  ])
  func theDefaultFormatsGiveTheRecordsOfCombined(format: String) throws {
    let hasPattern = format.contains("%z")
    for line in Self.combined where !hasPattern || line.contains("/Mar/2026:09:26:53 +0100]") {
      #expect(try ReadLine(line, custom: format) == ReadLine(line, named: "combined"), "\(line)")
    }
  }

  @Test func theDefaultFormatOfGoAccessGivesTheRecordsOfCombinedWithoutUsers() throws {
    for line in Self.combined {
      var record = ReadLine(line, named: "combined")
      if record?.rejection == nil { record?.user = "-" }
      let format = #"%h %^[%d:%t %^] "%r" %s %b "%R" "%u""#
      #expect(try ReadLine(line, custom: format) == record, "\(line)")
    }
  }

  private static let moment: Int64 = 1_773_476_813

  private static let lines: [(format: String, line: String, record: ReadLine)] = [
    (
      #"$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "#
        + #""$http_referer" "$http_user_agent" $request_time"#,
      #"203.0.113.5 - - [14/Mar/2026:09:26:53 +0100] "GET /a HTTP/1.1" 200 5 "-" "ua" 0.0185"#,
      ReadLine(moment, "203.0.113.5", .get, "/a", "200", 5, latency: 18_500, agent: "ua")
    ),
    (
      #"%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %D"#,
      #"203.0.113.5 - - [14/Mar/2026:09:26:53 +0100] "GET /a HTTP/1.1" 200 5 "-" "ua" 187"#,
      ReadLine(moment, "203.0.113.5", .get, "/a", "200", 5, latency: 187, agent: "ua")
    ),
    (
      #"%h %l %u %t %D "%r" %>s %b"#,
      #"203.0.113.5 - - [14/Mar/2026:09:26:53 +0100] 24675 "GET /a HTTP/1.1" 404 886 "-" "x" "-""#,
      ReadLine(moment, "203.0.113.5", .get, "/a", "404", 886, latency: 24_675)
    ),
    (
      #"$remote_addr - - [$time_local] "$request" $status $request_length $request_time $body_bytes_sent"#,
      #"203.0.113.5 - - [14/Mar/2026:09:26:53 +0100] "GET /a HTTP/1.1" 200 21 0.001 4980 "-" "x""#,
      ReadLine(moment, "203.0.113.5", .get, "/a", "200", 4980, latency: 1000)
    ),
    (
      #"%v:%p %h %t %m %U %q %H %X %s"#,
      "shop.example:443 203.0.113.5 [14/Mar/2026:09:26:53 +0100] POST /a/b ?x=1 HTTP/1.1 + 200",
      ReadLine(moment, "203.0.113.5", .post, "/a/b", "200", 0, host: "shop.example")
    ),
    (
      #"%v:%p %h %t %m %U %q %H %X %s"#,
      "shop.example:443 203.0.113.5 [14/Mar/2026:09:26:53 +0100] POST /a/b  HTTP/1.1 + 200",
      ReadLine(moment, "203.0.113.5", .post, "/a/b", "200", 0, host: "shop.example")
    ),
    (
      "%x %h %s %~%b %T", "2026-03-14T08:26:53.123Z 203.0.113.5 200    17 1.25",
      ReadLine(moment, "203.0.113.5", nil, "(no request)", "200", 17, latency: 1_250_000)
    ),
    (
      "%x %h %s %L", "2026-03-14 08:26:53.123 +0000 203.0.113.5 200 1.5",
      ReadLine(moment, "203.0.113.5", nil, "(no request)", "200", 0, latency: 1500)
    ),
    (
      "%x|%h|%e|%s|%C|%n", "1773476813.9|203.0.113.5|jo doe|200|HIT|1999",
      ReadLine(moment, "203.0.113.5", nil, "(no request)", "200", 0, latency: 1, user: "jo doe")
    ),
    (
      #"%d %t %^ %m %U %q %^ %^ %h %u %R %s %^ %^ %L"#,
      "2026-03-14 08:26:53 10.0.8.5 GET /a/b id=3 443 - 192.0.2.44 Mozilla/5.0 - 200 0 0 187",
      ReadLine(
        moment, "192.0.2.44", .get, "/a/b", "200", 0, latency: 187_000, agent: "Mozilla/5.0")
    ),
    (
      #"%d %t %^ ~h{," } %s"#, "14/Mar/2026 09:26:53 +0100 203.0.113.5, 10.0.0.1 200",
      ReadLine(moment, "203.0.113.5", nil, "(no request)", "200", 0)
    ),
    (
      #"%{%d/%b/%Y %T}t.%{msec_frac}t %{%z}t %h %>s %O %{ms}T"#,
      "14/Mar/2026 09:26:53.481 +0100 203.0.113.5 200 99 12",
      ReadLine(moment, "203.0.113.5", nil, "(no request)", "200", 99, latency: 12_000)
    ),
    (
      #"%{begin:msec}t %h %<s %>s %{Host}i %v %{X-Custom}o"#,
      "1773476813482 203.0.113.5 302 200 a.example b.example -",
      ReadLine(moment, "203.0.113.5", nil, "(no request)", "200", 0, host: "a.example")
    ),
    (
      #"%h %{%a, %e %b %Y %T}t 100%% %!200,304{Referer}i %400{User-Agent}i %>s"#,
      "203.0.113.5 Sat, 14 Mar 2026 08:26:53 100% - x 200",
      ReadLine(moment, "203.0.113.5", nil, "(no request)", "200", 0, agent: "x")
    ),
    (
      #"$http_x_forwarded_for $remote_addr $msec $scheme://$host$request_uri $request_method $status "#
        + "$upstream_status $upstream_response_time $unknown",
      "- 203.0.113.5 1773476813.482 https://a.example/b/c?d PUT 201 502, 201 : 200 0.010, - : 0.005 x",
      ReadLine(
        moment, "203.0.113.5", .put, "/b/c", "201", 0, latency: 15_000, host: "a.example")
    ),
    (
      "$time_iso8601\\t$remote_addr\\t$request\\t$status\\t$bytes_sent\\t$http_user_agent",
      "2026-03-14T09:26:53+01:00\t203.0.113.5\tGET /a b HTTP/1.1\t200\t7\tMozilla 5",
      ReadLine(moment, "203.0.113.5", .get, "/a", "200", 7, agent: "Mozilla 5")
    ),
    (
      "$time_local $remote_addr $request $status $uri",
      "14/Mar/2026:09:26:53 +0100 203.0.113.5 GET /a 1 b HTTP/1.1 200 /x",
      ReadLine(moment, "203.0.113.5", .get, "/a", "200", 0)
    ),
    (
      "$time_iso8601 $remote_addr $uri $status", "2026-03-14T08:26:53Z 203.0.113.5 /a/b 200",
      ReadLine(moment, "203.0.113.5", .other, "/a/b", "200", 0)
    ),
    (
      "$remote_addr $realip_remote_addr $time_iso8601 $status",
      "203.0.113.5 10.0.0.1 2026-03-14T08:26:53Z 200",
      ReadLine(moment, "203.0.113.5", nil, "(no request)", "200", 0)
    ),
  ]

  @Test(arguments: lines)
  func theLineOfAFormatIsRead(format: String, line: String, record: ReadLine) throws {
    #expect(try ReadLine(line, custom: format) == record)
    #expect(try ReadLine("  " + line + "\r\n", custom: format) == record)
    #expect(try ReadLine("Mar 14 09:26:53 web1 nginx: " + line, custom: format) == record)
  }

  @Test func aTimeWithoutAZoneIsInTheZoneOfTheLog() throws {
    let zone = AssumedZone(offset: 3600)
    for (format, time) in [
      ("%{%F %T}t %h %s", "2026-03-14 09:26:53"), ("%x %h %s", "2026-03-14T09:26:53.9"),
      ("%d %t %h %s", "14/Mar/2026 09:26:53"), ("[%d:%t] %h %s", "[14/Mar/2026:09:26:53]"),
    ] {
      let line = try ReadLine("\(time) 203.0.113.5 200", custom: format, zone: zone)
      #expect(line?.time == Self.moment, "\(format)")
    }
  }

  @Test(arguments: [
    ("%{%F %T}t %h %s", "2026-02-30 09:26:53 a 200", Rejection.time),
    ("%{%F %T}t %h %s", "yesterday a 200", .time), ("%{%s}t %h %s", "999999999999999 a 200", .time),
    ("%{usec}t %h %s", "-5 a 200", .time), ("%x %h %s %b", "5 a 200 -1", .bytes),
    ("%x %h %s %b", "5 a 2000 -1", .status), ("%x %h %s %b", "5 a", .shape),
    ("%x %h %s %b", "5 a 200 99999999999999999999", .bytes), ("%x %h %s %b", "5 a 200 ", .shape),
  ])
  func whatCannotBeReadIsRejected(format: String, line: String, reason: Rejection) throws {
    #expect(try ReadLine(line, custom: format)?.rejection == reason)
  }

  @Test func theNameOfACustomFormatIsCustom() throws {
    var parser = LogParser(format: try NamedFormat(custom: "%x %h %s"))
    #expect(parser.format == "custom")
    let batch = RecordBatch()
    parser.parse(Array("5 a 200\nx y z\n".utf8), into: batch)
    #expect(batch.records.count == 1)
    #expect(batch.details.first?.format == "custom")
    #expect(batch.details.first?.field == .time)
  }
}
