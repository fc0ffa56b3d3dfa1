import AccessLog
import Foundation
import Testing
import TrafficAnalysis

@testable import History

@Suite struct HistoryStoreTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private func store(_ context: HistoryContext = context()) throws -> HistoryStore {
    try HistoryStore(folder.history, context)
  }

  /// Names of any bytes, those of SQL too.
  @Test(arguments: [
    nil, Name("/api"), Name("'); DROP TABLE alerts;--"), Name("\u{1B}[2J"), Name([0xFF, 0x2F]),
    Name([0x61, 0, 0x62]), Name(""),
  ])
  func whatIsAddedIsReadBackByteByByte(key: Name?) throws {
    let name = key ?? Name("/b")
    let change = NameChange(
      name: name, before: Rate(hits: 1, seconds: 600), now: Rate(hits: 7, seconds: 120))
    let transitions = [
      alert("r", key: key, at: start, changes: [change]),
      alert("r", key: key, at: start + 9, lasted: 9),
    ]
    let first = try store()
    for transition in transitions { first.add(alert: transition) }
    var report = minute(hits: 3, latency: 18_700)
    report.rankings[.section] = [RankedName(name: name, hits: 3, bytes: 300, clientErrors: 1)]
    first.add(minute: report)
    #expect(first.finish(within: 30) == nil)
    #expect(first.state.lastSaved == EpochSecond(start + 59))
    let reader = try HistoryReader(folder.history)
    #expect(try reader.alerts(last: 10) == transitions)
    #expect(try reader.activeAlerts() == [])
    let minutes = try reader.minutes(in: TimeRange())
    #expect(minutes.map(\.hits) == [3] && minutes[0].status[.successful] == 3)
    #expect(minutes[0].latency.map { Int($0.p50.rounded()) } == 18_700)
    #expect(
      try reader.names(of: .section, in: TimeRange()) == [
        .init(time: EpochSecond(start), name: name, hits: 3, bytes: 300, errors: 1)
      ])
  }

  @Test func anAlertThatIsThereIsNotAddedAgain() throws {
    for _ in 0..<2 {
      let store = try store()
      for _ in 0..<2 {
        store.add(alert: alert())
        store.add(alert: alert("other", key: Name("/a")))
        store.add(alert: alert("other", key: Name("/b")))
      }
      #expect(store.finish(within: 30) == nil)
    }
    let reader = try HistoryReader(folder.history)
    #expect(try reader.alerts(last: 100).count == 3)
    #expect(try reader.activeAlerts().count == 3)
    #expect(try reader.alerts(last: 1).map(\.key) == [Name("/b")])
  }

  /// A log may go back in time.
  @Test func theOrderIsThatOfTheReportsEvenIfAClockIsSetBack() throws {
    for time in [start, start - 86_400] {
      let store = try store(context(wall: time))
      store.add(alert: alert(at: time))
      store.add(alert: alert(at: time + 5, lasted: 5))
      store.add(minute: minute((time - start) / 60, hits: 1))
      #expect(store.finish(within: 30) == nil)
    }
    let reader = try HistoryReader(folder.history)
    let times = try reader.alerts(last: 10).map { $0.second.value - start }
    #expect(times == [0, 5, -86_400, -86_395])
    #expect(try reader.alerts(in: TimeRange(since: EpochSecond(start))).count == 2)
    #expect(try reader.newestMinute() == EpochSecond(start))
  }

  @Test func everyRuleComesBackAsItWas() throws {
    let part = Condition(text: "status=5xx", .any([]))
    var share = RuleDefinition(
      name: "errors", metric: .share(part), limit: Threshold("2.5")!, window: 60)
    (share.delay, share.clear, share.leastHits) = (30, Threshold(whole: 1), 50)
    share.condition = Condition(text: "section=/api or host=a", .any([]))
    share.subject = .method
    var slow = RuleDefinition(
      name: "slow", metric: .percentile(95), limit: Threshold("0.5")!, window: 300)
    slow.comparison = .below
    let transitions = [
      AlertTransition(
        rule: share, key: Name("GET"), change: .triggered, second: EpochSecond(5), hits: 7,
        value: .ratio(Rate(hits: 300, seconds: 7))),
      AlertTransition(
        rule: slow, change: .recovered(since: EpochSecond(-4)), second: EpochSecond(6), hits: 8,
        value: .latency(512_345.678)),
    ]
    let store = try store()
    for transition in transitions { store.add(alert: transition) }
    #expect(store.finish(within: 30) == nil)
    #expect(try HistoryReader(folder.history).alerts(last: 5) == transitions)
  }
}
