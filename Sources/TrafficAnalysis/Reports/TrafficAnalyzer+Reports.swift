import AccessLog

extension TrafficAnalyzer {
  /// Adds a report of the sender that a source stands for, and closes the seconds that it does. A report
  /// with impossible times is ignored.
  ///
  /// - Parameters:
  ///   - source: the index of the source. Reports of it come in order, each once.
  ///   - wall: the wall-clock time.
  /// - Complexity: O(n log n) in the names of the report
  package mutating func add(
    _ report: SecondReport, of source: Int = 0, wall: EpochSecond
  ) {
    updateView { $0.add(report, of: source, wall: wall) }
    guard let imported = imported(report) else { return }
    for dimension in reportPlan?.missing(in: report.closed) ?? []
    where missingDimensions.insert(dimension).inserted {
      joiner[source].intake.post(.missingNames(dimension))
    }
    joiner.resumeIfEnded(source, closedThrough: closed.closedThrough)
    joiner[source].intake.add(imported, wall: wall, names)
    if report.isEnd {
      joiner[source].intake.finish(wall: wall, names: names)
      joiner[source].hasEnded = true
    }
    compactNamesIfNeeded()
  }

  /// What of the filter and the rules reports cannot answer.
  package var reportLimits: [ReportLimit] { nameTests.map(options.reportLimits) ?? [] }

  /// The lines that no report holds yet, as one that closes nothing; `nil` if there are none.
  package mutating func takeReport() -> SecondReport? {
    guard closed.reporter != nil, resumption == nil else { return nil }
    joiner.countAll(in: &closed, names)
    return closed.reporter?.takeRest(isEnd: false, names)
  }

  /// The report with IDs for its names, and what counts of it.
  private mutating func imported(_ report: SecondReport) -> ImportedReport? {
    var plan = reportPlan ?? ReportPlan(options, nameTests)
    defer { reportPlan = plan }
    reportPlan = nil
    return ImportedReport(report) { closed, isLate in
      let figures = plan.imported(closed, &names)
      return isLate ? plan.filtered(figures, names) : plan.apply(to: figures, names)
    }
  }
}
