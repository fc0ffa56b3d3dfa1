import AccessLog
import SafeText
import TrafficAnalysis

/// The columns of the rules with their widths. They depend on the rules and the room alone: no value
/// moves anything.
package struct RuleLayout: Equatable, Sendable {
  /// A column of the list.
  package enum Column: CaseIterable, Sendable {
    case state, name, watched, gauge, value, limit, worst, terms

    /// The head.
    package var title: String {
      switch self {
      case .state: "state"
      case .name: "rule"
      case .watched: "watches"
      case .gauge: ""
      case .value: "value"
      case .limit: "limit"
      case .worst: "worst"
      case .terms: "also"
      }
    }
  }

  /// A column with its place.
  package struct Place: Equatable, Sendable {
    package var column: Column
    /// Columns of the screen from the left edge of the pane.
    package var start: Int
    package var width: Int
  }

  /// The columns after the state, the most important first, with the room that each needs at least if
  /// its texts are not shorter. Figures are never cut off.
  private static let necessary: [(column: Column, least: Int)] = [
    (.name, 8), (.value, 12), (.limit, 16), (.worst, 20),
  ]
  /// Those that come after a whole name.
  private static let useful: [(column: Column, least: Int)] = [
    (.watched, 20), (.gauge, 8), (.terms, 12),
  ]
  /// The blank before the states.
  private static let margin = 1
  /// The mark of a state, with a blank.
  package static let mark = 2
  private static let usualState = "ALERT 0:28".utf8.count + mark
  private static let longestState = "ALERT 1:02:03".utf8.count + mark
  /// The least width with room for the duration of an alert of some hours.
  private static let wide = 60
  private static let gap = 2

  /// The columns, from left to right.
  package let places: [Place]

  /// - Parameter width: the columns inside the frame.
  package init(columns width: Int, _ rules: [RuleDefinition]) {
    let natural = Self.naturalWidths(rules)
    var rest = max(0, width - 2 * Self.margin)
    let state = width < Self.wide ? Self.usualState : Self.longestState
    var widths: [Column: Int] = [.state: min(rest, state)]
    rest -= widths[.state] ?? 0
    func add(_ columns: [(column: Column, least: Int)]) {
      for (column, least) in columns {
        guard let wish = natural[column], wish > 0 else { continue }
        let needed = min(least, wish)
        guard needed + Self.gap <= rest else { continue }
        widths[column] = needed
        rest -= needed + Self.gap
      }
    }
    func grow(_ columns: [Column]) {
      for column in columns {
        guard let current = widths[column], let wish = natural[column] else { continue }
        let more = max(0, min(rest, wish - current))
        widths[column] = current + more
        rest -= more
      }
    }
    add(Self.necessary)
    grow([.name])
    add(Self.useful)
    grow([.state, .watched, .worst, .terms, .gauge])
    var start = Self.margin
    var places: [Place] = []
    for column in Column.allCases {
      guard let width = widths[column], width > 0 else { continue }
      places.append(Place(column: column, start: start, width: width))
      start += width + Self.gap
    }
    self.places = places
  }

  /// The widths with which nothing is cut off, within reason; 0 for a column that no rule needs.
  private static func naturalWidths(_ rules: [RuleDefinition]) -> [Column: Int] {
    func widest(_ most: Int, _ width: (RuleText) -> Int) -> Int {
      min(most, rules.reduce(0) { max($0, width(RuleText($1))) })
    }
    return [
      .state: longestState,
      .name: widest(24) { SafeString($0.name).width },
      .watched: widest(56) { SafeString($0.watched).width },
      .gauge: 24,
      .value: widest(12, \.valueWidth),
      .limit: widest(16) { $0.limit.utf8.count },
      .worst: rules.contains { $0.subject != nil } ? 48 : 0,
      .terms: widest(48) { SafeString($0.terms).width },
    ]
  }

  /// The columns without their places.
  package var columns: [Column] { places.map(\.column) }
}
