import DashboardModel
import TerminalCanvas

/// The areas of a screen of some size.
package struct DashboardLayout: Equatable, Sendable {
  /// The lines with rate, state and totals: one, two, or three with big digits.
  package var header = Rectangle(row: 0, column: 0, rows: 0, columns: 0)
  /// The line with the progress of a replay; empty if there is none.
  package var timeline = Rectangle(row: 0, column: 0, rows: 0, columns: 0)
  /// The line with a notice; empty if there is none.
  package var notice = Rectangle(row: 0, column: 0, rows: 0, columns: 0)
  /// The line of keys at the bottom; empty on a small screen.
  package var footer = Rectangle(row: 0, column: 0, rows: 0, columns: 0)
  /// The panes on the screen.
  package var panes: [Pane: PaneArea] = [:]
  /// The help, over everything else; empty while it is closed.
  package var help = Rectangle(row: 0, column: 0, rows: 0, columns: 0)

  /// A smaller screen has only one line, with the rate and the alert.
  private static let minimumRows = 6
  private static let minimumColumns = 30

  /// - Parameters:
  ///   - state: determines which panes have priority.
  ///   - hasNotice: there is a notice to show.
  ///   - hasTimeline: the log is replayed.
  ///   - sources: the number of logs.
  ///   - rules: the number of rules that can alert; 0 if there is only the default one.
  package init(
    size: Size, _ state: ViewState, hasNotice: Bool, hasTimeline: Bool = false, sources: Int = 1,
    rules: Int = 0
  ) {
    let screen = Rectangle(row: 0, column: 0, rows: size.rows, columns: size.columns)
    if state.showsHelp { help = HelpPane.area(on: screen) }
    guard size.rows >= Self.minimumRows, size.columns >= Self.minimumColumns else {
      header = screen.line(0)
      return
    }
    let parts = screen.split(rows: [
      .fixed(Self.headerRows(size)), .fixed(hasTimeline && size.rows >= 14 ? 1 : 0),
      .fixed(hasNotice ? 1 : 0), .share(1), .fixed(1),
    ])
    (header, timeline, notice, footer) = (parts[0], parts[1], parts[2], parts[4])
    let body = PaneArrangement(parts[3], state, sources: sources, rules: rules)
    for (pane, area) in body.areas {
      panes[pane] = PaneArea(pane, area, isFramed: body.isFramed)
    }
  }

  private static func headerRows(_ size: Size) -> Int {
    if size.rows >= 28, size.columns >= 100 { return 3 }
    return size.rows >= 18 ? 2 : 1
  }

  /// How much the panes can display, for the model.
  package func rooms(_ state: ViewState) -> PaneRooms {
    var rooms = PaneRooms()
    if !help.isEmpty {
      rooms.help = (HelpPane.lines(on: help.inside).count, help.inside.rows)
    }
    for (pane, area) in panes { rooms.panes[pane] = area.room(of: pane, state) }
    return rooms
  }

  /// The pane at a position, and what of it is there.
  package func target(
    row: Int, column: Int, _ state: ViewState
  ) -> (pane: Pane, target: PaneTarget)? {
    for (pane, area) in panes where area.whole.contains(row: row, column: column) {
      return (pane, area.target(pane, row: row, column: column, state))
    }
    return nil
  }
}
