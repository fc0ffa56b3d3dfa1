import DashboardModel
import TerminalCanvas

/// Where everything stands on a screen of some size.
package struct DashboardLayout: Equatable, Sendable {
  package var header = Rectangle(row: 0, column: 0, rows: 0, columns: 0)
  package var footer = Rectangle(row: 0, column: 0, rows: 0, columns: 0)
  package var panes: [Pane: Rectangle] = [:]
  /// Where the help stands while it is shown, over everything else.
  package var help = Rectangle(row: 0, column: 0, rows: 0, columns: 0)

  /// Below this there is one line: the rate and the alert.
  static let leastRows = 6
  static let leastColumns = 30

  /// - Parameters:
  ///   - state: says which panes are wanted most.
  ///   - hasNotice: something has to be said on a line of its own.
  ///   - hasTimeline: a replay shows on a line where it is, where there is room.
  package init(size: Size, _ state: ViewState, hasNotice: Bool, hasTimeline: Bool = false) {
    let screen = Rectangle(row: 0, column: 0, rows: size.rows, columns: size.columns)
    if state.showsHelp { help = HelpPane.area(on: screen) }
    guard size.rows >= Self.leastRows, size.columns >= Self.leastColumns else {
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

  /// Gives some panes a place of their own. The others share one: it shows the pane of them that was
  /// used last.
  private mutating func arrange(_ body: Rectangle, _ recent: [Pane]) {
    let shared = placePanes(in: body)
    let pane = recent.first { panes[$0] == nil } ?? .first
    panes[pane] = shared
  }

  /// - Returns: the place that is shared.
  private mutating func placePanes(in body: Rectangle) -> Rectangle {
    guard body.rows >= 16 else {
      // The top sections, and what fits beside them.
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

  /// What the model needs to know of it.
  package var rooms: PaneRooms {
    var rooms = PaneRooms()
    if !help.isEmpty {
      rooms.help = (HelpPane.lines(in: help.inside.columns).count, help.inside.rows)
    }
    for (pane, area) in panes { rooms.panes[pane] = pane.view.room(in: area.inside) }
    return rooms
  }
}
