import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// Senders that report while time goes on: silent ones, new ones, and hostile ones.
@Suite struct LiveReportsTests {
  private static let start = LiveReports.start

  private func hits(_ live: LiveReports, at second: Int64) -> Int? {
    live.analyzer.snapshot(TableRequest(window: .all), includingPending: false)
      .history[EpochSecond(second)]?.hits
  }

  @Test func aSecondClosesOnceAllSendersHaveReportedIt() {
    var live = LiveReports(2)
    for _ in 0..<20 { live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))]) }
    live.tick([(0, live.report(hits: 5))])
    // The second of the other one is not here yet.
    #expect(live.analyzer.closedThrough == EpochSecond(live.wall - 5))
    #expect(hits(live, at: live.wall - 5) == 12)
    live.tick([(1, LiveReports.report(at: live.wall - 4, hits: 7)), (0, live.report(hits: 5))])
    #expect(hits(live, at: live.wall - 6) == 12)
    #expect(live.analyzer.tally.late == 0)
  }

  /// Its agent reports seconds without hits; these are no deliveries.
  @Test func aSilentServerHoldsNothingBackAfterTheGrace() {
    var live = LiveReports(2)
    for _ in 0..<20 { live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))]) }
    for _ in 0..<15 {
      live.tick([(0, live.report(hits: 5)), (1, LiveReports.report(at: live.wall - 13, hits: 0))])
    }
    #expect(live.analyzer.closedThrough == EpochSecond(live.wall - 4))
    #expect(live.analyzer.tally.late == 0)
  }

  @Test func aSenderThatIsGoneHoldsNothingBackEither() {
    var live = LiveReports(2)
    for _ in 0..<20 { live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))]) }
    for _ in 0..<9 { live.tick([(0, live.report(hits: 5))]) }
    #expect(live.analyzer.closedThrough == EpochSecond(live.wall - 13))
    for _ in 0..<2 { live.tick([(0, live.report(hits: 5))]) }
    #expect(live.analyzer.closedThrough == EpochSecond(live.wall - 4))
    // What it sends afterwards for seconds that are closed is late.
    live.tick([(1, LiveReports.report(at: live.wall - 8, hits: 7)), (0, live.report(hits: 5))])
    live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))])
    #expect(live.analyzer.tally.late == 7)
  }

  @Test func timeGoesOnWhenAllSendersAreGone() {
    var live = LiveReports(2)
    for _ in 0..<20 { live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))]) }
    for _ in 0..<60 { live.tick() }
    let closed = live.analyzer.closedThrough?.value ?? 0
    #expect(live.wall - closed <= 18 && live.wall - closed >= 13)
  }

  @Test func anEndedSenderMayComeBack() {
    var live = LiveReports(2)
    for _ in 0..<20 { live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))]) }
    var end = live.report(hits: 7)
    end.isEnd = true
    live.tick([(0, live.report(hits: 5)), (1, end)])
    for _ in 0..<20 { live.tick([(0, live.report(hits: 5))]) }
    #expect(live.analyzer.closedThrough == EpochSecond(live.wall - 4))
    // A run that knows nothing of the first one reads the log from its beginning.
    live.tick([(0, live.report(hits: 5)), (1, LiveReports.report(at: Self.start + 5, hits: 7))])
    live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))])
    live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))])
    #expect(hits(live, at: live.wall - 4) == 12)
    #expect(live.analyzer.tally(of: 1).late == 7)
  }

  @Test func aSenderMayJoin() {
    var live = LiveReports(1)
    for _ in 0..<20 { live.tick([(0, live.report(hits: 5))]) }
    live.join("new")
    live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))])
    for _ in 0..<3 { live.tick([(0, live.report(hits: 5)), (1, live.report(hits: 7))]) }
    #expect(hits(live, at: live.wall - 4) == 12)
    #expect(live.analyzer.tally.late == 0)
  }

  // MARK: - Hostile senders

  enum Attack: CaseIterable {
    case farFuture, nearFuture, emptyFuture, creeping, farPast, disorder
    case onlyLines, keepsOpen, ends, noise

    /// What the sender reports in a second.
    func reports(_ wall: Int64, _ random: inout RandomSource) -> [SecondReport] {
      switch self {
      case .farFuture: [LiveReports.report(at: wall + 86_400, hits: random.number(1...5000))]
      case .nearFuture: [LiveReports.report(at: wall + 55, hits: random.number(1...500))]
      case .emptyFuture:
        [
          LiveReports.report(at: wall - 3, hits: 1),
          LiveReports.report(at: wall + random.number(1...10_000), hits: 0),
        ]
      case .creeping:
        [LiveReports.report(at: wall - 3, hits: 1)]
          + (1...10).map { LiveReports.report(at: wall - 3 + $0 * 30, hits: 0) }
      case .farPast: [LiveReports.report(at: random.number(0...1000), hits: 200)]
      case .disorder: [LiveReports.report(at: wall - random.number(0...50), hits: 30)]
      case .onlyLines: [lines(wall)]
      case .keepsOpen: [LiveReports.report(at: LiveReports.start + 25, hits: 1, head: wall - 1)]
      case .ends: [end(wall), LiveReports.report(at: wall - random.number(3...90), hits: 3)]
      case .noise: [noise(wall, &random)]
      }
    }

    private func lines(_ wall: Int64) -> SecondReport {
      var report = LiveReports.report(at: wall - 3, hits: 0)
      report.lines.lines = 10
      report.lines.hits = 10
      return report
    }

    private func end(_ wall: Int64) -> SecondReport {
      var report = LiveReports.report(at: wall - 3, hits: 1)
      report.isEnd = true
      return report
    }

    /// Any numbers at all.
    private func noise(_ wall: Int64, _ random: inout RandomSource) -> SecondReport {
      func time() -> Int64 {
        random.pick([
          wall, wall - 3, 0, .min, .max, .max - 1, 1 << 40, -1 << 40, random.number(0...wall * 2),
        ])
      }
      func count() -> Int { random.pick([0, 1, 100, 1 << 32, .max, .min, -1]) }
      var report = LiveReports.report(at: time(), hits: random.pick([0, 1, 1000, 1 << 32]))
      report.from = EpochSecond(time())
      report.head = random.pick([nil, EpochSecond(time())])
      let (one, other) = (time(), time())
      report.hitTimes = EpochSecond(min(one, other))...EpochSecond(max(one, other))
      report.lines.lines = count()
      report.lines.hits = count()
      report.lines.ignored = count()
      report.lines.filtered = count()
      report.lines.filteredLate = count()
      for reason in Rejection.allCases { report.lines.rejected[reason] = count() }
      if random.chance(300) { report.late = LiveReports.report(at: time(), hits: 5).closed }
      report.isEnd = random.chance(50)
      return report
    }
  }

  /// A hostile sender traps nothing, closes no second of another sender before it has reported it, and
  /// holds back no more than a log may.
  @Test(arguments: Attack.allCases)
  func aHostileSenderDoesNotDisturbTheOthers(attack: Attack) {
    var random = RandomSource(seed: 1)
    var options = AnalysisOptions()
    options.rules = [
      RuleDefinition(name: "late", metric: .late, limit: Threshold(whole: 50), window: 60)
    ]
    var live = LiveReports(3, options)
    for second in 0..<300 {
      var reports = [(0, live.report(hits: 5)), (1, live.report(hits: 7))]
      if second > 20 { reports += attack.reports(live.wall + 1, &random).map { (2, $0) } }
      live.tick(reports)
      #expect(live.analyzer.tally(of: 0).late == 0)
      #expect(live.analyzer.tally(of: 1).late == 0)
      let closed = live.analyzer.closedThrough ?? EpochSecond(Self.start)
      #expect(second < 80 || live.wall - closed.value <= 70)
    }
    #expect(live.analyzer.tally(of: 0).hits >= 5 * 220)
    var events: [MonitorEvent] = []
    for sender in 0..<3 { live.finish(sender) }
    live.finish(&events)
    guard case .end(let end)? = events.last else {
      Issue.record("no end")
      return
    }
    #expect(end.tally.lines == end.tally.hits + end.tally.rejected.total + end.tally.ignored)
  }
}
