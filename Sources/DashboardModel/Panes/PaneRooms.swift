/// How much a pane can display.
package struct PaneRoom: Equatable, Sendable {
  /// The rows of a list, without its head, or of anything else.
  package var rows: Int
  /// The columns inside the frame, or those of the chart.
  package var columns: Int
  /// The number of buckets of a sparkline.
  package var trend = 0

  package init(rows: Int, columns: Int) {
    self.rows = max(0, rows)
    self.columns = max(0, columns)
  }

  /// Nothing.
  static let none = PaneRoom(rows: 0, columns: 0)
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
