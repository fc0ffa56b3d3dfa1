import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// Ten hits in each second of `seconds`, closed one after the other.
private func snapshot(_ seconds: ClosedRange<Int64>) -> Snapshot {
  var snapshot = Snapshot()
  for second in seconds { snapshot.history.append(hits: 10, at: EpochSecond(second)) }
  snapshot.closedThrough = EpochSecond(seconds.upperBound)
  return snapshot
}

private func chart(_ snapshot: Snapshot, span: Int64, columns: Int) -> HitRateModel {
  chart(snapshot, .last(seconds: span), columns: columns)
}

private func chart(_ snapshot: Snapshot, _ span: TableWindow, columns: Int) -> HitRateModel {
  var state = ViewState()
  state.span = span
  return HitRateModel(
    PaneContext(
      pane: .hitRate, snapshot: snapshot, state: state, room: .chart(columns: columns),
      isLive: true))
}

struct ChartColumnTests {
  @Test(arguments: [
    (span: Int64(300), columns: 70, width: Int64(5)), (300, 109, 3), (300, 190, 2), (300, 400, 1),
    (900, 70, 15), (86_400, 70, 1800), (1, 1, 1), (86_400, 1, 86_400),
  ])
  func aColumnHasARoundNumberOfSecondsAndTheSpanFits(span: Int64, columns: Int, width: Int64) {
    #expect(HitRateModel.columnWidth(span: span, columns: columns) == width)
  }

  @Test func columnsKeepTheirSecondsWhenTheClockAdvances() {
    // A column of 5 s is full at 1004 and at 1009: in between only the newest one changes.
    let early = chart(snapshot(900...1005), span: 300, columns: 70)
    let later = chart(snapshot(900...1008), span: 300, columns: 70)
    #expect(early.columns.dropLast() == later.columns.dropLast())
    #expect(early.labels == later.labels)
  }

  @Test func secondsBeforeTheFirstOneAreAGap() {
    let chart = chart(snapshot(1000...1009), span: 60, columns: 61)
    #expect(chart.columns.filter { $0.mean == nil }.count == 51)
    #expect(chart.columns.suffix(10).allSatisfy { $0.mean == 10 })
  }

  @Test func anAlertSpansFromItsTriggerToTheSecondBeforeItsRecovery() {
    var snapshot = snapshot(1000...1059)
    let mean = Rate(hits: 1300, seconds: 120)
    let rule = snapshot.highTraffic.definition
    snapshot.transitions = [
      AlertTransition(
        rule: rule, change: .triggered, second: EpochSecond(1010), hits: 1300, value: mean),
      AlertTransition(
        rule: rule, change: .recovered(since: EpochSecond(1010)), second: EpochSecond(1020),
        hits: 1100, value: mean),
    ]
    let chart = chart(snapshot, span: 59, columns: 60)
    #expect(chart.columns.indices.filter { chart.columns[$0].isAlert } == Array(10...19))
  }

  @Test(arguments: [
    (Int64(660), "all, 11 min, 10 s a column", 66),
    (90_000, "last 24 h of 25 h, 20 min a column", 72),
  ])
  func theSpanOfAllCoversTheHistoryAndNothingElse(
    length: Int64, note: String, columns: Int
  ) {
    let model = chart(snapshot(1...length), .all, columns: 80)
    #expect(model.frame.note == note)
    #expect(abs(model.columns.filter { $0.mean != nil }.count - columns) <= 1)
  }

  @Test func spansCycleFromFiveMinutesToAll() {
    var state = ViewState()
    #expect(state.span(isLive: true) == .last(seconds: 300))
    #expect(state.span(isLive: false) == .all)
    var spans: [TableWindow] = []
    for _ in 0..<6 {
      state.changeSpan(by: 1, isLive: false)
      spans.append(state.span(isLive: false))
    }
    #expect(spans == [300, 900, 3600, 21_600, 86_400].map { .last(seconds: $0) } + [.all])
    state.changeSpan(by: -1, isLive: false)
    #expect(state.span == .last(seconds: 86_400))
  }
}
