import AccessLog

/// A second with hits, as a report gives it.
struct ReportedSecond: Sendable {
  /// The figures of the hits that count: those that satisfy the filter.
  var figures: SecondFigures
  /// The number of all hits.
  var hits: Int
}

/// The late hits of a report.
struct LateReport: Sendable {
  /// The figures of those that count; their `second` is meaningless.
  var figures: SecondFigures
  /// The number of all of them.
  var hits: Int
  /// The time of the earliest hit of the report; `nil` if it does not say.
  var first: EpochSecond?
}

/// A report with IDs for its names.
struct ImportedReport: Sendable {
  /// Times further from the epoch than any log has. Differences of others cannot overflow.
  private static let times = EpochSecond(-1 << 40)...EpochSecond(1 << 40)
  /// More lines than any report has, and few enough that the sums of a run cannot overflow.
  private static let mostLines = 1 << 32

  let from: EpochSecond
  let through: EpochSecond
  let head: EpochSecond?
  /// The time of the latest hit that was read.
  let last: EpochSecond?
  /// The lines read.
  let lines: LineTally
  /// The last second that closes, if it has hits.
  let second: ReportedSecond?
  let late: LateReport?

  /// - Parameter import: gives IDs to names, and leaves out what does not count; is told whether the hits
  ///   are late.
  /// - Returns: `nil` if the times of the report are impossible.
  init?(_ report: SecondReport, _ import: (ClosedSecond, Bool) -> SecondFigures) {
    var times = [report.from, report.through]
    if let head = report.head { times.append(head) }
    if let hits = report.hitTimes { times += [hits.lowerBound, hits.upperBound] }
    guard times.allSatisfy(Self.times.contains) else { return nil }
    (from, through, head) = (report.from, report.through, report.head)
    last = report.hitTimes?.upperBound
    lines = report.lines.clamped(to: Self.mostLines)
    let hits = min(report.closed.traffic.hits, Self.mostLines)
    second = hits > 0 ? ReportedSecond(figures: `import`(report.closed, false), hits: hits) : nil
    late = report.late.flatMap { late in
      let hits = min(late.traffic.hits, Self.mostLines)
      guard hits > 0 else { return nil }
      return LateReport(
        figures: `import`(late, true), hits: hits, first: report.hitTimes?.lowerBound)
    }
  }
}

extension LineTally {
  /// The tally without negative numbers, and with none above a limit.
  fileprivate func clamped(to limit: Int) -> LineTally {
    func clamp(_ count: Int) -> Int { min(max(0, count), limit) }
    var tally = LineTally()
    tally.hits = clamp(hits)
    tally.late = clamp(late)
    tally.ignored = clamp(ignored)
    tally.filtered = min(clamp(filtered), tally.ignored)
    tally.filteredLate = min(clamp(filteredLate), tally.filtered)
    for reason in Rejection.allCases { tally.rejected[reason] = clamp(rejected[reason]) }
    tally.lines = tally.hits + tally.rejected.total + tally.ignored
    return tally
  }
}
