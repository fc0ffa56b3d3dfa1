import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// Reports of several senders have the figures of one run over all of their logs.
@Suite struct ReportedLogsTests {
  private static let wall = EpochSecond(4_000_000_000)
  private static let start: Int64 = 1_795_453_200

  private static func options() -> AnalysisOptions {
    var options = AnalysisOptions()
    options.threshold = Threshold(whole: 3)
    options.alertWindow = 30
    options.ranked = [DimensionSet(.path), DimensionSet(.status)]
    options.reportsTotals = true
    options.minuteRows = 50
    return options
  }

  /// The options of the senders: they judge nothing.
  private static func sending(_ options: AnalysisOptions) -> AnalysisOptions {
    var sending = AnalysisOptions()
    sending.ranked = options.ranked
    sending.lateness = options.lateness
    sending.maxJump = options.maxJump
    return sending
  }

  private static func names(_ count: Int) -> [Name] { (0..<count).map { Name("server\($0)") } }

  /// The events of a run over the logs themselves, and its last figures.
  private static func read(
    _ logs: [TestLog], _ options: AnalysisOptions, _ random: inout RandomSource
  ) -> ([MonitorEvent], Snapshot) {
    var analyzer = TrafficAnalyzer(options: options, sources: names(logs.count))
    var events: [MonitorEvent] = []
    var read = [Int](repeating: 0, count: logs.count)
    while let source = Self.next(read, logs.map(\.lines.count), &random) {
      let end = min(logs[source].lines.count, read[source] + random.number(1...200))
      let batch = RecordBatch(WantedFacts(DimensionSet(.path)))
      for line in logs[source].lines[read[source]..<end] { line.add(to: batch) }
      read[source] = end
      analyzer.add(batch, of: source, wall: wall)
      if end == logs[source].lines.count { analyzer.finishSource(source, wall: wall) }
      _ = analyzer.release(until: EpochSecond(.max), &events)
    }
    return finish(&analyzer, &events)
  }

  /// The same of reports.
  private static func add(
    _ reports: [[SecondReport]], _ options: AnalysisOptions, _ random: inout RandomSource
  ) -> ([MonitorEvent], Snapshot) {
    var analyzer = TrafficAnalyzer(options: options, sources: names(reports.count))
    var events: [MonitorEvent] = []
    var added = [Int](repeating: 0, count: reports.count)
    while let source = Self.next(added, reports.map(\.count), &random) {
      analyzer.add(reports[source][added[source]], of: source, wall: wall)
      added[source] += 1
      _ = analyzer.release(until: EpochSecond(.max), &events)
    }
    return finish(&analyzer, &events)
  }

  private static func finish(
    _ analyzer: inout TrafficAnalyzer, _ events: inout [MonitorEvent]
  ) -> ([MonitorEvent], Snapshot) {
    let tables = TableRequest(window: .all, rows: 100)
    analyzer.finish(&events)
    return (events.map(withoutNotices), analyzer.snapshot(tables, includingPending: true))
  }

  /// The hits of each second that has any.
  private static func hits(_ series: SecondSeries) -> [EpochSecond: Int] {
    var hits: [EpochSecond: Int] = [:]
    series.forEach(from: EpochSecond(0), through: wall) { second, totals in
      if totals.hits > 0 { hits[second] = totals.hits }
    }
    return hits
  }

  private static func withoutNotices(_ event: MonitorEvent) -> MonitorEvent {
    guard case .end(var end) = event else { return event }
    end.notices = []
    return .end(end)
  }

  /// One of those that have something left.
  private static func next(
    _ done: [Int], _ counts: [Int], _ random: inout RandomSource
  ) -> Int? {
    let left = done.indices.filter { done[$0] < counts[$0] }
    return left.isEmpty ? nil : random.pick(left)
  }

  private func compare(
    _ logs: [TestLog], _ options: AnalysisOptions, seed: UInt64, _ random: inout RandomSource
  ) {
    let (expected, whole) = Self.read(logs, options, &random)
    var turns = random
    let reports = logs.map { log in
      SendingLog.reports(log, Self.sending(options), wall: Self.wall) { _ in
        turns.number(1...200)
      }
    }
    let (events, snapshot) = Self.add(reports, options, &random)
    #expect(events.count == expected.count, "seed \(seed)")
    for (event, other) in zip(events, expected) {
      guard event == other else {
        Issue.record("seed \(seed): \("\(event)".prefix(300))\ninstead of \("\(other)".prefix(300))")
        break
      }
    }
    #expect(snapshot.tally == whole.tally, "seed \(seed)")
    #expect((snapshot.lifetime == whole.lifetime) == true, "lifetime, seed \(seed)")
    // The series may begin with other seconds that have no hits.
    #expect(Self.hits(snapshot.history) == Self.hits(whole.history), "seed \(seed)")
    #expect((snapshot.table == whole.table) == true, "table, seed \(seed)")
    #expect(snapshot.uniqueClients == whole.uniqueClients, "seed \(seed)")
    #expect(snapshot.transitions == whole.transitions, "seed \(seed)")
  }

  private func compare(
    _ count: Int, _ options: AnalysisOptions, _ clocks: TestLog.Clocks = TestLog.Clocks(),
    seeds: Range<UInt64> = 0..<6, apart: Int64 = 40
  ) {
    for seed in seeds {
      var random = RandomSource(seed: seed &* 31 &+ UInt64(count))
      let logs = (0..<count).map { _ in
        TestLog.random(700, from: Self.start + random.number(-apart...apart), clocks, &random)
      }
      compare(logs, options, seed: seed, &random)
    }
  }

  @Test(arguments: [1, 2, 5])
  func theyHaveTheFiguresOfOneRunOverAllLogs(count: Int) { compare(count, Self.options()) }

  @Test(arguments: [1, 3])
  func linesFromWrongClocksAreRejectedByTheSender(count: Int) {
    compare(count, Self.options(), TestLog.Clocks(rogue: 20))
  }

  @Test(arguments: [1, 3])
  func timeMayLeap(count: Int) {
    compare(count, Self.options(), TestLog.Clocks(leaps: 30), apart: 4000)
  }

  @Test(arguments: [0, 5, 100] as [Int64])
  func sendersMayBeLateByAnyTime(lateness: Int64) {
    var options = Self.options()
    options.lateness = lateness
    compare(2, options, TestLog.Clocks(jitter: 20, late: 100))
  }

  @Test(arguments: [(30, nil), (nil, 200), (40, 150), (-90, 10_000)] as [(Int64?, Int64?)])
  func onlySecondsInTheRangeCount(since: Int64?, until: Int64?) {
    var options = Self.options()
    options.range = TimeRange(
      since: since.map { EpochSecond(Self.start + $0) },
      until: until.map { EpochSecond(Self.start + $0) })
    // Of late hits, a report says only when the first of them was.
    compare(3, options, TestLog.Clocks(late: 0))
  }
}
