/// How much of a pane can be seen.
package enum PaneRoom: Equatable, Sendable {
  /// Rows of a list, without its head.
  case list(rows: Int)
  case chart(columns: Int)
  /// What fits is shown.
  case any

  /// `nil` where it is no list.
  package var listRows: Int? { if case .list(let rows) = self { rows } else { nil } }
  package var chartColumns: Int { if case .chart(let columns) = self { columns } else { 0 } }
}

/// How much can be seen of what is on the screen.
package struct PaneRooms: Sendable {
  /// The panes that are on the screen.
  package var panes: [Pane: PaneRoom] = [:]
  /// Lines of the help, and how many of them can be seen at once.
  package var help = (lines: 0, visible: 0)

  package init() {}
}
