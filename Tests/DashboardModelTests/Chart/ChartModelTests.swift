import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The texts of the chart, its spans and its cursor.
struct ChartModelTests {
  private func chart(
    _ snapshot: Snapshot, _ state: ViewState = ViewState(), columns: Int = 60, isLive: Bool = true
  ) -> ChartModel {
    ChartModel(PaneContext(.chart, snapshot, state, columns: columns, isLive: isLive))
  }

  @Test func beforeTheFirstSecondThereAreNoColumns() {
    let chart = chart(Snapshot())
    #expect(chart.columns.isEmpty && chart.times.isEmpty && chart.alerts.isEmpty)
    #expect(chart.frame.title == "hits per second")
    #expect(self.chart(Snapshot(SecondSeries(1...9)), columns: 0).columns.isEmpty)
  }

  @Test(arguments: [
    (Int64(300), 60, true, "last 5 min, 6 s a column"), (300, 400, true, "last 5 min"),
    (86_400, 100, true, "last 24 h, 16 min a column"), (10, 60, true, "last 10 s"),
  ])
  func theNoteSaysHowLongAColumnIs(span: Int64, columns: Int, isLive: Bool, note: String) {
    var state = ViewState()
    state.span = .last(seconds: span)
    let chart = chart(Snapshot(SecondSeries(0...999)), state, columns: columns, isLive: isLive)
    #expect(chart.frame.note == note)
  }

  @Test func theLegendNamesTheAlertWindow() {
    var snapshot = Snapshot()
    snapshot.highTraffic.definition.window = 90
    #expect(
      chart(snapshot).frame.legend.map(\.text) == ["5xx", "4xx", "other", "mean 90 s", "threshold"])
  }

  @Test func anAlertIsLabelledWithTheTimeAtWhichItBegan() {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_299))
    snapshot.addAlert(from: 1_549_573_100, to: 1_549_573_150)
    snapshot.addAlert(from: 1_549_573_200)
    let chart = chart(snapshot)
    #expect(chart.alerts.map(\.text) == ["alert 20:58:20", "alert 21:00:00"])
    // An alert that began before the chart has no label, but its seconds are marked.
    var long = Snapshot(SecondSeries(1_549_573_000...1_549_573_999))
    long.addAlert(from: 1_549_573_000)
    let later = self.chart(long)
    #expect(later.alerts.isEmpty)
    // Of the newest column less than half is known, and that is what counts.
    let known = later.columns.filter { $0.state == .known }
    #expect(known.allSatisfy(\.isAlert) && known.last.map { $0.knownSeconds < later.width } == true)
  }

  /// A single second of an alert does not colour a column of an hour.
  @Test func oneSecondOfAnAlertIsNoAlertColumn() {
    var snapshot = Snapshot(SecondSeries(0...3599))
    snapshot.addAlert(from: 1000, to: 1001)
    var state = ViewState()
    state.span = .last(seconds: 3600)
    let chart = chart(snapshot, state, columns: 61)
    #expect(chart.columns.allSatisfy { !$0.isAlert })
    #expect(chart.columns.reduce(0) { $0 + $1.alertSeconds.reduce(0, +) } == 1)
  }

  @Test func columnsKeepTheirFiguresWhileTheClockAdvances() {
    let early = chart(Snapshot(SecondSeries(Array(repeating: 7, count: 700), from: 600)))
    let later = chart(Snapshot(SecondSeries(Array(repeating: 7, count: 701), from: 600)))
    let changed = zip(early.columns, later.columns).filter { $0 != $1 }
    #expect(changed.count <= 1)
    #expect(early.times == later.times)
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

  // MARK: - The moment

  private func readout(_ change: (inout MomentFigures) -> Void) -> [String] {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_299))
    var moment = MomentFigures(
      seconds: EpochSecond(1_549_573_200)...EpochSecond(1_549_573_205))
    change(&moment)
    snapshot.table.moment = moment
    var state = ViewState()
    state.cursor = EpochSecond(1_549_573_200)
    let chart = chart(snapshot, state)
    #expect(chart.cursor.map { chart.columns[$0].state } == .known)
    return chart.frame.readout.map(\.text)
  }

  @Test func theCursorReadsOutItsMoment() {
    let words = readout {
      $0.totals = SecondTotals(hits: 120, clientErrors: 3, serverErrors: 2)
      $0.knownSeconds = 6
      $0.mean = Rate(hits: 1206, seconds: 120)
      $0.top[.section] = RankedName(name: Name("/api"), hits: 1100)
      $0.top[.client] = RankedName(
        name: Name("2001:db8:85a3:8d3:1319:8a2e:370:7348"), hits: 9)
    }
    #expect(
      words == [
        "21:00:00 to 21:00:05", "20.0/s", "5xx 2", "4xx 3", "mean 10.05", "top /api 1,100",
        "2001:db8:85a3:8d…9:8a2e:370:7348 9",
      ])
  }

  @Test func aMomentOfWhichNothingIsKnownSaysSo() {
    #expect(readout { _ in } == ["21:00:00 to 21:00:05", "no data for this time"])
    let quiet = readout {
      ($0.totals, $0.knownSeconds) = (SecondTotals(), 6)
      $0.seconds = $0.seconds.lowerBound...$0.seconds.lowerBound
    }
    #expect(quiet == ["21:00:00", "0.0/s"])
  }
}
