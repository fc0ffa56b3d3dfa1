import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// Alerts that an earlier run has triggered.
struct EarlierAlertTests {
  private static let start: Int64 = 1_549_400_000
  private var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))

  init() {
    snapshot.addAlert(from: Self.start, peak: 22)
    // This run knows nothing of it.
    snapshot.highTraffic.activeSince = nil
    snapshot.highTraffic.peak = nil
  }

  private func row(_ snapshot: Snapshot) -> AlertListModel.Row? {
    AlertListModel(PaneContext(.alerts, snapshot, rows: 9)).rows.last
  }

  private func summary(_ snapshot: Snapshot) -> [String] {
    let alert = AlertKey(snapshot.transitions[0])
    return AlertDetailsModel(alert, PaneContext(.alerts, snapshot)).summary.map(\.text)
  }

  @Test func oneWhoseEndNobodySawIsNotActive() {
    let row = row(snapshot)
    #expect(row?.isActive == false && row?.cells.last?.text == "end not seen")
    #expect(row?.cells[0].text == "2019-02-05 20:53:20")
    #expect(summary(snapshot).last == "its end was not seen")
    let details = AlertDetailsModel(
      AlertKey(snapshot.transitions[0]), PaneContext(.alerts, snapshot))
    #expect(details.frame.title == "alert 5 Feb 20:53:20")
  }

  @Test func oneThatIsStillActiveSaysForHowLong() {
    var snapshot = snapshot
    snapshot.highTraffic.activeSince = EpochSecond(Self.start)
    #expect(row(snapshot)?.isActive == true)
    #expect(row(snapshot)?.cells.last?.text == "for 2d 00:13")
    #expect(summary(snapshot).last == "active for 2d 00:13")
  }

  @Test func oneThatRecoveredInThisRunSaysHowLongItLasted() {
    var snapshot = snapshot
    snapshot.transitions = []
    snapshot.addAlert(from: Self.start, to: 1_549_573_100)
    #expect(row(snapshot)?.isActive == false)
    #expect(row(snapshot)?.cells.last?.text == "lasted 2d 00:05")
  }

  /// A further alert of the same rule is no recovery of the first one.
  @Test func aFurtherTriggerDoesNotEndIt() {
    var snapshot = snapshot
    snapshot.addAlert(from: 1_549_573_500)
    let rows = AlertListModel(PaneContext(.alerts, snapshot, rows: 9)).rows
    #expect(rows.map(\.isActive) == [true, false])
    #expect(rows.map { $0.cells.last?.text } == ["for 1:39", "end not seen"])
  }

  @Test func whileAnEarlierRunIsContinuedItCountsAsActive() {
    var snapshot = snapshot
    snapshot.isResuming = true
    #expect(row(snapshot)?.isActive == true)
  }

  @Test func amongSeveralRulesTheUnseenAreNotOnTop() {
    var snapshot = snapshot
    var rule = snapshot.highTraffic.definition
    rule.name = "other"
    rule.subject = .dimension(.section)
    var state = RuleState(definition: rule, value: nil, activeSince: EpochSecond(Self.start - 500))
    state.peaks = [Name("/a"): .ratio(Rate(hits: 3, seconds: 1))]
    snapshot.rules.append(state)
    for name in ["/a", "/b"] {
      snapshot.transitions.insert(
        AlertTransition(
          rule: rule, key: Name(name), change: .triggered, second: EpochSecond(Self.start - 500),
          hits: 9, value: .ratio(Rate(hits: 9, seconds: 1))), at: 0)
    }
    let rows = AlertListModel(PaneContext(.alerts, snapshot, rows: 9)).rows
    #expect(rows.map(\.isActive) == [true, false, false])
  }

  @Test func itsBeginningIsMarkedOnTheChart() {
    var snapshot = snapshot
    snapshot.minutes = MinuteSeries()
    var state = ViewState()
    state.span = .last(seconds: 604_800)
    let chart = ChartModel(PaneContext(.chart, snapshot, state, columns: 100))
    #expect(chart.columns.reduce(0) { $0 + $1.activeSeconds } == 1)
    #expect(chart.alerts.map(\.text) == ["alert 5 Feb 20:53"])
  }
}
