import AccessLog
import LogParsing
import Testing

/// Which of several members counts, and which of them a line must have.
@Suite struct JSONKeyTests {
  /// A line with members in place of the usual ones.
  private static func line(
    time: String = #""time":"1""#, client: String = #""client":"c""#,
    request: String = #""request":"GET /r HTTP/1.1""#, status: String = #""status":200"#,
    rest: String = #""bytes":5"#
  ) -> String {
    "{" + [time, client, request, status, rest].filter { !$0.isEmpty }.joined(separator: ",") + "}"
  }

  private static let orders: [[String]] = [
    ["time", "@timestamp", "time_local", "time_iso8601", "ts", "msec", "StartUTC"],
    ["remote_addr", "client_ip", "remote_ip", "client", "ClientHost"],
    ["status", "DownstreamStatus"], ["bytes", "body_bytes_sent", "size", "DownstreamContentSize"],
    ["method", "RequestMethod"], ["uri", "path", "RequestPath"], ["host", "RequestHost"],
    ["http_referer", "referrer"], ["http_user_agent", "user_agent"],
  ]

  /// A value for a key of each of the orders that tells which key it was.
  private static func value(_ order: Int, _ rank: Int) -> String {
    switch order {
    case 0, 3: "\(100 + rank)"
    case 2: "\(200 + rank)"
    case 4: ["GET", "PUT"][rank]
    case 5: "/v\(rank)"
    default: "v\(rank)"
    }
  }

  private static func found(_ order: Int, _ record: ParsedRecord) -> String {
    switch order {
    case 0: "\(record.time)"
    case 1: record.client
    case 2: record.status
    case 3: "\(record.bytes)"
    case 4: record.method?.name ?? ""
    case 5: record.path
    case 6: record.host
    case 7: record.referrer
    default: record.agent
    }
  }

