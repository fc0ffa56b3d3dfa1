import AccessLog
import Foundation
import Testing
import TrafficAnalysis

@testable import EventOutput

@Suite struct NDJSONWriterTests {
  @Test func writesTheStartWithEverySource() throws {
    let start = MonitorEvent.start(sources: [
      SourceSummary(path: Name("access.log"), format: "csv"),
      SourceSummary(path: Name("-"), format: nil),
    ])
    #expect(
      try ndjson(start) == [
        #"{"event":"start","sources":[{"path":"access.log","format":"csv"},"#
          + #"{"path":"-","format":null}]}"#
      ])
  }

  @Test func writesWhatListenersHaveReceivedAtTheEnd() throws {
    var report = EndReport(tally: LineTally(), first: nil, last: nil)
    report.sources = [SourceSummary(path: Name("access.log"), format: "csv")]
    #expect(try ndjson(.end(report))[0].contains("received") == false)
    var listener = SourceSummary(path: Name("syslog:5514"), format: nil)
    var figures = ListenerFigures()
    (figures.peers, figures.messages) = (2, 7)
    (figures.droppedByKernel, figures.droppedHere) = (3, 4)
    (figures.faultyConnections, figures.displaced) = (5, 6)
    listener.listener = figures
    report.sources.append(listener)
    #expect(
      try ndjson(.end(report))[0].hasSuffix(
        #","received":[{"path":"syslog:5514","peers":2,"messages":7,"dropped_by_kernel":3,"#
          + #""dropped_here":4,"faulty_connections":5,"displaced":6}]}"#))
  }

  @Test func writesAnIntervalWithItsFieldsInOrder() throws {
    let event = interval(
      hits: 59, bytes: 71_234, status: [.successful: 55, .clientError: 2, .serverError: 2],
      methods: [.post: 9, .get: 50],
      sections: [
        RankedName(
          name: Name("/api"), hits: 40, bytes: 50_000, clientErrors: 1, serverErrors: 2)
      ],
      clients: [RankedName(name: Name("10.0.0.1"), hits: 12, clientErrors: 2, serverErrors: 1)],
      uniqueClients: DistinctCount(17))
    #expect(
      try ndjson(event) == [
        #"{"event":"interval","from":1549573850,"to":1549573860,"hits":59,"rate":5.9,"#
          + #""bytes":71234,"status":{"1xx":0,"2xx":55,"3xx":0,"4xx":2,"5xx":2,"other":0},"#
          + #""methods":{"GET":50,"POST":9},"sections":[{"name":"/api","hits":40,"bytes":50000,"#
          + #""client_errors":1,"server_errors":2}],"clients":[{"name":"10.0.0.1","hits":12}],"#
          + #""partial":false,"unique_clients":17}"#
      ])
  }

  @Test func saysByHowMuchAnEstimateMayBeTooHigh() throws {
    let event = interval(
      sections: [section(Name("/a"), hits: 9, error: 2)],
      clients: [RankedName(name: Name("c"), hits: 7, error: 1)], partial: true)
    let line = try #require(ndjson(event).first)
    #expect(line.contains(#""server_errors":0,"error":2}]"#))
    #expect(line.contains(#""clients":[{"name":"c","hits":7,"error":1}],"partial":true,"#))
  }

  @Test func saysByHowMuchTheNumberOfClientsMayBeWrong() throws {
    var clients = DistinctCount(1_000_211)
    clients.error = 15_929
    let line = try #require(ndjson(interval(uniqueClients: clients)).first)
    #expect(
      line.hasSuffix(
        #""partial":false,"unique_clients":1000211,"unique_clients_error":15929}"#))
  }

  @Test func writesGapsAndAlertsAndTheEnd() throws {
    let gap = MonitorEvent.gap(from: EpochSecond(1_549_573_870), to: EpochSecond(1_549_573_990))
    #expect(
      try ndjson(gap, triggered(), recovered(), end()) == [
        #"{"event":"gap","from":1549573870,"to":1549573990}"#,
        #"{"event":"alert","rule":"high-traffic","state":"triggered","time":1549573956,"#
          + #""value":10.05,"hits":1206,"window":120,"threshold":10,"message":"High traffic "#
          + #"generated an alert - hits = 10.05, triggered at 2019-02-07T21:12:36Z","changes":[]}"#,
        #"{"event":"alert","rule":"high-traffic","state":"recovered","time":1549574043,"#
          + #""value":9.98,"hits":1198,"window":120,"threshold":10,"duration":87,"message":"#
          + #""Traffic recovered - hits = 9.98, recovered at 2019-02-07T21:14:03Z, lasted 1m 27s"}"#,
        #"{"event":"end","lines":4831,"hits":4830,"late":0,"rejected":{"total":0,"shape":0,"#
          + #""time":0,"status":0,"bytes":0,"oversize":0,"future":0},"ignored":1,"#
          + #""first":1549573859,"last":1549574340}"#,
      ])
  }

  private func change(_ name: String, before: Int = 0, now: Int) -> NameChange {
    NameChange(
      name: Name(name), before: Rate(hits: before, seconds: 600), now: Rate(hits: now, seconds: 120)
    )
  }

  @Test func writesWhatGrewByDimensionAtMostThreeOfEach() throws {
    let event = triggered(changes: [
      .status: [change("500", before: 3, now: 6)],
      .section: [
        change("/a\"\u{1B}", before: 723, now: 1092), change("/b", now: 5), change("/c", now: 4),
        change("/d", now: 3),
      ],
    ])
    let line = try #require(ndjson(event).first)
    #expect(
      line.hasSuffix(
        #""changes":[{"dimension":"section","name":"/a\"\u001b","before":1.21,"now":9.1},"#
          + #"{"dimension":"section","name":"/b","before":0,"now":0.04},"#
          + #"{"dimension":"section","name":"/c","before":0,"now":0.03},"#
          + #"{"dimension":"status","name":"500","before":0.01,"now":0.05}]}"#))
  }

  @Test func theKeyOfAnAlertComesBeforeItsChanges() throws {
    let trigger = try #require(ndjson(triggered(key: "/a")).first)
    #expect(trigger.hasSuffix(#"Z","key":"/a","changes":[]}"#))
    let recovery = try #require(ndjson(recovered(key: "/a")).first)
    #expect(recovery.hasSuffix(#"lasted 1m 27s","key":"/a"}"#))
  }

  @Test func namesNoTimeWhereThereWasNoHit() throws {
    let event = end(lines: 3, hits: 0, ignored: 0, first: nil, last: nil, rejected: [.shape: 3])
    let line = try #require(ndjson(event).first)
    #expect(line.contains(#""rejected":{"total":3,"shape":3,"#))
    #expect(line.hasSuffix(#""first":null,"last":null}"#))
  }

  @Test(arguments: [
    (1200, "10", "10.00"), (1201, "10.01", "10.01"), (1260, "10.5", "10.50"),
    (1206, "10.05", "10.05"), (0, "0", "0.00"),
  ])
  func writesNumbersAsShortAsTheyCanBe(hits: Int, value: String, inMessage: String) throws {
    let line = try #require(ndjson(triggered(hits: hits)).first)
    #expect(line.contains(#""value":\#(value),"hits":"#))
    #expect(line.contains("hits = \(inMessage),"))
  }

  @Test(arguments: ["2.50", "02.5", "2.5"])
  func writesTheThresholdAsShortAsItCanBe(threshold: String) throws {
    let rule = RuleDefinition.highTraffic(threshold: try #require(Threshold(threshold)), window: 3)
    let line = try #require(ndjson(triggered(rule)).first)
    #expect(line.contains(#""window":3,"threshold":2.5,"#))
  }

  static let names: [([UInt8], String)] = [
    (Array("/plain".utf8), "/plain"),
    (Array("a\"b\\c".utf8), #"a\"b\\c"#),
    (Array("\u{8}\t\n\u{c}\r".utf8), #"\b\t\n\f\r"#),
    ([0, 0x1B, 0x1F, 0x7F], #"\u0000\u001b\u001f\u007f"#),
    (Array("\u{80}\u{9b}\u{9f}\u{a0}".utf8), "\\u0080\\u009b\\u009f\u{a0}"),
    (Array("/日本語/é".utf8), "/日本語/é"),
    ([0xFF, 0xFE], "\u{FFFD}\u{FFFD}"),
    ([0xC3, 0x28], "\u{FFFD}("),
    ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
    ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ([0xE2, 0x82], "\u{FFFD}"),
    ([0xF0, 0x9F, 0x98, 0x41], "\u{FFFD}A"),
    (Array(String(repeating: "x", count: 5000).utf8), String(repeating: "x", count: 5000)),
  ]

  @Test(arguments: names)
  func repairsAndEscapesNamesWithoutCuttingThem(bytes: [UInt8], written: String) throws {
    let line = try #require(ndjson(interval(sections: [section(Name(bytes))])).first)
    #expect(line.contains("[{\"name\":\"\(written)\",\"hits\":1,"))
  }

  @Test func isAlwaysValidJSON() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<500 {
      let bytes = (0..<20).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let line = try #require(ndjson(interval(sections: [section(Name(bytes))])).first)
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      let sections = try #require(object?["sections"] as? [[String: Any]])
      let name = try #require(sections.first?["name"] as? String)
      #expect(Array(name.utf8) == Array(String(decoding: bytes, as: UTF8.self).utf8), "\(bytes)")
    }
  }
}
