import AccessLog

/// The time window of the tables.
package enum TableWindow: Equatable, Hashable, Sendable {
  /// The last closed seconds, of the given number.
  case last(seconds: Int64)
  /// The whole log, including late hits.
  case all
}

/// The figures of the tables over one window. Rankings are ordered by hits, then bytewise by name.
package struct TableFigures: Equatable, Sendable {
  package var window = TableWindow.last(seconds: 10)
  /// The divisor of the rates, in seconds: the length of the window, or for `all` of the log.
  package var seconds: Int64 = 10
  /// Totals over the window.
  package var traffic = Traffic()
  /// The requested rows.
  package var rankings = PerDimension(repeating: RankedRows())
  /// The number of seconds covered by names; `nil` if that is the whole window.
  package var coveredSeconds: Int64?

  package init() {}
}

/// A request for the figures of all tables.
package struct TableRequest: Equatable, Sendable {
  package var window: TableWindow
  /// The rows of each table.
  package var rankings: PerDimension<RankingRequest>

  package init(window: TableWindow, rankings: PerDimension<RankingRequest>) {
    self.window = window
    self.rankings = rankings
  }

  /// The first rows of each table.
  package init(window: TableWindow, rows: Int) {
    self.init(window: window, rankings: PerDimension(repeating: .first(rows)))
  }
}
