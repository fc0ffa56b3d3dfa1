import SafeText
import TrafficAnalysis

/// Everything on the screen, as plain values: what is equal is not drawn again.
package struct DashboardView: Equatable, Sendable {
  package var header: HeaderModel
  package var hitRate: HitRateModel?
  package var sections: TableModel?
  package var clients: TableModel?
  package var alerts: AlertHistoryModel?
  package var status: StatusModel?
  /// The first line of the help that can be seen; nothing where it is not shown.
  package var help: Int?
  /// The pane that takes the whole screen.
  package var zoomed: Pane?
  package var isReplay: Bool
  /// Stands beside the keys for a moment.
  package var message: SafeString?

  /// - Parameter state: settled with the same snapshot and rooms.
  package init(
    _ snapshot: Snapshot, _ status: RunStatus, _ state: ViewState, rooms: PaneRooms
  ) {
    header = HeaderModel(snapshot, status, state)
    let shown = rooms.visible
    func rows(_ pane: Pane) -> Int { rooms.rows[pane] ?? 0 }
    let focus = state.focus
    if shown.contains(.hitRate) {
      hitRate = HitRateModel(
        snapshot, state, span: state.span(isLive: status.isLive), columns: rooms.chartColumns,
        focused: focus == .hitRate)
    }
    if shown.contains(.sections) {
      sections = .sections(snapshot, state, rows: rows(.sections), focused: focus == .sections)
    }
    if shown.contains(.clients) {
      clients = .clients(snapshot, state, rows: rows(.clients), focused: focus == .clients)
    }
    if shown.contains(.alerts) {
      alerts = AlertHistoryModel(
        snapshot, state, rows: rows(.alerts), focused: focus == .alerts)
    }
    if shown.contains(.status) {
      self.status = StatusModel(snapshot, focused: focus == .status)
    }
    help = state.showsHelp ? state.helpOffset : nil
    zoomed = state.isZoomed ? focus : nil
    isReplay = status.replay != nil
    message = status.message.map { SafeString($0) }
  }
}

// MARK: - Diff

/// Which part of the screen has to be drawn again.
package enum Change: Hashable, Sendable {
  case header
  case footer
  case pane(Pane)
  /// One row of a pane's list, counted from the first that can be seen.
  case row(Pane, Int)
  /// Panes came or went.
  case everything
}

extension DashboardView {
  /// What has to be drawn after `old`; nothing where nothing changed.
  package func changes(since old: DashboardView) -> Set<Change> {
    guard help == old.help, zoomed == old.zoomed, shown == old.shown,
      isReplay == old.isReplay, (header.notice == nil) == (old.header.notice == nil)
    else { return [.everything] }
    var changes: Set<Change> = []
    if header != old.header { changes.insert(.header) }
    if message != old.message { changes.insert(.footer) }
    if hitRate != old.hitRate { changes.insert(.pane(.hitRate)) }
    if status != old.status { changes.insert(.pane(.status)) }
    if let sections, let before = old.sections {
      changes.formUnion(sections.changes(since: before, in: .sections))
    }
    if let clients, let before = old.clients {
      changes.formUnion(clients.changes(since: before, in: .clients))
    }
    if let alerts, let before = old.alerts {
      changes.formUnion(alerts.changes(since: before))
    }
    return changes
  }

  private var shown: Set<Pane> {
    var panes: Set<Pane> = []
    if hitRate != nil { panes.insert(.hitRate) }
    if sections != nil { panes.insert(.sections) }
    if clients != nil { panes.insert(.clients) }
    if alerts != nil { panes.insert(.alerts) }
    if status != nil { panes.insert(.status) }
    return panes
  }
}

extension TableModel {
  fileprivate func changes(since old: TableModel, in pane: Pane) -> Set<Change> {
    var same = old
    same.rows = rows
    guard self == same, rows.count == old.rows.count else { return [.pane(pane)] }
    return Set(rows.indices.filter { rows[$0] != old.rows[$0] }.map { .row(pane, $0) })
  }
}

extension AlertHistoryModel {
  fileprivate func changes(since old: AlertHistoryModel) -> Set<Change> {
    var same = old
    same.rows = rows
    guard self == same, rows.count == old.rows.count else { return [.pane(.alerts)] }
    return Set(rows.indices.filter { rows[$0] != old.rows[$0] }.map { .row(.alerts, $0) })
  }
}
