import AccessLog
import TrafficAnalysis

// Which rows are wanted, selected and shown.

extension ViewState {
  /// Moves the selection of the pane that has the keys, or the help while that is shown.
  ///
  /// - Parameters:
  ///   - step: rows down, negative up; `.max` and `.min` are the ends.
  ///   - snapshot: what is shown.
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

  /// What must be known of the rankings to show the tables.
  package func tableRequest(_ window: TableWindow, _ rooms: PaneRooms) -> TableRequest {
    let rankings = PerDimension { dimension in
      let pane = Pane.ranking(dimension)
      return (lists[pane] ?? PaneList()).request(rows: rooms.panes[pane]?.listRows ?? 0)
    }
    return TableRequest(window: window, rankings: rankings)
  }

  /// Comes to terms with the figures and the room that there are now, so that what is selected can be
  /// seen and no list stands beyond its end. A view is made of the state behind that.
  package mutating func settle(_ snapshot: Snapshot, _ rooms: PaneRooms) {
    helpOffset = max(0, min(helpOffset, rooms.help.lines - rooms.help.visible))
    for (pane, room) in rooms.panes {
      guard let visible = room.listRows, lists[pane] != nil else { continue }
      pane.content.settle(&lists[pane, default: PaneList()], in: snapshot, visible: visible)
    }
  }

  /// The alert that is selected, where the history has the keys.
  package var selectedAlert: EpochSecond? {
    focus == .alerts ? lists[.alerts]?.alert?.second : nil
  }
}
