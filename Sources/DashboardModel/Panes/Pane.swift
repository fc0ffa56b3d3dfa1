import AccessLog

/// The panes. Another one is a case here with its content and a place in `leading`, and a view.
package enum Pane: Hashable, Sendable {
  case ranking(Dimension)
  case alerts, status, hitRate

  /// What it shows.
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
  /// The panes whose digits people know; those of further dimensions come behind them.
  private static let leading: [Pane] = [
    .ranking(.section), .ranking(.client), .alerts, .status, .hitRate,
  ]

  /// In the order in which keys go through them.
  package static let allCases =
    leading + Dimension.allCases.map(Pane.ranking).filter { !leading.contains($0) }

  /// The one that has the keys at the start.
  package static let first = leading[0]

  /// The panes that a digit brings to the screen, from 1 on.
  package static let numbered = allCases.prefix(9)

  /// The digit that brings the keys there.
  package var digit: Int? { Self.numbered.firstIndex(of: self).map { $0 + 1 } }
}
