/// The columns of the sources: those that there is room for.
package struct SourceLayout: Equatable, Sendable {
  /// A column after the name and the sparkline.
  package enum Column: CaseIterable, Sendable {
    case rate, hits, serverErrors, rejected, late, lag, format, state

    /// The head.
    package var title: String {
      switch self {
      case .rate: "rate"
      case .hits: "hits"
      case .serverErrors: "5xx"
      case .rejected: "rejected"
      case .late: "late"
      case .lag: "behind"
      case .format: "format"
      case .state: "state"
      }
    }

    package var width: Int {
      switch self {
      case .rate, .serverErrors: 8
      case .hits, .rejected, .late: 10
      case .lag: 8
      case .format: 11
      case .state: 14
      }
    }

    /// Whether its texts are words, which are aligned to the left.
    package var isText: Bool { self == .state || self == .format }
  }

  /// The most important first.
  private static let priority: [Column] = [
    .state, .rate, .serverErrors, .lag, .rejected, .hits, .format, .late,
  ]
  private static let shortestName = 14
  private static let usualName = 26
  private static let longestName = 44
  private static let shortestTrend = 10
  private static let longestTrend = 30
  /// The blank before the names.
  package static let margin = 1

  package var name: Int
  /// The number of buckets of the sparkline; 0 without one.
  package var trend = 0
  package var columns: [Column]

  /// - Parameter width: the columns inside the frame.
  package init(columns width: Int) {
    var rest = width - Self.margin - Self.shortestName
    var chosen: [Column] = []
    for (place, column) in Self.priority.enumerated() {
      // The last columns come after a name of usual length and a sparkline.
      let reserve = place < 4 ? 0 : Self.usualName - Self.shortestName + Self.shortestTrend + 1
      guard column.width + 1 + reserve <= rest else { continue }
      chosen.append(column)
      rest -= column.width + 1
    }
    columns = Column.allCases.filter { chosen.contains($0) }
    name = max(0, min(Self.shortestName, width - Self.margin))
    if rest > Self.shortestTrend {
      let spare = rest - 1 - (Self.usualName - Self.shortestName)
      trend = min(Self.longestTrend, max(Self.shortestTrend, spare))
      rest -= trend + 1
    }
    let more = max(0, min(rest, Self.longestName - name))
    name += more
  }
}
