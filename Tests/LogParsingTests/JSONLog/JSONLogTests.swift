import AccessLog
import LogParsing
import Testing

/// Lines of JSON, as servers write them.
@Suite struct JSONLogTests {
  private static let base = ParsedRecord(time: 1_773_476_813, client: "203.0.113.57", section: "/a")

  private static let servers: [(line: String, format: String, record: ParsedRecord)] = [
    (
      #"{"time":"2026-03-14T08:26:53Z","remote_addr":"203.0.113.57","request":"GET /a HTTP/1.1","#
        + #""status":200,"body_bytes_sent":512}"#, "json", base.with { $0.bytes = 512 }
    ),
    (
      #"{"level":"info","ts":1773476813.482913,"request":{"remote_ip":"10.4.0.9","#
        + #""client_ip":"203.0.113.57","proto":"HTTP/2.0","method":"GET","#
        + #""host":"api.example.org","uri":"/v2/users/41?full=1","#
        + #""headers":{"User-Agent":["okhttp/4.12.0"]}},"duration":0.018734,"size":1482,"#
        + #""status":200}"#, "caddy",
      base.with {
        ($0.section, $0.path, $0.bytes) = ("/v2", "/v2/users/41", 1482)
        ($0.host, $0.agent, $0.latency) = ("api.example.org", "okhttp/4.12.0", 18734)
      }
    ),
    (
      // nginx: numbers in quotes, the time in the form of the common log format.
      #"{"time_local":"14/Mar/2026:09:26:53 +0100","remote_addr":"203.0.113.57","#
        + #""remote_user":"dana","request":"POST /a/b?c HTTP/2.0","status":"404","#
        + #""body_bytes_sent":"153","request_time":"0.005","http_referer":"https://example.org/","#
        + #""http_user_agent":"Quoted \"UA\" back\\slash\ttab","host":"shop.example.org"}"#, "json",
      base.with {
        ($0.path, $0.status, $0.bytes, $0.method) = ("/a/b", "404", 153, .post)
        ($0.host, $0.user, $0.referrer) = ("shop.example.org", "dana", "https://example.org/")
        ($0.agent, $0.latency) = ("Quoted \"UA\" back\\slash\ttab", 5000)
      }
    ),
    (
      #"{"ClientAddr":"203.0.113.57:5000","ClientHost":"203.0.113.57","ClientUsername":"-","#
        + #""DownstreamContentSize":19,"DownstreamStatus":502,"Duration":57331999,"#
        + #""RequestHost":"app.example.org","RequestMethod":"DELETE","RequestPath":"/a?x=1","#
        + #""RequestProtocol":"HTTP/1.1","RetryAttempts":0,"#
        + #""StartUTC":"2026-03-14T08:26:53.482913777Z","level":"info","msg":"","#
        + #""request_User-Agent":"curl/8.12.1"}"#, "json",
      base.with {
        ($0.status, $0.bytes, $0.method) = ("502", 19, .delete)
        ($0.host, $0.agent, $0.latency) = ("app.example.org", "curl/8.12.1", 57331)
      }
    ),
    (
      // The Apache HTTP server.
      #"{ "@timestamp": "2026-03-14T09:26:53.482+0100", "client": "203.0.113.57", "method": "GET","#
        + #" "uri": "/a", "status": "200", "bytes": "-", "referrer": "-", "user_agent": "x" } "#,
      "json", base.with { $0.agent = "x" }
    ),
  ]

  @Test(arguments: servers)
  func linesOfServersAreRead(line: String, format: String, record: ParsedRecord) {
    #expect(ParsedRecord.all(in: line) == [record])
    #expect(ParsedLog(line).format == format)
    // Not only by the loop over usual lines, and not only as a line of a known format.
    for format in ["json", "caddy"] {
      #expect(ParsedRecord.all(in: "\(line)\n\(line)\r\n \(line)", format: format).count == 3)
    }
  }

