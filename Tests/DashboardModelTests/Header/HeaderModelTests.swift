import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The figures, the badges and the times of the header.
struct HeaderModelTests {
  private func header(
    _ status: RunStatus = .sample(), _ change: (inout Snapshot) -> Void = { _ in }
  ) -> HeaderModel {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    change(&snapshot)
    return HeaderModel(snapshot, status, ViewState())
  }

  @Test(arguments: [
    (Int64(-1), "1969-12-31 23:59:59"), (253_402_300_800, "+10000-01-01 00:00:00"),
    (-62_135_596_801, "0000-12-31 23:59:59"),
  ])
  func anyTimeCanBeDisplayed(second: Int64, words: String) {
    let (times, second) = (TimeDisplay.utc, EpochSecond(second))
    #expect(times.date(second) + " " + times.clock(second) == words)
  }

  @Test(arguments: [
    (Int64(0), "Thu 1 Jan"), (86_400, "Fri 2 Jan"), (-1, "Wed 31 Dec"),
    (1_549_573_599, "Thu 7 Feb"), (1_773_446_400, "Sat 14 Mar"),
  ])
  func aShortDateHasItsDayOfTheWeekOrItsYear(second: Int64, date: String) {
    let second = EpochSecond(second)
    #expect(TimeDisplay.utc.shortDate(second, withYear: false) == date)
    #expect(
      TimeDisplay.utc.shortDate(second, withYear: true).hasPrefix(String(date.dropFirst(4)) + " "))
  }

  @Test func theClockIsThatOfTheLogInItsZone() {
    var state = ViewState()
    state.times = TimeDisplay(zone: "log") { _ in 3600 }
    let snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    let header = HeaderModel(snapshot, .sample(), state)
    #expect(header.clock == "22:06:39 log" && header.time == "22:06:39")
    #expect(header.date == "Thu 7 Feb")
    // The year matters for a log that has ended.
    #expect(HeaderModel(snapshot, .sample(.ended, isLive: false), state).date == "7 Feb 2019")
    let empty = HeaderModel(Snapshot(), .sample(), state)
    #expect(empty.clock == "--:--:--" && empty.date == "")
  }

  @Test func theTotalsEndWithTheNumberOfClients() {
    #expect(header().totals.last?.text == "0 B")
    #expect(header { $0.uniqueClients = DistinctCount(1) }.totals.last?.text == "1 client")
    #expect(header { $0.uniqueClients = DistinctCount(1204) }.totals.last?.text == "1,204 clients")
    var estimate = DistinctCount(1_234_567)
    estimate.error = 19_661
    #expect(
      header { $0.uniqueClients = estimate }.totals.last?.text == "~1.2M clients (within 1.6 %)")
  }

  @Test(arguments: [(110, 0), (111, 1), (90, 0), (89, -1)])
  func theTrendIsMarkedIfTheRateDiffersByOverATenth(hits: Int, trend: Int) {
    let header = header {
      $0.rateNow = Rate(hits: hits, seconds: 10)
      $0.highTraffic.rate = Rate(hits: 1200, seconds: 120)
    }
    #expect(header.trend == trend)
  }

  @Test(arguments: [
    (0, "0.0", "0.0", "0.0/s"), (184, "18.4", "18.4", "18.4/s"), (9999, "999.9", "999.9", "1.0k/s"),
    (10_000, "1000.0", "1.0k", "1.0k/s"), (99_999, "9999.9", "10.0k", "10k/s"),
    (1_000_000, "100k", "100k", "100k/s"), (Int.max, "922P", "922P", "922P/s"),
  ])
  func ratesFitTheirPlaces(hits: Int, rate: String, bigRate: String, shortRate: String) {
    let header = header { $0.rateNow = Rate(hits: hits, seconds: 10) }
    #expect([header.rate, header.bigRate, header.shortRate] == [rate, bigRate, shortRate])
    #expect(header.rate.count <= 6 && header.bigRate.count <= 5 && header.shortRate.count <= 6)
  }

  @Test(arguments: [(nil, nil), (100, "0.0/s"), (40, "6.0/s"), (160, "-6.0/s")])
  func theChangeIsThatOfTheWindowOfTheTables(before: Int?, change: String?) {
    let header = header { ($0.table.traffic.hits, $0.table.hitsBefore) = (100, before) }
    #expect(header.change == change.map { $0.hasPrefix("-") ? $0 : "+" + $0 })
  }

  @Test func theErrorsAreThoseOfTheAlertWindow() {
    let header = header {
      var history = SecondSeries()
      history.append(SecondTotals(hits: 500, clientErrors: 500), at: EpochSecond(1000))
      history.append(
        SecondTotals(hits: 200, clientErrors: 10, serverErrors: 1), at: EpochSecond(1120))
      ($0.history, $0.closedThrough) = (history, EpochSecond(1120))
    }
    #expect(header.serverErrors == Words("0.5 %", .alert))
    #expect(header.clientErrors == Words("5.0 %", .warning))
    let none = self.header()
    #expect(none.serverErrors == Words("0.0 %", .muted))
  }

  @Test(arguments: [
    (0, 0.0, 0.5), (1200, 0.5, 0.5), (2400, 1, 0.5), (2401, 0.667, 0.333), (6000, 1, 0.2),
    (12_000, 1, 0.1), (120_000, 1, 0.01), (240_000, 1, 0.005),
  ])
  func theGaugeEndsAtARoundMultipleOfTheThreshold(
    hits: Int, value: Double, limit: Double
  ) throws {
    let gauge = try #require(
      header { $0.highTraffic.rate = Rate(hits: hits, seconds: 120) }.gauge)
    #expect(abs(gauge.value - value) < 0.001, "\(gauge)")
    #expect(abs(gauge.limit - limit) < 0.001, "\(gauge)")
  }

  @Test func aSilentRuleShowsItsMeanWithoutALimit() {
    let header = header {
      $0.highTraffic.rate = Rate(hits: 2400, seconds: 120)
      $0.highTraffic.isSilent = true
    }
    #expect(header.mean == "20.00/s" && header.threshold == nil && header.gauge == nil)
    #expect(header.state == .muted("no rules") && header.stateText.isEmpty)
  }

  @Test func aFilterShowsBothRates() {
    var status = RunStatus.sample()
    status.filter = "status=5xx"
    status.allTraffic = Rate(hits: 412, seconds: 10)
    let header = HeaderModel(Snapshot(SecondSeries(1...99)), status, ViewState())
    #expect(header.filter == "status=5xx" && header.allTraffic == "of 41.2/s")
    let plain = self.header()
    #expect(plain.filter == nil && plain.allTraffic == nil)
  }

  @Test func theTrendOfAFilteredRateIsThatOfTheFilteredHits() {
    var status = RunStatus.sample()
    status.allTraffic = Rate(hits: 412, seconds: 10)
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    let mean = snapshot.history.total(
      from: EpochSecond(1_549_573_480), through: EpochSecond(1_549_573_599)
    ).hits
    snapshot.highTraffic.rate = Rate(hits: 100 * mean + 4944, seconds: 120)
    for (hits, trend) in [(mean, 0), (mean * 2, 1), (mean / 2, -1)] where mean > 0 {
      snapshot.rateNow = Rate(hits: hits, seconds: 120)
      #expect(HeaderModel(snapshot, status, ViewState()).trend == trend)
    }
    #expect(mean > 0)
  }

  @Test func badgesSayWhatTheRunIsDoing() {
    func badges(
      _ phase: SourceState.Phase, _ change: (inout RunStatus) -> Void = { _ in }
    ) -> [HeaderModel.Badge] {
      var status = RunStatus.sample(phase)
      change(&status)
      let header = HeaderModel(Snapshot(), status, ViewState())
      #expect(header.shortBadges.count == header.badges.count)
      return header.badges
    }
    #expect(
      badges(.ended) {
        $0.isPaused = true
        $0.seekPosition = 0.451
        $0.replay = .init(speed: "x60", position: 0.5, alerts: [])
      } == [.warning("PAUSED"), .notice("REPLAY x60"), .notice("SEEKING 45 %"), .notice("END")])
    #expect(badges(.loading(read: 1, total: 4)) == [.notice("LOADING 25 %")])
    #expect(badges(.loading(read: 1, total: nil)).isEmpty)
    #expect(badges(.loading(read: 9, total: 4)) == [.notice("LOADING 100 %")])
    #expect(badges(.ended) == [.notice("END")])
    #expect(badges(.following) { $0.isPaused = true } == [.warning("PAUSED")])
    #expect(badges(.following).isEmpty && badges(.waiting).isEmpty)
  }

  @Test(arguments: [
    ("/var/log/nginx/access.log", "/var/log/nginx/access.log", "access.log"),
    ("-", "standard input", "standard input"), ("a.log", "a.log", "a.log"),
    ("/x/\u{1B}[2J.log", #"/x/\x1B[2J.log"#, #"\x1B[2J.log"#),
  ])
  func theLogIsNamed(path: String, source: String, short: String) {
    let header = header(.sample(path: Name(path)))
    #expect(header.source.text == source && header.shortSource.text == short)
  }

  @Test func simulatedTrafficIsNamedAsSuch() {
    var status = RunStatus.sample()
    status.isSimulated = true
    #expect(header(status).source == "simulated traffic")
  }

  /// What is frozen keeps its figures, but not its rate and state.
  @Test func aFrozenHeaderKeepsACurrentRate() {
    var frozen = header()
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_699))
    snapshot.rateNow = Rate(hits: 500, seconds: 10)
    snapshot.highTraffic.activeSince = EpochSecond(1_549_573_680)
    let before = frozen
    frozen.updateRate(from: snapshot, .sample(), ViewState())
    #expect(frozen.rate == "50.0" && frozen.bigRate == "50.0" && frozen.shortRate == "50.0/s")
    #expect(frozen.state == .alert("ALERT 0:19") && frozen.trend == 1)
    #expect(frozen.clock == before.clock && frozen.totals == before.totals)
  }
}
