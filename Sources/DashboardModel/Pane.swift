import AccessLog

/// The panes, in the order in which keys go through them.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
  case sections = 1
  case clients, alerts, status, hitRate

  package var title: String {
    switch self {
    case .sections: "Top sections"
    case .clients: "Top clients"
    case .alerts: "Alert history"
    case .status: "Status and methods"
    case .hitRate: "Hits per second"
    }
  }

  /// The table of a dimension.
  init(of dimension: Dimension) {
    switch dimension {
    case .section: self = .sections
    case .client: self = .clients
    }
  }

  /// With the digit that brings the keys there.
  package var numberedTitle: String { "\(rawValue) \(title)" }
}

/// How much of each pane can be seen, as the layout has it.
package struct PaneRooms: Equatable, Sendable {
  package var chartColumns = 0
  /// Rows of a list, without head and frame, of the panes that are on the screen.
  package var rows: [Pane: Int] = [:]
  package var visible: Set<Pane> = []
  /// Lines of the help, and how many of them can be seen at once.
  package var helpLines = 0
  package var helpVisible = 0

  package init() {}
}
