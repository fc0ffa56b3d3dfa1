import AccessLog

/// Makes reports of the seconds that pass the gate, for another process that analyzes them.
struct SecondReporter: Sendable {
  /// How long before its first hit a log begins at most, in seconds: the lateness may be without limit.
  private static let longestStart: Int64 = 100_000_000

  private let ranked: CountedFacts
  /// The time of the log, or the greatest of several logs.
  var head: EpochSecond?
  /// Whether an earlier run has reported what passes the gate.
  var isSilent = false
  /// The lines since the last report.
  private var lines = LineTally()
  private var hitTimes: ClosedRange<EpochSecond>?
  private var late: SecondFigures?
  private var reportedThrough: EpochSecond?

  /// - Parameter ranked: what hits have.
  init(_ ranked: CountedFacts) { self.ranked = ranked }

  // MARK: - Lines

  mutating func count(_ delta: HitDelta) {
    guard delta.hits > 0 else { return }
    lines.lines &+= delta.hits
    lines.hits &+= delta.hits
    hitTimes.extend(delta.first...delta.last)
  }

  mutating func count(_ delta: LineDelta) {
    lines += delta.tally
    if let first = delta.first, let last = delta.last { hitTimes.extend(first...last) }
  }

  mutating func count(late figures: SecondFigures) {
    if late == nil { late = figures } else { late?.add(figures) }
  }

  // MARK: - Reports

  /// Reports that all seconds through one have closed, of which only the last may have hits.
  ///
  /// - Parameters:
  ///   - first: the first second that has closed at all.
  ///   - figures: those of the last one; `nil` if it has no hits.
  mutating func close(
    _ second: EpochSecond, from first: EpochSecond?, _ figures: SecondView?, _ names: NameTables,
    _ events: inout [MonitorEvent]
  ) {
    // With a lateness of thousands of years, seconds close that no log can reach.
    guard figures != nil || ClosedSecond.times.contains(second.value) else { return }
    defer { reportedThrough = second }
    guard !isSilent else { return }
    var closed = ClosedSecond(second: second)
    if let figures {
      var figures = figures.figures(ranked, names)
      figures.fitReport(names)
      closed = figures.standalone(names)
    }
    let earliest = max(first ?? second, second.advanced(by: -Self.longestStart))
    let from = reportedThrough?.advanced(by: 1) ?? min(earliest, second)
    events.append(.second(takeReport(from, closed, names)))
  }

  /// The lines since the last report, as one that closes nothing.
  ///
  /// - Parameter isEnd: whether the log has ended; otherwise a report without lines is left out.
  mutating func takeRest(isEnd: Bool, _ names: NameTables) -> SecondReport? {
    guard !isSilent, isEnd || lines.settled > 0 else { return nil }
    // Before any second has closed, a time that none has reached.
    let through = reportedThrough ?? hitTimes?.lowerBound.advanced(by: -86_400) ?? EpochSecond(0)
    var report = takeReport(through.advanced(by: 1), ClosedSecond(second: through), names)
    report.isEnd = isEnd
    return report
  }

  private mutating func takeReport(
    _ from: EpochSecond, _ closed: ClosedSecond, _ names: NameTables
  ) -> SecondReport {
    late?.consolidate(names)
    late?.fitReport(names)
    // Of a line in quarantine it is not known what it is.
    lines.lines = lines.settled
    var report = SecondReport(
      from: from, closed: closed, lines: lines, hitTimes: hitTimes,
      late: late?.standalone(names), head: head)
    report.noteUnranked(ranked.all)
    (lines, hitTimes, late) = (LineTally(), nil, nil)
    return report
  }

  // MARK: - Names

  func markNames(_ marks: inout NameMarks) {
    if let late { marks.add(late) }
  }

  mutating func renumber(_ newIDs: NameIDMap) { late?.renumber(newIDs) }
}

extension SecondFigures {
  /// The greatest number of names in the figures of a report, and their length in bytes with their counts:
  /// a report has a second, perhaps late hits, and limits of its own.
  private static let reportNames = SentReport.nameLimit / 2
  private static let reportBytes = SentReport.messageLimit / 4
  /// About what a name takes besides its own bytes.
  private static let countBytes = 8

  /// Drops the rarest names of the dimensions with the most, so that the figures fit a report.
  fileprivate mutating func fitReport(_ tables: NameTables) {
    while true {
      var count = 0
      var bytes = 0
      var largest = (dimension: Dimension.section, bytes: -1)
      Dimension.each(withOthers: names.hasOthers) { dimension in
        let size = names[dimension].bytes + Self.countBytes * names[dimension].counts.count
        count += names[dimension].counts.count
        bytes += size
        if size > largest.bytes { largest = (dimension, size) }
      }
      guard count > Self.reportNames || bytes > Self.reportBytes,
        names[largest.dimension].counts.count > 1
      else { return }
      names.modify(largest.dimension) { counts in
        tables.with(largest.dimension) {
          counts.dropRarest($0, limit: counts.counts.count / 2)
        }
      }
    }
  }
}

extension SecondReport {
  /// Says of the dimensions that are not ranked that any name may have had all hits.
  fileprivate mutating func noteUnranked(_ ranked: DimensionSet) {
    func note(_ second: inout ClosedSecond) {
      for dimension in second.names.dimensions
      where !dimension.isCommon && !ranked.contains(dimension) {
        second.names[dimension].bound = second.traffic.hits
      }
    }
    note(&closed)
    if var figures = late {
      note(&figures)
      late = figures
    }
  }
}

extension LineTally {
  /// The lines of which it is known what became of them.
  fileprivate var settled: Int { hits + rejected.total + ignored }
}

extension SecondView {
  /// A copy.
  ///
  /// - Parameter ranked: what hits have.
  func figures(_ ranked: CountedFacts, _ tables: NameTables) -> SecondFigures {
    var figures = SecondFigures(second: second, ranked.all)
    guard names(in: .section) != nil else {
      for hit in rawHits { figures.add(late: Hit(hit), tables, ranked) }
      figures.consolidate(tables)
      return figures
    }
    figures.traffic = traffic
    figures.details.latencies = latencies
    Dimension.each(withOthers: hasOthers) { dimension in
      guard let names = self.names(in: dimension) else { return }
      figures.names[dimension] = NameCounts(
        counts: Array(counts(in: dimension)), bytes: Int(names.bytes), bound: names.bound,
        distinct: distinctNames(in: dimension))
    }
    return figures
  }
}
