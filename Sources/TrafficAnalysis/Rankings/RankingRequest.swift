import AccessLog

/// A request for rows of a ranking.
///
/// The rows are taken from a list of the `pinned` names in the given order, followed by all other
/// names by rank.
package struct RankingRequest: Equatable, Sendable {
  /// Names at the start of the list, whatever their figures.
  package var pinned: [Name]
  /// The places in the list, from 0. If the list is too short, as many rows at its end are meant.
  package var places: Range<Int>

  package init(pinned: [Name] = [], places: Range<Int>) {
    self.pinned = pinned
    self.places = places
  }

  /// The first rows of a ranking.
  package static func first(_ rows: Int) -> RankingRequest {
    RankingRequest(places: 0..<max(0, rows))
  }

  /// The requested places, adjusted to a list of `count` rows.
  package func places(of count: Int) -> Range<Int> {
    let beyond = max(0, places.upperBound - count)
    return max(0, places.lowerBound - beyond)..<min(places.upperBound, count)
  }
}
