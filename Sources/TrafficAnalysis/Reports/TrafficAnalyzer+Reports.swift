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
    let imported = ImportedReport(report) { SecondFigures($0, &names) }
    guard let imported else { return }
    joiner.resumeIfEnded(source, closedThrough: closed.closedThrough)
    joiner[source].intake.add(imported, wall: wall, names)
    if report.isEnd {
      joiner[source].intake.finish(wall: wall, names: names)
      joiner[source].hasEnded = true
    }
    compactNamesIfNeeded()
  }

  /// The lines that no report holds yet, as one that closes nothing; `nil` if there are none.
  package mutating func takeReport() -> SecondReport? {
    guard closed.reporter != nil, resumption == nil else { return nil }
    joiner.countAll(in: &closed, names)
    return closed.reporter?.takeRest(isEnd: false, names)
  }
}
