import SafeText
import TrafficAnalysis

/// The content of the screen as plain values. Equal values are not drawn again.
package struct DashboardView: Sendable {
  /// The lines at the top.
  package var header: HeaderModel
  /// The panes that are on the screen.
  package var panes: [Pane: any PaneModel]
  /// The line at the bottom.
  package var footer: FooterModel
  /// The first visible line of the help; `nil` if the help is closed.
  package var help: Int?
  /// What determines the arrangement of the screen.
  private var arrangement: Arrangement

  private struct Arrangement: Equatable {
    var zoomed: Pane?
    var isReplay: Bool
    var hasNotice: Bool
    var showsDetails: Bool
    var help: Int?
    var panes: Set<Pane>
  }

  /// - Parameter state: a state that was settled with the same snapshot and rooms.
  package init(
    _ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState, rooms: PaneRooms
  ) {
    header = HeaderModel(snapshot, status, state)
    panes = [:]
    for (pane, room) in rooms.panes {
      let context = PaneContext(
        pane: pane, snapshot: snapshot, state: state, room: room, isLive: status.isLive,
        sources: status.sources, clocks: status.clocks, isReplay: status.replay != nil,
        deliveries: status.deliveries,
        historySaved: status.historySaved)
      if pane == .alerts, let alert = state.openAlert {
        panes[pane] = AlertDetailsModel(alert, context)
      } else {
        panes[pane] = pane.content.model(context)
      }
    }
    footer = FooterModel(status, state)
    help = state.showsHelp ? state.helpOffset : nil
    arrangement = Arrangement(
      zoomed: state.isZoomed ? state.focus : nil, isReplay: status.replay != nil,
      hasNotice: header.notice != nil, showsDetails: state.openAlert != nil, help: help,
      panes: Set(panes.keys))
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
    guard arrangement == old.arrangement else { return [.everything] }
    var changes: Set<Change> = []
    if header != old.header { changes.insert(.header) }
    if footer != old.footer { changes.insert(.footer) }
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
