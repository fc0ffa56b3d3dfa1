import AccessLog

@testable import TrafficAnalysis

/// Reads a log and makes reports of it, as a server does.
struct SendingLog {
  private var analyzer: TrafficAnalyzer
  private let wall: EpochSecond
  private var next: EpochSecond?

  init(_ options: AnalysisOptions, wall: EpochSecond) {
    analyzer = TrafficAnalyzer(options: options)
    self.wall = wall
  }

  /// Reads lines.
  ///
  /// - Returns: the reports of the seconds that close, and of the lines since.
  mutating func read(_ lines: some Collection<TestLine>) -> [SecondReport] {
    let batch = RecordBatch(WantedFacts(analyzer.options.named))
    for line in lines { line.add(to: batch) }
    analyzer.add(batch, wall: wall)
    return drain()
  }

  /// Ends the log.
  mutating func end() -> [SecondReport] {
    analyzer.finishSource(wall: wall)
    var reports = drain()
    var end = reports.popLast() ?? report(through: (next ?? EpochSecond(0)).advanced(by: -1))
    end.isEnd = true
    reports.append(end)
    return reports
  }

  /// All reports of a log.
  static func reports(
    _ log: TestLog, _ options: AnalysisOptions, wall: EpochSecond, turn: (Int) -> Int
  ) -> [SecondReport] {
    var sender = SendingLog(options, wall: wall)
    var reports: [SecondReport] = []
    var first = 0
    while first < log.lines.count {
      let end = min(log.lines.count, first + max(1, turn(first)))
      reports += sender.read(log.lines[first..<end])
      first = end
    }
    return reports + sender.end()
  }

  // MARK: - Closings

  private mutating func drain() -> [SecondReport] {
    var reports: [SecondReport] = []
    let names = analyzer.names
    while let through = analyzer.joiner[0].intake.prepareNextClosing(names) {
      reports.append(popReport(through, names))
    }
    guard let next else { return reports }
    let rest = analyzer.joiner[0].intake.drainDelta()
    let late = analyzer.joiner[0].intake.drainLateDelta()
    if rest.tally != LineTally() {
      var report = report(through: next.advanced(by: -1))
      count(rest, late, in: &report)
      reports.append(report)
    }
    return reports
  }

  private mutating func popReport(_ through: EpochSecond, _ names: NameTables) -> SecondReport {
    var delta = analyzer.joiner[0].intake.popLineDelta() ?? LineDelta()
    let late = analyzer.joiner[0].intake.popLateDelta()
    var report = report(through: through)
    let ranked = analyzer.options.countedFacts
    analyzer.joiner[0].intake.popClosing { closing, view in
      delta.add(closing.delta)
      if let view { report.closed = view.figures(ranked, names).standalone(names) }
    }
    count(delta, late, in: &report)
    next = through.advanced(by: 1)
    return report
  }

  private func report(through: EpochSecond) -> SecondReport {
    let clock = analyzer.joiner[0].intake.clock
    return SecondReport(
      from: next ?? clock.firstOpen ?? through, closed: ClosedSecond(second: through),
      head: clock.head)
  }

  private func count(_ delta: LineDelta, _ late: LateDelta?, in report: inout SecondReport) {
    report.lines = delta.tally
    if let first = delta.first, let last = delta.last { report.hitTimes = first...last }
    guard var figures = late?.figures else { return }
    figures.consolidate(analyzer.names)
    report.late = figures.standalone(analyzer.names)
  }
}
