import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// What the chart, the history and the header show of several rules.
struct SelectedRuleTests {
  private static let end: Int64 = 1_549_573_299

  /// A log with alerts of three rules, of which two overlap.
  private var snapshot: Snapshot {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...Self.end))
    snapshot.addAlert(from: 1_549_573_010, to: 1_549_573_030)
    snapshot.addAlert(of: .sample("busy", over: 50), from: 1_549_573_020, to: 1_549_573_050)
    snapshot.addAlert(of: .sample("errors", .share("status=5xx")), from: 1_549_573_200)
    return snapshot
  }

  /// A state in which a row of the rules is selected.
  private func state(_ row: Int?, in snapshot: Snapshot) -> ViewState {
    var rooms = PaneRooms()
    rooms.panes[.rules] = PaneRoom(rows: 5, columns: 80)
    var state = ViewState()
    state.focus(.rules)
    if let row { state.select(row, snapshot, rooms) }
    return state
  }

  private func chart(_ row: Int?, _ change: (inout Snapshot) -> Void = { _ in }) -> ChartModel {
    var snapshot = snapshot
    change(&snapshot)
    return ChartModel(
      PaneContext(.chart, snapshot, state(row, in: snapshot), columns: 400))
  }

  /// The seconds in which the chart shows an alert.
  private func marked(_ chart: ChartModel) -> Int64 {
    chart.columns.reduce(0) { $0 + $1.activeSeconds }
  }

  @Test func withoutASelectionTheChartShowsTheAlertsOfAllRules() {
    let chart = chart(nil)
    #expect(marked(chart) == 40 + 100)
    #expect(chart.threshold == 10 && chart.frame.readout.isEmpty)
    // A second in which two alerts are active counts once.
    #expect(chart.columns.allSatisfy { $0.activeSeconds <= 1 })
    #expect(chart.alerts.map(\.text) == ["alert 20:56:50", "alert 21:00:00"])
  }

  @Test func theSelectedRuleShowsItsAlertsAndItsThreshold() {
    let busy = chart(1)
    #expect(marked(busy) == 30 && busy.threshold == 50)
    #expect(busy.frame.readout.map(\.text) == ["alerts of busy"])
    #expect(
      busy.frame.legend.map(\.text) == ["5xx", "4xx", "other", "mean 1 min", "busy"])
    let highTraffic = chart(0)
    #expect(marked(highTraffic) == 20 && highTraffic.threshold == 10)
    #expect(highTraffic.frame.readout.last?.text == "alerts of high traffic")
  }

  @Test func aRuleOfAnotherMetricHasNoThreshold() {
    let errors = chart(2)
    #expect(marked(errors) == 100 && errors.threshold == nil)
    #expect(errors.frame.legend.map(\.text) == ["5xx", "4xx", "other", "mean 2 min"])
    var rule = RuleDefinition.sample("api")
    rule.condition = Condition(text: "section=/api", .all([]))
    for rule in [rule, .sample("api", by: .section)] {
      #expect(
        chart(3) { $0.rules.append(RuleState(definition: rule, value: nil)) }.threshold == nil)
    }
  }

  @Test func theOpenAlertShowsItsRule() {
    var state = state(1, in: snapshot)
    let isOpen = state.openSelectedAlert(snapshot, isLive: true)
    #expect(isOpen)
    #expect(state.focus == .alerts && state.openAlert?.rule == "busy")
    #expect(state.selectedRule(in: snapshot)?.definition.name == "busy")
    state.goToAlert(at: EpochSecond(1_549_573_200), snapshot, isLive: true)
    #expect(state.selectedRule(in: snapshot)?.definition.name == "errors")
  }

  @Test func aRuleWithoutAnAlertOpensNothing() {
    var snapshot = snapshot
    snapshot.rules.append(RuleState(definition: .sample("idle"), value: nil))
    var state = state(3, in: snapshot)
    let isOpen = state.openSelectedAlert(snapshot, isLive: true)
    #expect(!isOpen)
    #expect(state.focus == .rules && state.openAlert == nil)
  }

  @Test func aSilentRuleHasNoThreshold() {
    let chart = chart(nil) { $0.highTraffic.isSilent = true }
    #expect(chart.threshold == nil)
    #expect(chart.frame.legend.map(\.text) == ["5xx", "4xx", "other", "mean 2 min"])
  }

  // MARK: - The header

  @Test func theStateNamesTheRulesAndCountsTheAlerts() {
    func header(_ snapshot: Snapshot) -> HeaderModel {
      HeaderModel(snapshot, .sample(), ViewState())
    }
    var snapshot = snapshot
    #expect(header(snapshot).state == .alert("ALERT 1:39"))
    #expect(header(snapshot).stateText == "errors since 21:00:00")
    let rule = RuleDefinition.sample(String(repeating: "big", count: 30), .bandwidth, by: .section)
    for key in ["/a", "/b", "/c"] {
      snapshot.addAlert(of: rule, key: key, from: 1_549_573_250)
    }
    #expect(header(snapshot).state == .alert("4 ALERTS 1:39"))
    #expect(
      header(snapshot).stateText == "errors and bigbigbigbigbigbigbigb.. since 21:00:00")
    snapshot.addAlert(from: 1_549_573_290)
    #expect(header(snapshot).stateText == "errors and 2 more since 21:00:00")
  }

  // MARK: - The history

  private func history(
    _ snapshot: Snapshot, _ deliveries: [AlertKey: [Delivery]]? = nil
  ) -> AlertListModel {
    var context = PaneContext(.alerts, snapshot)
    context.deliveries = deliveries
    return AlertListModel(context)
  }

  @Test func theHistoryShowsTheAlertsOfAllRules() {
    var snapshot = snapshot
    let rule = RuleDefinition.sample("slow", .percentile(95), by: .section)
    snapshot.addAlert(
      of: rule, key: "/API", from: 1_549_573_220, value: .latency(5_200_000),
      peak: .latency(9_300_000))
    snapshot.addAlert(
      of: rule, key: "/b", from: 1_549_573_230, to: 1_549_573_240, peak: .latency(6_000_000))
    let list = history(snapshot)
    #expect(
      list.rows.map { $0.cells.map(\.text) } == [
        ["21:00:20", "slow (/API)", "9.3s over 5s", "for 1:19"],
        ["21:00:00", "errors", "9.00 % over 5 %", "for 1:39"],
        ["21:00:30", "slow (/b)", "6s over 5s", "lasted 0:10"],
        ["20:57:00", "busy", "9.00/s over 50", "lasted 0:30"],
        ["20:56:50", "high traffic", "15.00/s over 10", "lasted 0:20"],
      ])
    #expect(list.hasSeveralRules && !list.hasDeliveries)
  }

  @Test func thePeakOfANameIsItsOwn() {
    var snapshot = snapshot
    let rule = RuleDefinition.sample("big", .bandwidth, by: .section)
    snapshot.addAlert(of: rule, key: "/a", from: 1_549_573_220, peak: .hundredths(700))
    snapshot.addAlert(of: rule, key: "/b", from: 1_549_573_230, peak: .hundredths(80_000))
    let values = history(snapshot).rows.map { $0.cells[2].text }
    #expect(values.prefix(2) == ["800 B/s over 5 B/s", "7 B/s over 5 B/s"])
  }

  /// Also where the figures are those of a log that is read.
  @Test func everyNameHasItsPeakWhileItAlerts() {
    var rule = RuleDefinition.sample("busy", over: 2, by: .section)
    rule.window = 1
    var traffic = Traffic(rules: [rule])
    traffic.read(["/a": 9, "/b": 3])
    traffic.read(["/a": 4, "/b": 5, "/c": 1])
    let snapshot = traffic.settledSnapshot()
    #expect(snapshot.rules[1].activeCount == 2)
    #expect(snapshot.rules[1].peaks.mapValues(\.value) == [Name("/a"): 9, Name("/b"): 5])
    let row = RuleListModel(PaneContext(.rules, snapshot)).rows[1]
    #expect(row.worst?.name == "/b" && row.others == ["+1 more"])
    #expect(
      Set(history(snapshot).rows.map { $0.cells[1].text + " " + $0.cells[2].text })
        == ["busy (/a) 9.00/s over 2", "busy (/b) 5.00/s over 2"])
  }

  @Test func whatBecameOfNotificationsStandsAtTheAlert() throws {
    let snapshot = snapshot
    let deliveries: [AlertKey: [Delivery]] = [
      AlertKey(snapshot.transitions[4]): [
        Delivery(.sent, "ops: sent 21:00:01"),
        Delivery(.failed, "mail: failed: connection refused"), Delivery(.pending, "chat: retrying"),
      ],
      AlertKey(snapshot.transitions[3]): [Delivery(.sent, "ops: sent 20:57:01")],
    ]
    let list = history(snapshot, deliveries)
    #expect(
      list.rows.map(\.delivery) == [
        Words("mail: failed: connection refused +2", .alert), Words("ops: sent 20:57:01", .muted),
        nil,
      ])
    #expect(list.hasDeliveries && list.frame.note == "3 alerts, 1 notification failed")
    var context = PaneContext(.alerts, snapshot)
    context.deliveries = deliveries
    let key = AlertKey(snapshot.transitions[4])
    let details = AlertDetailsModel(key, context)
    #expect(
      details.deliveries == [
        Words("mail: failed: connection refused", .alert), Words("chat: retrying", .warning),
        Words("ops: sent 21:00:01", .muted),
      ])
    #expect(
      details.summary.map(\.text) == [
        "errors", "share(status=5xx) of 1 min 6.00 % over 5 %", "peak 9.00 %", "active for 1:39",
      ])
  }
}
