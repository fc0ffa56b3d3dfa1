import AccessLog
import ReferenceModel
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The columns of the chart with minutes of earlier runs, against a computation that visits every second.
struct MinuteChartTests {
  /// A history of some days, and a run that began some time after it, or within it.
  private struct Log {
    var snapshot = Snapshot()
    var seconds: [Int64: SecondTotals] = [:]
    var minutes: [Int64: SecondTotals] = [:]
    let earlier: ClosedRange<Int64>
    let start: Int64
    let end: Int64

    init(_ random: inout RandomSource) {
      end = random.number(1_549_000_000...1_549_900_000)
      start = end - Int64(random.pick([0, 59, 100, 4_000, 90_000]))
      var series = MinuteSeries()
      let last = start / 60 + Int64(random.pick([-3000, -5, -1, 0, 0, 1])) - 1
      let first = last - Int64(random.pick([0, 10, 3_000, 20_000]))
      earlier = first * 60...last * 60 + 59
      for number in first...last where number == first || number == last || random.chance(700) {
        minutes[number] = Self.totals(&random, most: 600)
      }
      for (number, totals) in minutes.sorted(by: { $0.key < $1.key }) {
        series.set(totals, minute: number)
      }
      series.earlier = EpochSecond(earlier.lowerBound)...EpochSecond(earlier.upperBound)
      for second in start...end {
        let totals = random.chance(300) ? Self.totals(&random, most: 9) : SecondTotals()
        seconds[second] = totals
        snapshot.history.append(totals, at: EpochSecond(second))
      }
      // What the run has closed is added to the minutes, as the program does.
      for number in start / 60...end / 60 where number * 60 + 59 <= end {
        var totals = SecondTotals()
        for second in number * 60...number * 60 + 59 { totals += seconds[second] ?? SecondTotals() }
        guard totals.hits > (minutes[number]?.hits ?? 0) else { continue }
        minutes[number] = totals
        series.set(totals, minute: number)
      }
      snapshot.minutes = series
      snapshot.closedThrough = EpochSecond(end)
    }

    private static func totals(_ random: inout RandomSource, most: Int) -> SecondTotals {
      SecondTotals(
        hits: random.number(1...most), clientErrors: random.number(0...1),
        serverErrors: random.number(0...1))
    }

    /// The first second that is drawn by itself.
    func firstSingle(_ span: ChartSpan) -> Int64 {
      let kept = max(start, end - SecondSeries.capacity + 1)
      return span.showsDays ? max(kept, (end + 1) / 60 * 60) : kept
    }

    /// The figures of a second, and the highest that is known of it; `nil` if nothing is.
    func figures(
      _ second: Int64, single: Int64
    ) -> (hits: Double, client: Double, server: Double)? {
      guard second <= end else { return nil }
      if second >= single {
        let totals = seconds[second] ?? SecondTotals()
        return (Double(totals.hits), Double(totals.clientErrors), Double(totals.serverErrors))
      }
      guard earlier.contains(second) || second >= start else { return nil }
      let totals = minutes[second / 60] ?? SecondTotals()
      return (
        Double(totals.hits) / 60, Double(totals.clientErrors) / 60,
        Double(totals.serverErrors) / 60
      )
    }
  }

  private func isNear(_ left: Double, _ right: Double) -> Bool {
    abs(left - right) <= 1e-9 * max(1, abs(left), abs(right))
  }

  @Test(arguments: 1...25)
  func columnsAreThoseOfANaiveComputation(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let log = Log(&random)
    var state = ViewState()
    state.offersDays = true
    for span in [Int64(300), 3600, 86_400, 604_800, 2_592_000]
    where seed % 12 == 0 || span <= 86_400 {
      state.span = .last(seconds: span)
      check(log, state, columns: random.number(20...120))
    }
  }

  private func check(_ log: Log, _ state: ViewState, columns count: Int) {
    let model = ChartModel(PaneContext(.chart, log.snapshot, state, columns: count))
    let span = state.chartSpan(log.snapshot, columns: count, isLive: true)
    let single = log.firstSingle(span)
    for (index, column) in model.columns.enumerated() {
      let all = span.seconds(ofColumn: index)
      let known = (all.lowerBound.value...all.upperBound.value).compactMap {
        log.figures($0, single: single)
      }
      guard !known.isEmpty else {
        #expect(column.state == (all.lowerBound.value > log.end ? .future : .unknown))
        continue
      }
      let number = Double(known.count)
      #expect(column.state == .known && column.knownSeconds == Int64(known.count))
      #expect(
        isNear(column.mean, known.reduce(0) { $0 + $1.hits } / number)
          && isNear(column.clientErrors, known.reduce(0) { $0 + $1.client } / number)
          && isNear(column.serverErrors, known.reduce(0) { $0 + $1.server } / number),
        "column \(index) of \(span)")
      let peak = known.map(\.hits).max() ?? 0
      if span.width > 1, !span.showsDays { #expect(column.peak.map { isNear($0, peak) } == true) }
      #expect((column.windowMean == nil) == span.showsDays)
      if let mean = column.windowMean {
        #expect(isNear(mean, windowMean(log, all.upperBound.value, single)))
      }
    }
  }

