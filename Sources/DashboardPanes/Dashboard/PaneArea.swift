import DashboardModel
import TerminalCanvas

/// The place of a pane on the screen.
package struct PaneArea: Equatable, Sendable {
  /// All of it, with the frame.
  package var whole: Rectangle
  /// Whether there is room for a frame.
  package var isFramed: Bool
  /// The number of rows of its list, without the head.
  var listRows: Int

  init(_ pane: Pane, _ whole: Rectangle, isFramed: Bool) {
    self.whole = whole
    self.isFramed = isFramed
    listRows = 0
    listRows = max(0, inside.rows - (pane.hasHead ? 1 : 0))
  }

  /// The area without the frame.
  package var inside: Rectangle { isFramed ? whole.inside : whole }

  /// How much the pane can display.
  func room(of pane: Pane, _ state: ViewState) -> PaneRoom {
    var room = PaneRoom(rows: listRows, columns: inside.columns)
    switch pane {
    case .chart: room.columns -= ChartPane.gutter
    case .table(let slot): room.trend = tableLayout(slot, state).trend
    case .alerts, .status, .sources, .rules: break
    }
    room.columns = max(0, room.columns)
    return room
  }

  /// The columns of a table that is displayed here.
  package func tableLayout(_ slot: Int, _ state: ViewState) -> TableLayout {
    TableLayout(
      columns: inside.columns, state.tables[slot].dimension, isZoomed: state.isZoomed(.table(slot)))
  }

  /// What a position in the pane is.
  func target(_ pane: Pane, row: Int, column: Int, _ state: ViewState) -> PaneTarget {
    let (line, place) = (row - inside.row, column - inside.column)
    guard (0..<inside.rows).contains(line), (0..<inside.columns).contains(place) else {
      return .elsewhere
    }
    switch pane {
    case .chart:
      return place >= ChartPane.gutter ? .chartColumn(place - ChartPane.gutter) : .elsewhere
    case .table(let slot):
      guard line == 0 else { return .row(line - 1) }
      return tableLayout(slot, state).column(at: place).map { .head($0) } ?? .elsewhere
    case .sources where line == 0:
      return SourceLayout(columns: inside.columns).column(at: place).map { .sourceHead($0) }
        ?? .elsewhere
    case .alerts: return .row(line)
    case .sources, .rules: return line == 0 ? .elsewhere : .row(line - 1)
    case .status: return .elsewhere
    }
  }
}

/// What the mouse points at in a pane.
package enum PaneTarget: Equatable, Sendable {
  /// A visible row of the list, from 0.
  case row(Int)
  /// The head of a column.
  case head(TableColumn)
  /// The head of a column of the list of sources.
  case sourceHead(SourceColumn)
  case chartColumn(Int)
  case elsewhere
}

extension Pane {
  /// Whether a head stands above its list.
  fileprivate var hasHead: Bool {
    switch self {
    case .table, .sources, .rules: true
    case .chart, .alerts, .status: false
    }
  }
}
