import AccessLog
import ReferenceModel
import Testing

@testable import TrafficAnalysis

/// A run over some logs, and one over the reports that senders make of them.
enum ReportComparison {
  static let wall = EpochSecond(4_000_000_000)
  static let start: Int64 = 1_795_453_200

  static func options() -> AnalysisOptions {
    var options = AnalysisOptions()
    options.threshold = Threshold(whole: 3)
    options.alertWindow = 30
    options.ranked = [DimensionSet(.path), DimensionSet(.status)]
    options.reportsTotals = true
    options.minuteRows = 50
    return options
  }

  /// The options of the senders: they judge nothing.
  static func sending(_ options: AnalysisOptions) -> AnalysisOptions {
    var sending = AnalysisOptions()
    sending.ranked = options.ranked
    sending.lateness = options.lateness
    sending.maxJump = options.maxJump
    return sending
  }

  static func names(_ count: Int) -> [Name] { (0..<count).map { Name("server\($0)") } }

  /// The events of a run over the logs themselves, and its last figures.
  static func read(
    _ logs: [TestLog], _ options: AnalysisOptions, _ random: inout RandomSource
  ) -> ([MonitorEvent], Snapshot) {
    var analyzer = TrafficAnalyzer(options: options, sources: names(logs.count))
    let conditions = options.rulePlan.conditions
    var events: [MonitorEvent] = []
    var read = [Int](repeating: 0, count: logs.count)
    while let source = Self.next(read, logs.map(\.lines.count), &random) {
      let end = min(logs[source].lines.count, read[source] + random.number(1...200))
      let batch = RecordBatch(
        WantedFacts(DimensionSet(.path), conditions: conditions.conditions.count))
      for line in logs[source].lines[read[source]..<end] { line.add(to: batch, conditions) }
      read[source] = end
      analyzer.add(batch, of: source, wall: wall)
      if end == logs[source].lines.count { analyzer.finishSource(source, wall: wall) }
      _ = analyzer.release(until: EpochSecond(.max), &events)
    }
    return finish(&analyzer, &events)
  }

  /// The same of reports.
  static func add(
    _ reports: [[SecondReport]], _ options: AnalysisOptions, _ random: inout RandomSource
  ) -> ([MonitorEvent], Snapshot) {
    var analyzer = TrafficAnalyzer(
      options: options, sources: names(reports.count), nameTests: TestCondition.init)
    var events: [MonitorEvent] = []
    var added = [Int](repeating: 0, count: reports.count)
    while let source = Self.next(added, reports.map(\.count), &random) {
      analyzer.add(reports[source][added[source]], of: source, wall: wall)
      added[source] += 1
      _ = analyzer.release(until: EpochSecond(.max), &events)
    }
    return finish(&analyzer, &events)
  }

  static func finish(
    _ analyzer: inout TrafficAnalyzer, _ events: inout [MonitorEvent]
  ) -> ([MonitorEvent], Snapshot) {
    let tables = TableRequest(window: .all, rows: 100)
    analyzer.finish(&events)
    return (events.map(withoutNotices), analyzer.snapshot(tables, includingPending: true))
  }

  /// The hits of each second that has any.
  static func hits(_ series: SecondSeries) -> [EpochSecond: Int] {
    var hits: [EpochSecond: Int] = [:]
    series.forEach(from: EpochSecond(0), through: wall) { second, totals in
      if totals.hits > 0 { hits[second] = totals.hits }
    }
    return hits
  }

  static func withoutNotices(_ event: MonitorEvent) -> MonitorEvent {
    guard case .end(var end) = event else { return event }
    end.notices = []
    return .end(end)
  }

  /// One of those that have something left.
  static func next(
    _ done: [Int], _ counts: [Int], _ random: inout RandomSource
  ) -> Int? {
    let left = done.indices.filter { done[$0] < counts[$0] }
    return left.isEmpty ? nil : random.pick(left)
  }

  /// All reports of the logs.
  static func reports(
    _ logs: [TestLog], _ options: AnalysisOptions, _ random: inout RandomSource
  ) -> [[SecondReport]] {
    logs.map { log in
      SendingLog.reports(log, sending(options), wall: wall) { _ in random.number(1...200) }
    }
  }

  /// Logs that begin about the same time.
  static func logs(
    _ count: Int, _ clocks: TestLog.Clocks, apart: Int64 = 40, lines: Int = 700,
    _ random: inout RandomSource
  ) -> [TestLog] {
    (0..<count).map { _ in
      TestLog.random(lines, from: start + random.number(-apart...apart), clocks, &random)
    }
  }

  /// Expects equal events.
  static func expect(_ events: [MonitorEvent], _ expected: [MonitorEvent], seed: UInt64) {
    #expect(events.count == expected.count, "seed \(seed)")
    for (event, other) in zip(events, expected) {
      guard event == other else {
        Issue.record("seed \(seed): \(difference("\(event)", "\(other)"))")
        break
      }
    }
  }

  /// Where two descriptions differ.
  private static func difference(_ one: String, _ other: String) -> String {
    let (one, other) = (Array(one.utf8), Array(other.utf8))
    let same = zip(one, other).prefix { $0 == $1 }.count
    func part(_ text: [UInt8]) -> String {
      String(decoding: text[max(0, same - 120)..<min(text.count, same + 60)], as: UTF8.self)
    }
    return "\(part(one))\ninstead of\n\(part(other))"
  }
}