  @Test(arguments: orders.indices)
  func theFirstOfTheKeysWithOneMeaningWins(order: Int) {
    let keys = Self.orders[order]
    for first in keys.indices {
      let members = keys.indices.dropFirst(first).map {
        #""\#(keys[$0])":"\#(Self.value(order, $0))""#
      }
      for members in [members, members.reversed()] {
        let line = Self.line(
          time: order == 0 ? "" : #""time":"1""#, client: order == 1 ? "" : #""client":"c""#,
          request: [order == 4 ? "" : #""method":"GET""#, order == 5 ? "" : #""uri":"/r""#]
            .filter { !$0.isEmpty }.joined(separator: ","),
          status: order == 2 ? "" : #""status":"200""#, rest: members.joined(separator: ","))
        let records = ParsedRecord.all(in: line)
        #expect(records.map { Self.found(order, $0) } == [Self.value(order, first)], "\(line)")
      }
    }
  }

  @Test func aRequestLineWinsOverItsParts() {
    let parts = #""method":"PUT","uri":"/u","request":"GET /r HTTP/1.1""#
    #expect(ParsedRecord.all(in: Self.line(request: parts)).map(\.section) == ["/r"])
  }

  private static let repeated: [(line: String, client: String?)] = [
    (line(rest: #""client":"d""#), "d"), (line(rest: #""client":"d","client":"e""#), "e"),
    (line(rest: #""cli\u0065nt":"d""#), "d"), (line(rest: #""client":null"#), nil),
    (line(rest: #""client":null,"client":"d""#), "d"),
    (line(rest: #""remote_ip":"r","client":null"#), "r"),
    (line(rest: #""client":5,"ClientHost":"t""#), "t"),
    (line(rest: #""x":{"client":"n","remote_addr":"n"}"#), "c"),
    (line(rest: #""remote_addr":"r","remote_addr":null"#), "c"),
    (line(rest: #""Client":"n","client ":"n","clientt":"n","":"n""#), "c"),
  ]

  @Test(arguments: repeated)
  func ofAKeyThatStandsTwiceTheLastCounts(line: String, client: String?) {
    #expect(ParsedRecord.all(in: line, format: "json").map(\.client) == (client.map { [$0] } ?? []))
  }

  /// Caddy's object of the request.
  private static let requests: [(request: String, section: String, client: String)] = [
    (#"{"client_ip":"i","remote_ip":"r","method":"GET","uri":"/u"}"#, "/u", "i"),
    (#"{"uri":"/u","method":"GET","remote_ip":"r"}"#, "/u", "r"),
    (#"{"remote_addr":"10.0.0.1:5000","method":"GET","uri":"/u"}"#, "/u", "10.0.0.1"),
    (
      #"{"remote_ip":"x","method":"PUT","uri":"/x"},"#
        + #""request":{"remote_ip":"r","method":"GET","uri":"/u"}"#, "/u", "r"
    ),
    (#""GET /x HTTP/1.1","request":{"remote_ip":"r","method":"GET","uri":"/u"}"#, "/u", "r"),
  ]

  @Test(arguments: requests)
  func theObjectOfTheRequestIsReadAsCaddyWritesIt(
    request: String, section: String, client: String
  ) {
    let line = Self.line(client: "", request: "\"request\":\(request)")
    let records = ParsedRecord.all(in: line)
    #expect(records.map(\.section) == [section])
    #expect(records.map(\.client) == [client])
    #expect(ParsedLog(line).format == "caddy")
  }

  @Test func onlyTheFirstValueOfAHeaderCounts() {
    let headers =
      #""headers":{"User-Agent":["a","b",{}],"Referer":[],"Cookie":[null]},"uri":"/","#
      + #""method":"GET""#
    let records = ParsedRecord.all(in: Self.line(request: "\"request\":{\(headers)}"))
    #expect(records.map(\.agent) == ["a"])
    #expect(records.map(\.referrer) == ["-"])
  }

  private static let sections: [(request: String, section: String?)] = [
    (#""request":"""#, "(no request)"), (#""request":"-""#, "(no request)"),
    (#""request":"\u0016\u0003\u0001""#, "(malformed)"),
    (#""method":"","uri":"""#, "(no request)"), (#""method":"-","uri":"-""#, "(no request)"),
    (#""method":"GET""#, "(malformed)"), (#""uri":"/a""#, "(malformed)"),
    (#""method":"CONNECT","uri":"h:443""#, "(connect)"), (#""method":"OPTIONS","path":"*""#, "*"),
    (#""method":"GET","uri":"https://h/a/b""#, "/a"),
    (#""request":{}"#, nil), (#""request":null"#, nil), (#""request":5"#, nil), ("", nil),
  ]

  @Test(arguments: sections)
  func aLineNeedsARequestThatMayBeEmpty(request: String, section: String?) {
    let log = ParsedLog(Self.line(request: request), format: "json")
    #expect(log.sections == (section.map { [$0] } ?? []))
    #expect(log.rejected == (section == nil ? [.shape: 1] : [:]))
  }

  private static let rejected: [(line: String, reason: Rejection)] = [
    (line(time: ""), .shape), (line(client: ""), .shape), (line(status: ""), .shape),
    (line(time: #""time":null"#), .shape), (line(time: #""time":"x""#, status: ""), .shape),
    (line(time: #""time":"x""#, status: #""status":"x""#), .time),
    (line(status: #""status":2000"#), .status), (line(status: #""status":"""#), .status),
    (line(status: #""status":0"#, rest: #""bytes":-1"#), .status),
    (line(status: #""status":200.0"#), .status), (line(status: #""status":false"#), .status),
    (line(rest: #""bytes":-1"#), .bytes), (line(rest: #""bytes":"""#), .bytes),
    (line(rest: #""bytes":1.5"#), .bytes), (line(rest: #""size":9223372036854775808"#), .bytes),
    (line(rest: #""bytes":{}"#), .bytes),
  ]

  @Test(arguments: rejected)
  func theFirstReasonInOrderCounts(line: String, reason: Rejection) {
    #expect(ParsedLog(line, format: "json").rejected == [reason: 1])
  }

  @Test func aMissingSizeIsZeroAndADashIsNoStatus() {
    for rest in ["", #""bytes":null"#, #""bytes":"-""#] {
      let records = ParsedRecord.all(in: Self.line(status: #""status":"-""#, rest: rest))
      #expect(records.map(\.bytes) == [0])
      #expect(records.map(\.status) == ["-"])
    }
  }
}
