import AccessLog

/// Which rows of a ranking are wanted.
///
/// The list consists of the `pinned` names in their order, whatever their figures are by now, and
/// behind them of all other names by rank.
package struct RankingRequest: Equatable, Sendable {
  package var pinned: [Name]
  /// Places in that list, from 0. Where the list ends before them, as many rows at its end.
  package var places: Range<Int>

  package init(pinned: [Name] = [], places: Range<Int>) {
    self.pinned = pinned
    self.places = places
  }

  /// The first rows of a ranking.
  package static func first(_ rows: Int) -> RankingRequest {
    RankingRequest(places: 0..<max(0, rows))
  }

  /// The places that exist in a list of `count` rows.
  package func places(of count: Int) -> Range<Int> {
    let beyond = max(0, places.upperBound - count)
    return max(0, places.lowerBound - beyond)..<min(places.upperBound, count)
  }
}

/// What the tables are to show.
package struct TableRequest: Equatable, Sendable {
  package var window: TableWindow
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
