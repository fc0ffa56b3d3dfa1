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
        by: step, count: focus.content.rowCount(in: snapshot),
        visible: rooms.panes[focus]?.listRows ?? 0)
    }
    settle(snapshot, rooms)
  }

  /// The parts of the rankings that the tables need.
  package func tableRequest(_ window: TableWindow, _ rooms: PaneRooms) -> TableRequest {
    let rankings = Dimension.allCases.map { dimension in
      let pane = Pane.ranking(dimension)
      return (lists[pane] ?? PaneList()).request(dimension, rows: rooms.panes[pane]?.listRows ?? 0)
    }
    return TableRequest(window: window, rankings: rankings)
  }

  /// Adapts to a new snapshot and new sizes: every list stays within its rows, and its selected row is
  /// visible. A view is made from a settled state only.
  package mutating func settle(_ snapshot: Snapshot, _ rooms: PaneRooms) {
    helpOffset = max(0, min(helpOffset, rooms.help.lines - rooms.help.visible))
    for (pane, room) in rooms.panes {
      guard let visible = room.listRows, lists[pane] != nil else { continue }
      pane.content.settle(&lists[pane, default: PaneList()], in: snapshot, visible: visible)
    }
  }

  /// The time of the selected alert or recovery; `nil` unless the history has the focus.
  package var selectedAlert: EpochSecond? {
    focus == .alerts ? lists[.alerts]?.alert?.second : nil
  }
}
