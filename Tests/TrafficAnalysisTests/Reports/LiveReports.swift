import AccessLog

@testable import TrafficAnalysis

/// An analyzer to which senders report while time goes on.
struct LiveReports {
  private(set) var analyzer: TrafficAnalyzer
  private(set) var events: [MonitorEvent] = []
  private(set) var wall: Int64
  private var now = 0.0

  static let start: Int64 = 1_795_453_200

  init(_ senders: Int, _ options: AnalysisOptions = AnalysisOptions()) {
    var options = options
    options.following = true
    wall = Self.start
    analyzer = TrafficAnalyzer(options: options, sources: ReportComparison.names(senders))
  }

  /// Lets a second pass, in which each of some senders delivers reports.
  mutating func tick(_ reports: [(sender: Int, report: SecondReport)] = []) {
    wall += 1
    now += 1
    analyzer.begin(now: now, wall: EpochSecond(wall))
    analyzer.beginRound()
    for (sender, report) in reports {
      analyzer.add(report, of: sender, wall: EpochSecond(wall))
    }
    for sender in analyzer.sourceNames.indices {
      analyzer.caughtUp(sender, now: now, wall: EpochSecond(wall))
    }
    analyzer.runOn(now: now)
    _ = analyzer.release(until: EpochSecond(.max), &events)
    analyzer.drainNotices(&events)
  }

  /// Ends a sender.
  mutating func finish(_ sender: Int) {
    analyzer.finishSource(sender, wall: EpochSecond(wall))
  }

  /// Ends the run.
  mutating func finish(_ events: inout [MonitorEvent]) {
    _ = analyzer.release(until: EpochSecond(.max), &events)
    analyzer.finish(&events)
  }

  /// Adds a sender that joins now.
  mutating func join(_ name: String) { analyzer.addSource(Name(name)) }

  /// What a server reports that has so many hits in the second that its lateness has just closed.
  func report(hits: Int) -> SecondReport {
    Self.report(at: wall - 3, hits: hits, head: wall)
  }

  static func report(at second: Int64, hits: Int, head: Int64? = nil) -> SecondReport {
    var traffic = Traffic()
    traffic.hits = hits
    traffic.status[.successful] = hits
    var names = PerDimension(repeating: CountedNames())
    for dimension in Dimension.common where hits > 0 {
      names[dimension] = CountedNames(names: [
        CountedName(name: Name("x"), hits: hits, clientErrors: 0, serverErrors: 0, bytes: 0)
      ])
    }
    var report = SecondReport(
      from: EpochSecond(second),
      closed: ClosedSecond(second: EpochSecond(second), traffic: traffic, names: names))
    report.lines.lines = hits
    report.lines.hits = hits
    report.head = EpochSecond(head ?? second.addingSaturated(3))
    return report
  }
}
