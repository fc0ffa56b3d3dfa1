import AccessLog
import EventOutput
import Testing
import TrafficAnalysis

@testable import Actions

@Suite struct NotificationTests {
  private func transition(
    _ second: Int64, key: Name? = nil, recovered since: Int64? = nil
  ) -> AlertTransition {
    AlertTransition(
      rule: .highTraffic(threshold: Threshold(whole: 10), window: 120), key: key,
      change: since.map { .recovered(since: EpochSecond($0)) } ?? .triggered,
      second: EpochSecond(second), hits: 1_206, value: .ratio(Rate(hits: 1_206, seconds: 120)))
  }

  @Test func anAlertHasWhatItsEventSays() throws {
    let alert = transition(1_549_574_043, key: Name("/a"), recovered: 1_549_573_956)
    let notification = try #require(ActionNotification(.alert(alert)))
    #expect(notification.rule == "high-traffic")
    #expect(notification.key == "/a")
    #expect(notification.state == .recovered)
    #expect(notification.value == "10.05")
    #expect(notification.hits == 1_206)
    #expect(notification.window == 120)
    #expect(notification.limit == "10")
    #expect(notification.duration == 87)
    #expect(notification.start == EpochSecond(1_549_573_956))
    #expect(notification.id == EventID(alert).text)
  }

  @Test func anIDIsTheSameForWhoeverComputesIt() throws {
    let alert = transition(5, key: Name([0x2F, 0xFF, 0x22]))
    var reader = EventReader()
    let line = EventJSON.bytes(of: .alert(alert)) + [UInt8(ascii: "\n")]
    let read = try #require(reader.read(line[...]).first)
    #expect(read.id == EventID(alert).text)
    #expect(read.id.count == 32)
  }

  @Test func differentEventsHaveDifferentIDs() {
    let ids = [
      EventID(transition(1)), EventID(transition(2)), EventID(transition(1, recovered: 0)),
      EventID(transition(1, key: Name(""))), EventID(transition(1, key: Name("a"))),
      EventID(rule: "a", key: "b", state: "triggered", time: EpochSecond(1)),
      EventID(rule: "ab", key: "", state: "triggered", time: EpochSecond(1)),
      EventID(from: EpochSecond(1), to: EpochSecond(2)),
      EventID(from: EpochSecond(11), to: EpochSecond(2)),
    ]
    #expect(Set(ids).count == ids.count)
  }

  @Test func theHashIsSHA256() {
    // The first 128 bits of SHA-256 over `3:abc`.
    #expect(EventID(fields: ["abc"]).text == "aab5f9ae99b2e38fb462025c8f72f570")
  }

  @Test func aBodyEndsWithIDHostAndVersion() throws {
    let body = String(decoding: sample().body(testOrigin, fieldLimit: nil), as: UTF8.self)
    #expect(body.hasPrefix("{\"event\":\"alert\",\"rule\":\"high-traffic\","))
    #expect(body.hasSuffix("\"id\":\"\(sample().id)\",\"host\":\"web1\",\"version\":\"0.1.0\"}"))
  }

  @Test func aFieldOfABodyIsAtMostAKibibyteOfValidJSON() throws {
    let hostile = "\"\\\u{2028}\u{FFFD}\r\nX-Evil: 1" + String(repeating: "é", count: 10_000)
    let body = sample(key: hostile, message: hostile).body(testOrigin, fieldLimit: 1_024)
    let value = try #require(JSONReader.value(of: body))
    #expect(try #require(value["key"]?.text).utf8.count <= 1_024)
    #expect(try #require(value["message"]?.text).utf8.count <= 1_024)
    #expect(!body.contains(0x0D) && !body.contains(0x0A))
  }

  @Test func aRuleCalledIntervalTakesNoIntervals() {
    let routes = ["interval": ["a"]]
    #expect(sample("interval").actions(in: routes) == ["a"])
    #expect(sampleInterval(to: 20).actions(in: routes) == nil)
  }

  @Test func slackReadsNoMarkup() throws {
    let body = WebhookBody.slack(sample(message: "<!channel> & <@U1> \u{1B}"), testOrigin)
    let text = try #require(JSONReader.value(of: body)?["text"]?.text)
    #expect(text == "&lt;!channel&gt; &amp; &lt;@U1&gt; \\x1B (web1)")
  }

