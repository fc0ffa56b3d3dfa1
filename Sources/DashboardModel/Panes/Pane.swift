import AccessLog

/// A pane of the dashboard. A new pane is a case here with a content, and a view.
package enum Pane: Hashable, Sendable {
  case chart
  /// A ranking of the names of a dimension, which the user can change.
  case table(Int)
  case alerts, status, sources, rules

  /// The number of tables.
  package static let tableCount = 2

  /// Its content, which makes its model.
  package var content: any PaneContent {
    switch self {
    case .chart: ChartContent()
    case .table(let slot): TableContent(slot: slot)
    case .alerts: AlertListContent()
    case .status: StatusContent()
    case .sources: SourceListContent()
    case .rules: RuleListContent()
    }
  }

  /// The number of its table, if it is one.
  var slot: Int? { if case .table(let slot) = self { slot } else { nil } }
}

// MARK: - Order

extension Pane: CaseIterable {
  /// All panes, in the order of their digits, in which Tab moves through them.
  package static let allCases =
    [Pane.chart] + (0..<tableCount).map(Pane.table) + [.alerts, .status, .sources, .rules]

  /// The pane with the focus at the start.
  package static let first = Pane.table(0)

  /// The digit that moves the focus here.
  package var digit: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }

  /// The pane with a digit.
  package init?(digit: Int) {
    guard Self.allCases.indices.contains(digit - 1) else { return nil }
    self = Self.allCases[digit - 1]
  }
}
