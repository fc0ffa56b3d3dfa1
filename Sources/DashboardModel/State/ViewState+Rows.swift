import AccessLog
import TrafficAnalysis

// The rows that are requested, selected and visible.

extension ViewState {
  /// Moves the selection in the focused pane, or scrolls the help while it is open.
  ///
  /// - Parameters:
  ///   - step: the rows to move down, or up if negative; `.max` and `.min` move to the ends.
  ///   - snapshot: the snapshot that is displayed.
  ///   - rooms: how much the panes can display.
  package mutating func move(by step: Int, _ snapshot: Snapshot, _ rooms: PaneRooms) {
    if showsHelp {
      let (moved, overflow) = helpOffset.addingReportingOverflow(step)
      helpOffset = overflow ? (step > 0 ? .max : 0) : moved
    } else {
      lists[focus, default: PaneList()].move(
        by: step, count: rowCount(of: focus, in: snapshot),
        visible: rooms.panes[focus]?.rows ?? 0)
    }
    settle(snapshot, rooms)
  }

  /// Selects the row with an index in the focused pane.
  package mutating func select(_ index: Int, _ snapshot: Snapshot, _ rooms: PaneRooms) {
    lists[focus, default: PaneList()].select(
      index, count: rowCount(of: focus, in: snapshot), visible: rooms.panes[focus]?.rows ?? 0)
    settle(snapshot, rooms)
  }

  /// Scrolls the list of a pane by some rows, without selecting one.
  package mutating func scroll(
    _ pane: Pane, by step: Int, _ snapshot: Snapshot, _ rooms: PaneRooms
  ) {
    guard let room = rooms.panes[pane] else { return }
    lists[pane, default: PaneList()].scroll(
      by: step, count: rowCount(of: pane, in: snapshot), visible: room.rows)
    settle(snapshot, rooms)
  }

  /// The number of rows in the list of a pane. That of the sources is in the state, with their order.
  private func rowCount(of pane: Pane, in snapshot: Snapshot) -> Int {
    pane == .sources ? roster.count : pane.content.rowCount(in: snapshot)
  }

  /// The index of the first visible row of a pane.
  package func firstRow(of pane: Pane) -> Int { lists[pane]?.offset ?? 0 }

  /// The rows that the panes need: those of each table, then those of the status codes.
  ///
  /// - Parameter snapshot: what is displayed.
  package func tableRequest(
    _ window: TableWindow, _ rooms: PaneRooms, _ snapshot: Snapshot, isLive: Bool
  ) -> TableRequest {
    var request = TableRequest(window: window)
    request.comparison = comparison
    request.rankings = tables.indices.map {
      ranking(slot: $0, rooms, snapshot.history, isLive: isLive)
    }
    let codes = rooms.panes[.status] == nil ? 0 : StatusModel.codeLimit
    request.rankings.append(RankingRequest(.status, places: 0..<codes))
    request.wantsSources = rooms.panes[.sources] != nil
    if let cursor, let room = rooms.panes[.chart] {
      let span = chartSpan(snapshot, columns: room.columns, isLive: isLive)
      request.moment = span.seconds(ofColumn: span.column(of: cursor))
    }
    return request
  }

  /// Whether a pane fills the screen.
  package func isZoomed(_ pane: Pane) -> Bool { isZoomed && focus == pane }

  /// The rows of one table.
  package func ranking(
    slot: Int, _ rooms: PaneRooms, _ history: SecondSeries, isLive: Bool
  ) -> RankingRequest {
    let (pane, table) = (Pane.table(slot), tables[slot])
    let room = rooms.panes[pane] ?? .none
    var request = (lists[pane] ?? PaneList()).request(table.dimension, rows: room.rows)
    request.order = table.order
    request.trend = SparklinePeriod(buckets: room.trend, history, isLive: isLive).request
    request.wantsTimes = isZoomed(pane)
    return request
  }

  /// Adapts to a new snapshot and new sizes: every list stays within its rows, and its selected row is
  /// visible. A view is made from a settled state only.
  package mutating func settle(_ snapshot: Snapshot, _ rooms: PaneRooms) {
    helpOffset = max(0, min(helpOffset, rooms.help.lines - rooms.help.visible))
    for (pane, room) in rooms.panes where lists[pane] != nil {
      if pane == .sources {
        lists[pane]?.settle(count: roster.count, visible: room.rows)
        continue
      }
      pane.content.settle(&lists[pane, default: PaneList()], in: snapshot, visible: room.rows)
    }
  }

  /// The index of the selected row of the focused pane; `nil` if none is.
  package var selectedRow: Int? { lists[focus]?.selected }

  /// The selected row of the alerts; `nil` unless they have the focus.
  package var selectedAlert: AlertKey? {
    focus == .alerts ? lists[.alerts]?.alert : nil
  }
}