  @Test func anAlertOfAlertmanagerEndsWhenItRecovered() throws {
    let now = EpochSecond(1_549_574_000)
    let triggered = WebhookBody.alertmanager([sample(key: "/a\n")], now: now)
    let first = try #require(JSONReader.value(of: triggered)?.array?.first)
    #expect(first["labels"]?["alertname"]?.text == "high-traffic")
    #expect(first["labels"]?["rule"]?.text == "high-traffic")
    #expect(first["labels"]?["key"]?.text == "/a\n")
    #expect(first["startsAt"]?.text == "2019-02-07T21:12:36Z")
    #expect(first["endsAt"]?.text == "2019-02-07T21:18:20Z")
    var former = sample()
    former.isFromFormerRun = true
    let resumed = JSONReader.value(of: WebhookBody.alertmanager([former], now: now))
    #expect(resumed?.array?.first?["endsAt"]?.text == "2019-02-07T21:17:36Z")
    let recovered = WebhookBody.alertmanager(
      [sample(state: .recovered, at: 1_549_574_043)], now: now)
    let last = try #require(JSONReader.value(of: recovered)?.array?.first)
    #expect(last["startsAt"]?.text == "2019-02-07T21:12:36Z")
    #expect(last["endsAt"]?.text == "2019-02-07T21:14:03Z")
    #expect(last["labels"]?["key"] == nil)
  }
}

@Suite struct EventReaderTests {
  private let lines = """
    {"event":"start","sources":[]}
    {"event":"alert","rule":"r","state":"triggered","time":5,"value":1.5,"hits":3,"new":{"a":[1]}}
    not JSON
    {"event":"alert","rule":"r","state":"triggered","time":5,"value":9}

    {"event":"alert","rule":"r","state":"perhaps","time":5}
    {"event":"alert","rule":"r","state":"recovered","time":9,"duration":4,"id":"00ff"}
    {"event":"interval","from":0,"to":10,"hits":4,"rate":0.4}
    {"event":"end"}
    """

  @Test func readsAlertsAndIntervalsOnceAndCountsTheRest() {
    var reader = EventReader()
    let read = reader.read(Array(lines.utf8)[...])
    #expect(reader.finish() == nil)
    #expect(read.map(\.state) == [.triggered, .recovered, .interval])
    #expect(read[1].id == "00ff" && read[1].duration == 4)
    #expect(String(decoding: read[0].event, as: UTF8.self).contains("\"new\":{\"a\":[1]}"))
    #expect(reader.badLines == 2)
    #expect(reader.duplicates == 1)
    #expect(reader.events == 6 && reader.hasAlerted)
  }

  @Test func idsOfAnyFormTellEventsApart() {
    func line(_ id: String, _ time: Int) -> String {
      "{\"event\":\"alert\",\"rule\":\"r\",\"state\":\"triggered\",\"time\":\(time),\"id\":\"\(id)\"}\n"
    }
    var reader = EventReader()
    let lines = line("A1B2-1", 5) + line("A1B2-1", 6) + line("../x", 5) + line("", 5)
    let ids = reader.read(Array(lines.utf8)[...]).map(\.id)
    #expect(Set(ids).count == 3 && ids.count == 3 && reader.duplicates == 1)
    #expect(ids.allSatisfy { $0.utf8.count == 32 && !$0.contains("/") })
  }

  @Test func readsTheSameByteByByte() {
    var whole = EventReader()
    var parts = EventReader()
    let bytes = Array(lines.utf8)
    let expected = whole.read(bytes[...])
    let read = bytes.indices.flatMap { parts.read(bytes[$0...$0]) }
    #expect(read == expected)
    #expect(parts.badLines == whole.badLines)
  }

  @Test func aLastLineWithoutAnEndCounts() {
    var reader = EventReader()
    let line = "{\"event\":\"alert\",\"rule\":\"r\",\"state\":\"triggered\",\"time\":5}"
    #expect(reader.read(Array(line.utf8)[...]).isEmpty)
    #expect(reader.finish()?.rule == "r")
  }

  @Test func aLineThatIsTooLongIsSkippedWhole() {
    var reader = EventReader()
    let part = [UInt8](repeating: 0x61, count: 1 << 20)
    for _ in 0..<8 { #expect(reader.read(part[...]).isEmpty) }
    let rest = "\n{\"event\":\"alert\",\"rule\":\"r\",\"state\":\"triggered\",\"time\":5}\n"
    #expect(reader.read(Array(rest.utf8)[...]).count == 1)
    #expect(reader.badLines == 1)
  }

  @Test func anIDOfAnotherFormIsReplaced() {
    let line =
      "{\"event\":\"alert\",\"rule\":\"r\",\"state\":\"triggered\",\"time\":5,\"id\":\"../x\"}\n"
    var reader = EventReader()
    #expect(reader.read(Array(line.utf8)[...]).first?.id.count == 32)
  }

  @Test func theOldestIDIsForgottenFirst() {
    var seen = SeenIDs(limit: 2)
    #expect(seen.insert("a") && seen.insert("b") && !seen.insert("a") && seen.insert("c"))
    #expect(seen.insert("a") && !seen.insert("c") && seen.insert("b"))
  }
}