  /// The mean over the alert window at the last known second of a column.
  private func windowMean(_ log: Log, _ end: Int64, _ single: Int64) -> Double {
    var last = min(end, log.end)
    while log.figures(last, single: single) == nil { last -= 1 }
    let window = log.snapshot.highTraffic.definition.window
    let sum = (last - window + 1...last).reduce(0.0) {
      $0 + (log.figures($1, single: single)?.hits ?? 0)
    }
    return sum / Double(window)
  }

  @Test func withoutAHistoryThereAreNoSpansOfDays() {
    var state = ViewState()
    let short: [TableWindow] = [300, 900, 3600, 21_600, 86_400].map { .last(seconds: $0) }
    #expect(state.spans == short + [.all])
    state.offersDays = true
    let days: [TableWindow] = [604_800, 2_592_000].map { .last(seconds: $0) }
    #expect(state.spans == short + days + [.all])
    state.span = short.last
    state.changeSpan(by: 1, isLive: true)
    #expect(state.span == days[0])
    state.changeSpan(by: -1, isLive: true)
    #expect(state.span == short.last)
  }

  /// Before the first line of a run, all that is known is from earlier runs.
  @Test func aRunThatHasReadNothingShowsWhatIsKnown() {
    var snapshot = Snapshot()
    var series = MinuteSeries()
    series.set(SecondTotals(hits: 120), minute: 100)
    series.earlier = EpochSecond(6000)...EpochSecond(6059)
    snapshot.minutes = series
    for isLive in [true, false] {
      let model = ChartModel(PaneContext(.chart, snapshot, columns: 60, isLive: isLive))
      let known = model.columns.filter { $0.state == .known }
      #expect(!known.isEmpty && known.allSatisfy { $0.mean == 2 })
    }
    snapshot.minutes = MinuteSeries()
    #expect(ChartModel(PaneContext(.chart, snapshot, columns: 60)).columns.isEmpty)
  }

  /// A history may be of the time after the end of an old log.
  @Test func minutesAfterTheEndAreNotShown() {
    var snapshot = Snapshot(SecondSeries(1_500_000_000...1_500_000_600))
    var series = MinuteSeries()
    series.set(SecondTotals(hits: 600), minute: 25_820_000)
    series.earlier = EpochSecond(25_820_000 * 60)...EpochSecond(25_820_000 * 60 + 59)
    snapshot.minutes = series
    for span in [Int64(300), 604_800] {
      var state = ViewState()
      state.span = .last(seconds: span)
      let model = ChartModel(PaneContext(.chart, snapshot, state, columns: 60))
      #expect(model.columns.allSatisfy { $0.mean <= 10 })
      #expect(model.columns.contains { $0.state == .known })
    }
  }

  @Test func theCursorReadsOutMinutes() {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_299))
    var series = MinuteSeries()
    for minute in Int64(25_800_000)...25_826_200 {
      series.set(SecondTotals(hits: 60, clientErrors: 3), minute: minute)
    }
    series.earlier = EpochSecond(25_800_000 * 60)...EpochSecond(25_826_200 * 60 + 59)
    snapshot.minutes = series
    var (rooms, state) = (PaneRooms(), ViewState())
    rooms.panes[.chart] = PaneRoom(rows: 8, columns: 61)
    state.span = .last(seconds: 604_800)
    for _ in 0..<20 { state.moveCursor(by: -1, snapshot, rooms, isLive: true) }
    let request = state.tableRequest(.all, rooms, snapshot, isLive: true)
    snapshot.table.moment = request.moment.map { MomentFigures(seconds: $0) }
    let chart = ChartModel(PaneContext(.chart, snapshot, state, columns: 61))
    #expect(chart.cursor.map { chart.columns[$0].state } == .known)
    #expect(
      chart.frame.readout.map(\.text) == [
        "5 Feb 07:20:00 to 10:29:59", "1.0/s", "4xx 570",
      ])
    // It stops at the beginning of the history.
    state.moveCursor(by: .min, snapshot, rooms, isLive: true)
    #expect(state.cursor.map { $0 <= EpochSecond(25_826_200 * 60) } == true)
  }

  @Test func theNoteSaysDaysAndAlertsHaveADate() {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_299))
    snapshot.minutes = MinuteSeries()
    snapshot.addAlert(from: 1_549_200_000, to: 1_549_200_900)
    var state = ViewState()
    state.span = .last(seconds: 604_800)
    let chart = ChartModel(PaneContext(.chart, snapshot, state, columns: 100))
    #expect(chart.frame.note == "last 7 d, 2 h a column")
    #expect(chart.alerts.map(\.text) == ["alert 3 Feb 13:20"])
    #expect(chart.frame.legend.map(\.text) == ["5xx", "4xx", "other", "threshold"])
    state.span = .last(seconds: 2_592_000)
    let month = ChartModel(PaneContext(.chart, snapshot, state, columns: 100))
    #expect(month.frame.note == "last 30 d, 8 h a column")
  }

  @Test func itIsShownUpToWhenTheHistoryIsSaved() {
    var context = PaneContext(.chart, Snapshot(SecondSeries(0...100)))
    #expect(ChartModel(context).frame.footnote.isEmpty)
    context.historySaved = EpochSecond(1_549_573_979)
    #expect(ChartModel(context).frame.footnote == "history saved 21:12")
  }
}
