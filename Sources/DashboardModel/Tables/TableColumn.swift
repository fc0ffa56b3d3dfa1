import AccessLog
import TrafficAnalysis

/// A column of a table of names.
package enum TableColumn: String, CaseIterable, Sendable {
  case name, trend, hits, share, rate, clientErrors, serverErrors, bytes, change, peak, firstSeen,
    lastSeen

  /// The figure by which the table is sorted; `nil` if it cannot be sorted by this column.
  package var figure: RankingFigure? {
    switch self {
    case .name: .name
    case .trend: nil
    case .hits, .share, .rate: .hits
    case .clientErrors: .clientErrors
    case .serverErrors: .serverErrors
    case .bytes: .bytes
    case .change: .change
    case .peak: .peak
    case .firstSeen: .firstSeen
    case .lastSeen: .lastSeen
    }
  }

  /// The width, with at least one blank before the text; 0 for the columns that share what is left.
  package var width: Int {
    switch self {
    case .name, .trend: 0
    case .hits: 9
    case .share: 8
    case .rate, .change: 10
    case .clientErrors, .serverErrors: 6
    case .bytes, .peak: 9
    case .firstSeen, .lastSeen: 10
    }
  }

  /// The columns besides name and sparkline that fit beside a name, from left to right.
  ///
  /// - Parameters:
  ///   - columns: the room for all of them.
  ///   - isZoomed: the table fills the screen and may show everything.
  package static func fitting(
    _ columns: Int, _ dimension: Dimension, isZoomed: Bool
  ) -> [TableColumn] {
    let ranked: [TableColumn] =
      [.hits, .share, .serverErrors, .change, .clientErrors]
      + (isZoomed ? [.rate, .bytes, .peak, .firstSeen, .lastSeen] : [.bytes])
    let useful = ranked.filter { dimension != .status || !$0.isOfErrors }
    var rest = columns
    var fitting: Set<TableColumn> = []
    for column in useful {
      guard column.width <= rest else { break }
      fitting.insert(column)
      rest -= column.width
    }
    return allCases.filter { fitting.contains($0) }
  }

  /// Whether the column counts errors, which all hits of a status code are, or none.
  private var isOfErrors: Bool { self == .clientErrors || self == .serverErrors }
}
