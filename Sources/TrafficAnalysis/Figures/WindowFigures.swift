import AccessLog

/// The totals and the names of the window of the tables, from which the requested lists are made.
struct WindowFigures {
  let traffic: Traffic
  /// Meaningless unless the names of clients are needed.
  var uniqueClients: DistinctCount { rankings.uniqueClients }
  private let rankings: PerDimension<NameRanking>
  private let latencies: LatencyTally?
  /// How long answers took; `nil` if no hit has a latency.
  var latency: LatencyFigures? { latencies?.figures }
  /// Without a sparkline, which differs from list to list.
  private let spans: DetailSpans
  private let recent: RecentSeconds
  private let names: NameTables
  /// The first closed second whose names are kept; `nil` if no second has closed.
  private let firstKept: EpochSecond?
  private let now: EpochSecond?

  /// - Parameter dimensions: those whose names are needed.
  init(
    _ closed: ClosedTraffic, _ names: NameTables, _ window: TableWindow,
    _ comparison: TableComparison, _ dimensions: PerDimension<Bool>
  ) {
    self.names = names
    recent = closed.recent
    now = closed.closedThrough
    firstKept = closed.firstWithNames
    spans = closed.detailSpans(window, comparison)
    switch window {
    case .last(let seconds):
      let span = SecondSpan(seconds, through: now ?? EpochSecond(.min))
      let sum = recent.sum(in: span, of: dimensions, names)
      (traffic, rankings, latencies) = (sum.traffic, sum.rankings, sum.latencies)
    case .all:
      (traffic, rankings) = (closed.traffic, closed.rankings)
      latencies = closed.latencies
    }
  }

  /// The rows of a request.
  ///
  /// - Complexity: O(names of the window + names of the seconds of the details)
  func rows(_ request: RankingRequest) -> RankedRows {
    var list = list(request)
    var result = RankedRows()
    result.count = list.count
    result.mostHits = rankings[request.dimension].totals.reduce(0) { max($0, $1.hits) }
    let places = request.places(of: list.count)
    result.first = places.lowerBound
    result.rows = rows(list.entries(at: places), request)
    latencies?.addPercentiles(to: &result.rows, request.dimension, names)
    return result
  }

  /// The list that a request describes.
  func list(_ request: RankingRequest) -> RankedList {
    let ranking = rankings[request.dimension]
    let totals = ranking.totals
    let details = details(for: request, of: totals.lazy.map(\.id))
    let percentiles =
      request.order.figure == .p95
      ? latencies?.percentiles95(of: totals.map(\.id), in: request.dimension) : nil
    return RankedList(ranking, request, names[request.dimension]) { index in
      switch request.order.figure {
      case .name: 0
      case .hits: totals[index].hits
      case .clientErrors: totals[index].clientErrors
      case .serverErrors: totals[index].serverErrors
      case .errors: totals[index].clientErrors + totals[index].serverErrors
      case .bytes: Int(totals[index].bytes)
      case .p95: percentiles?[index].map { Int($0) } ?? -1
      case .change: details.map { totals[index].hits - $0.figures[index].before } ?? 0
      case .peak: details?.figures[index].peak ?? 0
      case .firstSeen: details?.figures[index].first.map { Int($0.value) } ?? .min
      case .lastSeen: details?.figures[index].last.map { Int($0.value) } ?? .min
      }
    }
  }

  /// What the order of a request needs besides the totals of all names; `nil` if that is nothing, or
  /// not known.
  private func details(
    for request: RankingRequest, of ids: some Sequence<NameID>
  ) -> NameDetails? {
    var needed = DetailSpans()
    switch request.order.figure {
    case .name, .hits, .clientErrors, .serverErrors, .errors, .bytes, .p95: return nil
    case .change: needed.before = spans.before
    case .peak, .firstSeen, .lastSeen: needed.times = spans.times
    }
    guard needed.before != nil || needed.times != nil else { return nil }
    return details(of: ids, request.dimension, needed)
  }

  private func details(
    of ids: some Sequence<NameID>, _ dimension: Dimension, _ spans: DetailSpans
  ) -> NameDetails {
    NameDetails(of: ids, dimension, spans, recent, nameCount: names[dimension].count)
  }

  // MARK: - Rows

  private func rows(_ entries: [RankedList.Entry], _ request: RankingRequest) -> [RankedName] {
    var spans = spans
    if !request.wantsTimes { spans.times = nil }
    spans.trend = now.flatMap { TrendSpan(request.trend, now: $0) }
    let details = details(of: entries.compactMap(\.id), request.dimension, spans)
    var place = 0
    return entries.map { entry in
      defer { if entry.id != nil { place += 1 } }
      return row(entry, entry.id == nil ? nil : place, details, spans, request.trend)
    }
  }

  /// - Parameter place: the place of the name among those of the details; `nil` if it does not occur.
  private func row(
    _ entry: RankedList.Entry, _ place: Int?, _ details: NameDetails, _ spans: DetailSpans,
    _ trend: TrendRequest
  ) -> RankedName {
    var row =
      entry.total.map { RankedName($0, entry.name) } ?? RankedName(name: entry.name, hits: 0)
    let figures = place.map { details.figures[$0] } ?? NameDetails.Figures()
    if spans.before != nil { row.before = figures.before }
    if spans.times != nil {
      row.peak = figures.peak
      (row.firstSeen, row.lastSeen) = (figures.first, figures.last)
    }
    guard let buckets = spans.trend else {
      row.trend = [Int?](repeating: nil, count: max(0, trend.count))
      return row
    }
    let hits = place.map { Array(details.buckets(at: $0)) }
    row.trend = (0..<buckets.count).map { bucket in
      guard let firstKept, buckets.end(ofBucket: bucket) >= firstKept else { return nil }
      return hits?[bucket] ?? 0
    }
    return row
  }
}
