import AccessLog

// What the tables show of the closed seconds.

extension ClosedTraffic {
  /// The figures of all tables.
  func table(_ request: TableRequest, _ names: NameTables) -> TableFigures {
    var dimensions = PerDimension(options.named, repeating: false)
    for ranking in request.rankings { dimensions[ranking.dimension] = true }
    // The number of clients is shown even where no table lists them.
    dimensions[.client] = true
    let figures = WindowFigures(self, names, request.window, request.comparison, dimensions)
    var table = TableFigures()
    table.window = request.window
    table.traffic = figures.traffic
    table.uniqueClients = figures.uniqueClients
    table.latency = figures.latency
    table.rankings = request.rankings.map { figures.rows($0) }
    table.moment = request.moment.map { moment($0, names) }
    switch request.window {
    case .last(let seconds):
      table.seconds = seconds
      table.coveredSeconds = closedThrough.flatMap { recent.coverage(from: $0, window: seconds) }
      table.hitsBefore = comparedSpan(request.window, request.comparison).flatMap(history.hits)
    case .all:
      if let first, let last { table.seconds = last.seconds(since: first) + 1 }
    }
    return table
  }

  /// The spans whose names are known, out of those that belong to a window. Late hits are in none of
  /// them, although the totals of the whole log include them.
  func detailSpans(_ window: TableWindow, _ comparison: TableComparison) -> DetailSpans {
    var spans = DetailSpans()
    guard let now = closedThrough, let firstClosed = history.first else { return spans }
    let times =
      switch window {
      case .last(let seconds): SecondSpan(seconds, through: now)
      case .all: SecondSpan(after: firstClosed.advanced(by: -1), through: now)
      }
    if recent.isComplete(after: times.start) { spans.times = times }
    if let before = comparedSpan(window, comparison), before.start.advanced(by: 1) >= firstClosed,
      recent.isComplete(after: before.start)
    {
      spans.before = before
    }
    return spans
  }

  /// The window that a window is compared with.
  private func comparedSpan(
    _ window: TableWindow, _ comparison: TableComparison
  ) -> SecondSpan? {
    guard case .last(let seconds) = window, let now = closedThrough else { return nil }
    let distance =
      switch comparison {
      case .windowBefore: seconds
      case .hourBefore: 3600 as Int64
      case .dayBefore: 86_400 as Int64
      }
    return SecondSpan(seconds, through: now.advanced(by: -distance))
  }

  /// The first closed second whose names are kept, as are those of all seconds after it.
  var firstWithNames: EpochSecond? {
    guard let first = history.first else { return nil }
    return recent.firstComplete.map { max(first, $0) } ?? first
  }

  // MARK: - A moment

  /// The figures of some seconds, those that are not known left out.
  private func moment(
    _ seconds: ClosedRange<EpochSecond>, _ names: NameTables
  ) -> MomentFigures {
    var moment = MomentFigures(seconds: seconds)
    guard let kept = history.kept, kept.overlaps(seconds) else { return moment }
    let known = seconds.clamped(to: kept)
    moment.totals = history.total(from: known.lowerBound, through: known.upperBound)
    moment.knownSeconds = known.upperBound.seconds(since: known.lowerBound) + 1
    moment.mean = mean(at: known.upperBound, kept)
    let span = SecondSpan(after: seconds.lowerBound.advanced(by: -1), through: seconds.upperBound)
    if recent.isComplete(after: span.start) {
      let rankings = recent.sum(in: span, of: PerDimension(repeating: true), names).rankings
      moment.top = PerDimension(withOthers: rankings.hasOthers) {
        rankings[$0].top(1, names: names[$0]).first
      }
    }
    return moment
  }

  /// The mean over the alert window at a second; `nil` if a part of that window is no longer kept.
  private func mean(at second: EpochSecond, _ kept: ClosedRange<EpochSecond>) -> Rate? {
    let start = second.advanced(by: 1 - options.alertWindow)
    guard start >= kept.lowerBound || kept.lowerBound == history.first else { return nil }
    return Rate(
      hits: history.total(from: start, through: second).hits, seconds: options.alertWindow)
  }
}
