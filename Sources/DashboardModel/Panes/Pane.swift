import AccessLog

/// A pane of the dashboard. A new pane is a case here with a content and a place in `leading`, and a
/// view.
package enum Pane: Hashable, Sendable {
  case ranking(Dimension)
  case alerts, status, hitRate

  /// Its content, which makes its model.
  package var content: any PaneContent {
    switch self {
    case .ranking(let dimension): RankingContent(dimension: dimension)
    case .alerts: AlertHistoryContent()
    case .status: StatusContent()
    case .hitRate: HitRateContent()
    }
  }
}

// MARK: - Order

extension Pane: CaseIterable {
  /// The panes with established digits; those of further dimensions follow them.
  private static let leading: [Pane] = [
    .ranking(.section), .ranking(.client), .alerts, .status, .hitRate,
  ]

  /// All panes, in the order in which Tab moves through them.
  package static let allCases =
    leading + Dimension.allCases.map(Pane.ranking).filter { !leading.contains($0) }

  /// The pane with the focus at the start.
  package static let first = leading[0]

  /// The panes that digits bring to the screen, from 1 on.
  package static let numbered = allCases.prefix(9)

  /// The digit that moves the focus here; `nil` if there is none.
  package var digit: Int? { Self.numbered.firstIndex(of: self).map { $0 + 1 } }
}
