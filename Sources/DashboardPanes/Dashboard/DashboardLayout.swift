import DashboardModel
import TerminalCanvas

/// The areas of a screen of some size.
package struct DashboardLayout: Equatable, Sendable {
  /// The lines at the top; empty if there is none.
  package var header = Rectangle(row: 0, column: 0, rows: 0, columns: 0)
  /// The line of keys at the bottom; empty on a small screen.
  package var footer = Rectangle(row: 0, column: 0, rows: 0, columns: 0)
  /// The panes on the screen.
  package var panes: [Pane: Rectangle] = [:]
  /// The help, over everything else; empty while it is closed.
  package var help = Rectangle(row: 0, column: 0, rows: 0, columns: 0)

  /// A smaller screen has only one line, with the rate and the alert.
  private static let minimumRows = 6
  private static let minimumColumns = 30

  /// - Parameters:
  ///   - state: determines which panes have priority.
  ///   - hasNotice: the header has a line for a notice.
  ///   - hasTimeline: the header has a line for the progress of a replay, if the screen is large enough.
  package init(size: Size, _ state: ViewState, hasNotice: Bool, hasTimeline: Bool = false) {
    let screen = Rectangle(row: 0, column: 0, rows: size.rows, columns: size.columns)
    if state.showsHelp { help = HelpPane.area(on: screen) }
    guard size.rows >= Self.minimumRows, size.columns >= Self.minimumColumns else {
      header = screen.line(0)
      return
    }
    let headerRows = (size.rows >= 14 ? (hasTimeline ? 3 : 2) : 1) + (hasNotice ? 1 : 0)
    let parts = screen.split(rows: [.fixed(headerRows), .share(1), .fixed(1)])
    header = parts[0]
    footer = parts[2]
    if state.isZoomed {
      panes = [state.focus: parts[1]]
    } else {
      arrange(parts[1], state.recent)
    }
  }

  /// Gives some panes an area of their own. The others share one, which displays the pane of them that
  /// was used last.
  private mutating func arrange(_ body: Rectangle, _ recent: [Pane]) {
    let shared = placePanes(in: body)
    let pane = recent.first { panes[$0] == nil } ?? .first
    panes[pane] = shared
  }

  /// - Returns: the area that the other panes share.
  private mutating func placePanes(in body: Rectangle) -> Rectangle {
    guard body.rows >= 16 else {
      // One pane, and the alerts if they fit beside it.
      guard body.columns >= 70 else { return body }
      let halves = body.split(columns: [.share(3), .share(2)])
      panes[.alerts] = halves[1]
      return halves[0]
    }
    let wide = body.columns >= 110
    let rows = body.split(rows: [
      .atLeast(7, share: 4), .atLeast(5, share: wide ? 4 : 3), .atLeast(4, share: wide ? 3 : 2),
    ])
    panes[.hitRate] = rows[0]
    guard wide else {
      panes[.alerts] = rows[2]
      return rows[1]
    }
    let upper = rows[1].split(columns: [.share(3), .share(2)])
    let lower = rows[2].split(columns: [.share(3), .share(2)])
    panes[.ranking(.client)] = upper[1]
    panes[.alerts] = lower[0]
    panes[.status] = lower[1]
    return upper[0]
  }

  /// How much the panes can display, for the model.
  package var rooms: PaneRooms {
    var rooms = PaneRooms()
    if !help.isEmpty {
      rooms.help = (HelpPane.lines(in: help.inside.columns).count, help.inside.rows)
    }
    for (pane, area) in panes { rooms.panes[pane] = pane.view.room(in: area.inside) }
    return rooms
  }
}
