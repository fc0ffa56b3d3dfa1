/// The columns of the sources: those that there is room for.
package struct SourceLayout: Equatable, Sendable {
  /// The most important first.
  private static let priority: [SourceColumn] = [
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
  package var columns: [SourceColumn]

  /// - Parameter width: the columns inside the frame.
  package init(columns width: Int) {
    var rest = width - Self.margin - Self.shortestName
    var chosen: [SourceColumn] = []
    for (place, column) in Self.priority.enumerated() {
      // The last columns come after a name of usual length and a sparkline.
      let reserve = place < 4 ? 0 : Self.usualName - Self.shortestName + Self.shortestTrend + 1
      guard column.width + 1 + reserve <= rest else { continue }
      chosen.append(column)
      rest -= column.width + 1
    }
    columns = SourceColumn.allCases.filter { chosen.contains($0) }
    name = max(0, min(Self.shortestName, width - Self.margin))
    if rest > Self.shortestTrend {
      let spare = rest - 1 - (Self.usualName - Self.shortestName)
      trend = min(Self.longestTrend, max(Self.shortestTrend, spare))
      rest -= trend + 1
    }
    let more = max(0, min(rest, Self.longestName - name))
    name += more
  }

  /// The columns by which the list can be sorted.
  package var sortable: [SourceColumn] { [.name] + columns.filter { $0 != .format } }

  /// Calls the body with each column after the sparkline and its first place.
  package func forEachColumn(_ body: (SourceColumn, Int) -> Void) {
    var start = Self.margin + name + 1 + (trend > 0 ? trend + 1 : 0)
    for column in columns {
      body(column, start)
      start += column.width + 1
    }
  }

  /// The column at a place inside the frame, if the list can be sorted by it.
  package func column(at place: Int) -> SourceColumn? {
    if place <= Self.margin + name { return .name }
    var found: SourceColumn?
    forEachColumn { column, start in
      if (start..<start + column.width).contains(place), sortable.contains(column) {
        found = column
      }
    }
    return found
  }
}
