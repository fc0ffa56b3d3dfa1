import AccessLog

/// The columns of a table with their widths, which depend on the room alone: no name and no figure
/// moves another.
package struct TableLayout: Equatable, Sendable {
  /// A column with its place.
  package struct Place: Equatable, Sendable {
    package var column: TableColumn
    /// Columns of the screen from the left edge of the table.
    package var start: Int
    package var width: Int
  }

  /// The columns, from left to right.
  package let places: [Place]

  /// The narrowest and the widest sparkline.
  private static let trendWidths = 10...20

  /// - Parameters:
  ///   - columns: the columns of the screen, with a blank at either side.
  ///   - isZoomed: the table fills the screen and may show everything.
  ///   - isTimed: whether the log has latencies.
  package init(columns: Int, _ dimension: Dimension, isZoomed: Bool, isTimed: Bool = false) {
    var free = max(0, columns - 2)
    let shortest = min(free, Self.shortestName(dimension))
    var chosen: Set<TableColumn> = []
    func add(_ columns: [TableColumn], leaving rest: Int) {
      for column in columns {
        guard column.width + rest <= free else { break }
        chosen.insert(column)
        free -= column.width
      }
    }
    let ranked = TableColumn.ranked(dimension, isZoomed: isZoomed, isTimed: isTimed)
    add(ranked.useful, leaving: shortest)
    let least = Self.trendWidths.lowerBound + 1
    add(ranked.extra, leaving: Self.goodName(dimension) + least * 2)
    // The name gets room first, then the sparkline, and the name what is left.
    var trend = 0
    if free - shortest >= least {
      let wanted = free - Self.goodName(dimension) - 1
      trend = min(max(wanted, Self.trendWidths.lowerBound), Self.trendWidths.upperBound)
    }
    let name = free - (trend > 0 ? trend + 1 : 0)
    var places = [Place(column: .name, start: 1, width: name)]
    var start = 1 + name
    if trend > 0 {
      places.append(Place(column: .trend, start: start + 1, width: trend))
      start += trend + 1
    }
    for figure in TableColumn.allCases where chosen.contains(figure) {
      places.append(Place(column: figure, start: start, width: figure.width))
      start += figure.width
    }
    self.places = places
  }

  /// The least room for a name before the first figure is left out.
  private static func shortestName(_ dimension: Dimension) -> Int {
    switch dimension {
    case .client: 18
    case .status: 10
    case .path, .referrer, .agent: 24
    default: 16
    }
  }

  /// The room for a name with which most names are shown whole.
  private static func goodName(_ dimension: Dimension) -> Int {
    shortestName(dimension) + (dimension == .client ? 2 : 1)
  }

  /// The columns without their places.
  package var columns: [TableColumn] { places.map(\.column) }

  /// The number of buckets of a sparkline; 0 if there is none.
  package var trend: Int { places.first { $0.column == .trend }?.width ?? 0 }

  /// The column at a column of the screen.
  package func column(at place: Int) -> TableColumn? {
    places.last { $0.start <= place }?.column
  }
}
