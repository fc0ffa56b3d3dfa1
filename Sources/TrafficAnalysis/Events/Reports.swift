import AccessLog

/// The statistics of one interval `from ..< to`, excluding late hits.
package struct IntervalReport: Equatable, Sendable {
  package var from: EpochSecond
  package var to: EpochSecond
  /// Totals of the interval.
  package var traffic: Traffic
  /// The names with the most hits in each dimension.
  package var rankings: PerDimension<[RankedName]>
  /// The number of distinct clients.
  package var uniqueClients: DistinctCount
  /// How long answers took; `nil` if no hit has a latency.
  package var latency: LatencyFigures?
  /// Whether input stopped before the last second of the interval had closed.
  package var partial: Bool

  /// The mean rate over the whole interval, even if it is partial.
  package var rate: Rate { Rate(hits: traffic.hits, seconds: to.seconds(since: from)) }

  package init(
    from: EpochSecond, to: EpochSecond, traffic: Traffic,
    rankings: PerDimension<[RankedName]>, uniqueClients: DistinctCount,
    latency: LatencyFigures? = nil, partial: Bool
  ) {
    self.from = from
    self.to = to
    self.traffic = traffic
    self.rankings = rankings
    self.uniqueClients = uniqueClients
    self.latency = latency
    self.partial = partial
  }
}

/// The figures of all hits, including late ones.
package struct TotalsReport: Equatable, Sendable {
  package var traffic: Traffic
  /// The names with the most hits in each dimension.
  package var rankings: PerDimension<[RankedName]>
  /// The number of distinct clients.
  package var uniqueClients: DistinctCount
  /// How long answers took; `nil` if no hit has a latency.
  package var latency: LatencyFigures?

  package init(
    traffic: Traffic, rankings: PerDimension<[RankedName]>, uniqueClients: DistinctCount,
    latency: LatencyFigures?
  ) {
    self.traffic = traffic
    self.rankings = rankings
    self.uniqueClients = uniqueClients
    self.latency = latency
  }
}

/// The totals of the whole input.
package struct EndReport: Equatable, Sendable {
  /// The lines read, by outcome.
  package var tally: LineTally
  /// Whether only records that satisfy a filter count.
  package var isFiltered = false
  /// The time of the earliest hit, including late ones; `nil` without any.
  package var first: EpochSecond?
  /// The time of the latest hit, likewise.
  package var last: EpochSecond?
  /// What the user should know about the times in the log.
  package var notices: [Notice]
  /// The figures of all hits, where they were asked for.
  package var totals: TotalsReport?
  /// What was read.
  package var sources: [SourceSummary] = []

  package init(
    tally: LineTally, first: EpochSecond?, last: EpochSecond?, notices: [Notice] = []
  ) {
    self.tally = tally
    self.first = first
    self.last = last
    self.notices = notices
  }
}
