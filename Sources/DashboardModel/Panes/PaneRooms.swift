/// How much a pane can display.
package enum PaneRoom: Equatable, Sendable {
  /// Rows of a list, without the titles.
  case list(rows: Int)
  case chart(columns: Int)
  /// Whatever fits.
  case any

  /// The number of rows; `nil` for a pane without a list.
  package var listRows: Int? { if case .list(let rows) = self { rows } else { nil } }
  /// The number of columns of a chart; 0 for other panes.
  package var chartColumns: Int { if case .chart(let columns) = self { columns } else { 0 } }
}

/// How much the panes on the screen can display.
package struct PaneRooms: Sendable {
  /// The panes that are on the screen.
  package var panes: [Pane: PaneRoom] = [:]
  /// The number of lines in the help, and how many of them are visible at once; 0 while it is closed.
  package var help = (lines: 0, visible: 0)

  /// Without any pane.
  package init() {}
}
