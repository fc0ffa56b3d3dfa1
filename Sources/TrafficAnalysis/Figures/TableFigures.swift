import AccessLog

/// The time window of the tables.
package enum TableWindow: Equatable, Hashable, Sendable {
  /// The last closed seconds, of the given number.
  case last(seconds: Int64)
  /// The whole log, including late hits.
  case all
}

/// What the figures of a window are compared with.
package enum TableComparison: Equatable, Hashable, CaseIterable, Sendable {
  /// The window of the same length that ends where this one begins.
  case windowBefore
  /// The same window an hour before.
  case hourBefore
  /// The same window a day before.
  case dayBefore
}

/// The figures of the tables over one window.
package struct TableFigures: Equatable, Sendable {
  package var window = TableWindow.last(seconds: 10)
  /// The divisor of the rates, in seconds: the length of the window, or for `all` of the log.
  package var seconds: Int64 = 10
  /// Totals over the window.
  package var traffic = Traffic()
  /// The number of distinct clients in the covered seconds of the window.
  package var uniqueClients = DistinctCount(0)
  /// How long answers took in the window; `nil` if no hit has a latency.
  package var latency: LatencyFigures?
  /// The hits of the window that this one is compared with; `nil` if they are not known.
  package var hitsBefore: Int?
  /// The requested rows, in the order of the requests.
  package var rankings: [RankedRows] = []
  /// The number of seconds covered by names; `nil` if that is the whole window.
  package var coveredSeconds: Int64?
  /// The requested moment; `nil` if none was requested.
  package var moment: MomentFigures?

  package init() {}
}

/// The figures of a moment: of one closed second, or of the seconds of a column of the chart.
package struct MomentFigures: Equatable, Sendable {
  /// The first and the last second.
  package var seconds: ClosedRange<EpochSecond>
  /// The hits of those seconds that are known; `nil` if none is.
  package var totals: SecondTotals?
  /// The number of seconds that are known.
  package var knownSeconds: Int64 = 0
  /// The mean over the alert window at the last second.
  package var mean: Rate?
  /// The name with the most hits in each common dimension; `nil` if there was no hit, or names are not kept
  /// for all of those seconds.
  package var top: PerDimension<RankedName?> = PerDimension(repeating: nil)

  package init(seconds: ClosedRange<EpochSecond>) {
    self.seconds = seconds
  }
}

/// A request for the figures of all tables.
package struct TableRequest: Equatable, Sendable {
  package var window: TableWindow
  package var comparison = TableComparison.windowBefore
  /// The rows of each table.
  package var rankings: [RankingRequest]
  /// Whether the figures of the sources are wanted too.
  package var wantsSources = true
  /// The seconds of the moment that is to be read out.
  package var moment: ClosedRange<EpochSecond>?

  package init(window: TableWindow, rankings: [RankingRequest] = []) {
    self.window = window
    self.rankings = rankings
  }

  /// The first rows of each common dimension.
  package init(window: TableWindow, rows: Int) {
    self.init(
      window: window,
      rankings: Dimension.common.map { RankingRequest($0, places: 0..<max(0, rows)) })
  }
}
