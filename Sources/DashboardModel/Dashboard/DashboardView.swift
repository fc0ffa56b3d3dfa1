import SafeText
import TrafficAnalysis

/// The content of the screen as plain values. Equal values are not drawn again.
package struct DashboardView: Sendable {
  /// The lines at the top.
  package var header: HeaderModel
  /// The panes that are on the screen.
  package var panes: [Pane: any PaneModel]
  /// The first visible line of the help; `nil` if the help is closed.
  package var help: Int?
  /// The pane that fills the screen, if one does.
  package var zoomed: Pane?
  /// The log is replayed.
  package var isReplay: Bool
  /// A temporary message before the keys.
  package var message: SafeString?

  /// - Parameter state: a state that was settled with the same snapshot and rooms.
  package init(
    _ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState, rooms: PaneRooms
  ) {
    header = HeaderModel(snapshot, status, state)
    panes = [:]
    for (pane, room) in rooms.panes {
      panes[pane] = pane.content.model(
        PaneContext(
          pane: pane, snapshot: snapshot, state: state, room: room, isLive: status.isLive))
    }
    help = state.showsHelp ? state.helpOffset : nil
    zoomed = state.isZoomed ? state.focus : nil
    isReplay = status.replay != nil
    message = status.message.map { SafeString($0) }
  }
}

// MARK: - Diff

/// A part of the screen that must be drawn again.
package enum Change: Hashable, Sendable {
  case header
  case footer
  case pane(Pane)
  /// One row of a pane's list, counted from the first visible one.
  case row(Pane, Int)
  /// The arrangement of the screen has changed.
  case everything
}

extension DashboardView {
  /// The parts that must be drawn if the screen displays `old`.
  package func changes(since old: DashboardView) -> Set<Change> {
    guard help == old.help, zoomed == old.zoomed, panes.keys == old.panes.keys,
      isReplay == old.isReplay, (header.notice == nil) == (old.header.notice == nil)
    else { return [.everything] }
    var changes: Set<Change> = []
    if header != old.header { changes.insert(.header) }
    if message != old.message { changes.insert(.footer) }
    for (pane, model) in panes {
      guard let before = old.panes[pane] else { continue }
      switch model.difference(fromAny: before) {
      case .nothing: break
      case .rows(let rows): changes.formUnion(rows.map { .row(pane, $0) })
      case .everything: changes.insert(.pane(pane))
      }
    }
    return changes
  }
}
