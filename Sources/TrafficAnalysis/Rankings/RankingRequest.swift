import AccessLog

/// A figure by which a ranking can be ordered. Names with equal figures are ordered by hits, then
/// bytewise by name.
package enum RankingFigure: Equatable, Hashable, CaseIterable, Sendable {
  case name, hits, clientErrors, serverErrors, errors, bytes
  /// The 95th percentile of the latencies.
  case p95
  /// The hits in the window minus those in the window that it is compared with.
  case change
  /// The most hits in one second of the window.
  case peak
  /// The first and the last second with a hit in the window.
  case firstSeen, lastSeen
}

/// The order of a ranking.
package struct RankingOrder: Equatable, Hashable, Sendable {
  package var figure: RankingFigure
  /// The least first; for names, the last in the alphabet first.
  package var isReversed: Bool

  /// The most hits first.
  package static let byHits = RankingOrder(.hits)

  /// Greatest figure first; for names, alphabetically.
  package init(_ figure: RankingFigure, isReversed: Bool = false) {
    self.figure = figure
    self.isReversed = isReversed
  }
}

/// The buckets of a sparkline. Buckets begin at multiples of their width, so that a bucket keeps its
/// value while the sparkline moves; the last one holds the last closed second.
package struct TrendRequest: Equatable, Hashable, Sendable {
  /// Seconds per bucket.
  package var width: Int64
  /// The number of buckets; 0 if no sparkline is wanted.
  package var count: Int

  package init(width: Int64, count: Int) {
    self.width = width
    self.count = count
  }
}

/// A request for rows of a ranking.
///
/// The rows are taken from a list of the `pinned` names in the given order, followed by all other
/// names in the requested order.
package struct RankingRequest: Equatable, Sendable {
  package var dimension: Dimension
  package var order = RankingOrder.byHits
  /// Names at the start of the list, whatever their figures.
  package var pinned: [Name]
  /// The places in the list, from 0. If the list is too short, as many rows at its end are meant.
  package var places: Range<Int>
  /// The sparkline of each row.
  package var trend = TrendRequest(width: 1, count: 0)
  /// Whether `peak`, `firstSeen` and `lastSeen` of the rows are wanted.
  package var wantsTimes = false

  package init(_ dimension: Dimension, pinned: [Name] = [], places: Range<Int>) {
    self.dimension = dimension
    self.pinned = pinned
    self.places = places
  }

  /// The requested places, adjusted to a list of `count` rows.
  package func places(of count: Int) -> Range<Int> {
    let beyond = max(0, places.upperBound - count)
    return max(0, places.lowerBound - beyond)..<min(places.upperBound, count)
  }
}