  /// Lines that Caddy and nginx wrote.
  @Test func realLinesAreRead() {
    let caddy =
      #"{"level":"info","ts":1795621004.174877,"logger":"http.log.access.log0","#
      + #""msg":"handled request","request":{"remote_ip":"127.0.0.1","remote_port":"52174","#
      + #""proto":"HTTP/1.1","method":"GET","host":"www.example.org","uri":"/","headers":"#
      + #"{"User-Agent":["ExampleBrowser/1.0 (X11; Linux x86_64)"],"Accept":["*/*"],"#
      + #""Referer":["https://example.org/start"]}},"user_id":"","duration":0.002332979,"size":6,"#
      + #""status":200,"resp_headers":{"Accept-Ranges":["bytes"],"Etag":["\"tp2dz36\""],"#
      + #""Content-Type":[],"Last-Modified":["Wed, 25 Nov 2026 15:35:27 GMT"]}}"#
    let agent = "ExampleBrowser/1.0 (X11; Linux x86_64)"
    let record = ParsedRecord(time: 1_795_621_004, client: "127.0.0.1", section: "/", bytes: 6)
    #expect(
      ParsedRecord.all(in: caddy) == [
        record.with {
          ($0.host, $0.agent, $0.latency) = ("www.example.org", agent, 2332)
          $0.referrer = "https://example.org/start"
        }
      ])
    let nginx =
      #"{"time":"2026-11-25T15:35:27+00:00","msec":1795620927.809,"remote_addr":"127.0.0.1","#
      + #""host":"www.example.org","method":"GET","uri":"/","status":200,"bytes":6,"rt":0.000,"#
      + #""urt":"","ua":"x","ref":"https://example.org/start"}"#
    #expect(
      ParsedRecord.all(in: nginx) == [
        record.with { ($0.time, $0.host) = (1_795_620_927, "www.example.org") }
      ])
  }

  private static let times: [(time: String, seconds: Int64?)] = [
    (#""time":1773476813"#, 1_773_476_813), (#""time":"1773476813.999""#, 1_773_476_813),
    (#""time":1.773476813482913E9"#, 1_773_476_813), (#""ts":-0.5"#, -1),
    (#""msec":"1773476813.482""#, 1_773_476_813),
    (#""time_iso8601":"2026-03-14T09:26:53+01:00""#, 1_773_476_813),
    (#""ts":"2026-03-14T08:26:53.482Z""#, 1_773_476_813),
    (#""time_local":"14\/Mar\/2026:09:26:53 +0100""#, 1_773_476_813),
    (#""time":"2026-03-14 08:26:53""#, 1_773_473_213),
    (#""time":"2026-02-30T08:26:53Z""#, nil), (#""time":"""#, nil), (#""time":true"#, nil),
    (#""time":["2026-03-14T08:26:53Z"]"#, nil), (#""ts":1e30"#, nil),
    (#""ts":1e999999999999"#, nil),
  ]

  /// A time without a zone is in the zone of the options, here an hour east of UTC.
  @Test(arguments: times)
  func timesHaveManyForms(time: String, seconds: Int64?) {
    let line = #"{\#(time),"client":"h","request":"GET / HTTP/1.1","status":200}"#
    let zone = AssumedZone(offset: 3600)
    let records = ParsedRecord.all(in: line, format: "json", zone: zone)
    #expect(records.map(\.time) == (seconds.map { [$0] } ?? []))
    if seconds == nil { #expect(ParsedLog(line, format: "json").rejected == [.time: 1]) }
  }

  private static let latencies: [(text: String, microseconds: Int64)] = [
    (#""request_time":0.0019999"#, 1999), (#""request_time":"1.5""#, 1_500_000),
    (#""request_time":"-""#, -1), (#""request_time":null"#, -1), (#""request_time":-1"#, -1),
    (#""duration":5.4e-05"#, 54), (#""duration":"18.7ms""#, 18700),
    (#""duration":"1.2s""#, 1_200_000), (#""duration":"350µs""#, 350),
    (#""duration":"350\u00b5s""#, 350), (#""duration":"350us""#, 350), (#""duration":"999ns""#, 0),
    (#""duration":"1m2.5s""#, 62_500_000), (#""duration":"1h0m0s""#, 3_600_000_000),
    (#""duration":"5 ms""#, -1), (#""duration":"ms""#, -1), (#""duration":"5msx""#, -1),
    (#""duration":99999999999999999999"#, -1), (#""duration":"9223372036854775807h""#, -1),
    (#""Duration":1999"#, 1), (#""Duration":"57331000""#, 57331),
    (#""request_time":1,"duration":2"#, 1_000_000), (#""duration":{"ms":2}"#, -1),
  ]

  @Test(arguments: latencies)
  func latenciesHaveUnits(text: String, microseconds: Int64) {
    let line = #"{\#(text),"time":0,"client":"h","request":"GET / HTTP/1.1","status":200}"#
    #expect(ParsedRecord.all(in: line).map(\.latency) == [microseconds])
  }
}
