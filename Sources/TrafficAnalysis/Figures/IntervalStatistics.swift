import AccessLog

/// The statistics of tumbling intervals aligned to the epoch: `k * length ..< (k + 1) * length`.
struct IntervalStatistics: Sendable {
  let length: Int64
  let top: Int

  /// The start of the current interval; `nil` if it has no hits so far.
  private var start: EpochSecond?
  private var traffic = Traffic()
  private var rankings: PerDimension<NameRanking>
  private var latencies: LatencyTally
  private let isReported: PerDimension<Bool>
  /// The start of the last interval of which hits were forgotten.
  private var cutInterval: EpochSecond?
  /// The end of the last reported interval.
  private var lastEnd: EpochSecond?

  /// - Parameters:
  ///   - length: the length of an interval in seconds.
  ///   - top: the number of rows in each ranking.
  init(_ options: AnalysisOptions, length: Int64, top: Int) {
    self.length = length
    self.top = top
    rankings = PerDimension<NameRanking>(options.named)
    latencies = LatencyTally(options.named)
    isReported = options.reported
  }

  private func start(of second: EpochSecond) -> EpochSecond {
    EpochSecond(second.value - second.value.floored(by: length).remainder)
  }

  /// The last second of the current interval; `nil` if it has no hits so far.
  var lastSecond: EpochSecond? { start?.advanced(by: length - 1) }

  /// Whether the current interval has no hits so far.
  var isEmpty: Bool { start == nil }

  /// The gap that ends with a hit in `second`, if there is one.
  func gap(before second: EpochSecond) -> MonitorEvent? { gap(upTo: start(of: second)) }

  /// The gap that has not ended, up to the end of the last whole closed interval.
  func openGap(closedThrough: EpochSecond) -> MonitorEvent? {
    gap(upTo: start(of: closedThrough.advanced(by: 1)))
  }

  private func gap(upTo end: EpochSecond) -> MonitorEvent? {
    guard isEmpty, let lastEnd, lastEnd < end else { return nil }
    return .gap(from: lastEnd, to: end)
  }

  mutating func add(_ second: SecondView, _ names: NameTables) {
    if start == nil { start = start(of: second.second) }
    second.add(to: &traffic)
    Dimension.eachCommon { dimension in
      if isReported[dimension] { rankings.add(second, dimension, names) }
    }
    if second.hasOthers { rankings.addOthers(second, isReported, names) }
    if let counts = second.latencies { latencies.add(counts, of: isReported, names) }
  }

  /// The last second of the interval of a second.
  func end(of second: EpochSecond) -> EpochSecond { start(of: second).advanced(by: length - 1) }

  /// Whether no ranking drops a name, or estimates their number, because of a run.
  func hasRoom(for run: SecondRun) -> Bool {
    let hits = run.hits.count
    var hasRoom = true
    Dimension.eachCommon { dimension in
      hasRoom = hasRoom && rankings.with(dimension) { $0.hasRoom(for: hits) }
    }
    return hasRoom
  }

  /// Reports the current interval and resets the statistics; `nil` if it has no hits.
  ///
  /// - Parameter partial: whether input stopped before the interval had closed.
  mutating func report(partial: Bool, _ names: NameTables) -> IntervalReport? {
    guard let report = current(partial: partial, names) else { return nil }
    lastEnd = report.to
    removeHits()
    cutInterval = nil
    return report
  }

  /// The current interval so far; `nil` if it has no hits.
  ///
  /// - Parameter partial: whether more may follow.
  func current(partial: Bool, _ names: NameTables) -> IntervalReport? {
    guard let from = start else { return nil }
    return IntervalReport(
      from: from, to: from.advanced(by: length), traffic: traffic,
      rankings: rankings.ranked(top, latencies, names), uniqueClients: rankings.uniqueClients,
      latency: latencies.figures, partial: partial || from == cutInterval)
  }

  /// Forgets the hits of the current interval, which is reported as a partial one if there are more.
  mutating func cut() {
    if let start { cutInterval = start }
    removeHits()
  }

  /// Forgets the hits of the current interval.
  mutating func removeHits() {
    start = nil
    traffic = Traffic()
    rankings.removeAll()
    latencies.removeAll()
  }

  /// The memory used, in bytes.
  var footprint: Int { rankings.footprint + latencies.footprint }

  func markNames(_ marks: inout NameMarks) {
    marks.add(rankings)
    latencies.markNames(&marks)
  }

  mutating func renumber(_ newIDs: NameIDMap) {
    rankings.renumber(newIDs)
    latencies.renumber(newIDs)
  }
}

extension PerDimension<NameRanking> {
  /// The first `limit` names of each dimension.
  func ranked(
    _ limit: Int, _ latencies: LatencyTally, _ names: NameTables
  ) -> PerDimension<[RankedName]> {
    var rows = PerDimension<[RankedName]>(withOthers: hasOthers) { dimension in
      with(dimension) { ranking in
        names.with(dimension) { ranking.top(limit, names: $0) }
      }
    }
    guard !latencies.isEmpty else { return rows }
    Dimension.each(withOthers: hasOthers) { dimension in
      rows.modify(dimension) { latencies.addPercentiles(to: &$0, dimension, names) }
    }
    return rows
  }

  /// Adds the name counts of one second in the dimensions that are not common.
  @inline(never)
  mutating func addOthers(
    _ second: SecondView, _ isWanted: PerDimension<Bool>, _ tables: NameTables
  ) {
    for dimension in dimensions[Dimension.commonCount...] where isWanted[dimension] {
      add(second, dimension, tables)
    }
  }
}
