import AccessLog
import SafeText
import TrafficAnalysis

/// How much of each pane can be seen, as the layout has it.
package struct PaneRooms: Equatable, Sendable {
  package var chartColumns = 0
  /// Rows of a list, without head and frame; a pane that is not shown has none.
  package var rows: [Pane: Int] = [:]
  package var visible: Set<Pane> = []

  package init() {}
}

/// Classes of status, and methods, over the window of the tables.
package struct StatusModel: Equatable, Sendable {
  package struct Row: Equatable, Sendable {
    package var name: String
    /// How it is to be read where it occurs.
    package var weight: Weight
    package var share: Double
    package var hits: String
    package var percent: String
  }

  package enum Weight: Equatable, Sendable { case usual, client, server, none }

  package var rows: [Row]
  package var methods: [Row]
  package var note: String
  package var focused: Bool

  init(_ snapshot: Snapshot, focused: Bool) {
    let traffic = snapshot.table.traffic
    rows = StatusClass.displayOrder.compactMap { status in
      let hits = traffic.status[status]
      let isRare = status == .informational || status == .other
      guard !isRare || hits > 0 else { return nil }
      let weight: Weight =
        switch status {
        case .clientError: .client
        case .serverError: .server
        default: .usual
        }
      return Self.row(status.name, hits, of: traffic.hits, weight)
    }
    methods = traffic.methods.ranked.map {
      Self.row($0.method.name, $0.hits, of: traffic.hits, .usual)
    }
    note = TableModel.note(snapshot.table)
    self.focused = focused
  }

  private static func row(_ name: String, _ hits: Int, of whole: Int, _ weight: Weight) -> Row {
    Row(
      name: name, weight: hits > 0 ? weight : .none,
      share: whole > 0 ? min(1, Double(hits) / Double(whole)) : 0, hits: Wording.grouped(hits),
      percent: Wording.percent(hits, of: whole))
  }
}

/// Everything on the screen, as plain values: what is equal is not drawn again.
package struct DashboardView: Equatable, Sendable {
  package var header: HeaderModel
  package var hitRate: HitRateModel?
  package var sections: TableModel?
  package var clients: TableModel?
  package var alerts: AlertHistoryModel?
  package var status: StatusModel?
  package var showsHelp: Bool
  package var zoomed: Pane?
  package var isReplay: Bool
  /// Stands in place of the keys for a moment.
  package var message: SafeString?

  /// - Parameter state: follows its selected rows.
  package init(
    _ snapshot: Snapshot, _ status: RunStatus, _ state: inout ViewState, rooms: PaneRooms
  ) {
    header = HeaderModel(snapshot, status, state)
    func rows(_ pane: Pane) -> Int { rooms.rows[pane] ?? 0 }
    let focus = state.focus
    if rooms.visible.contains(.hitRate) {
      hitRate = HitRateModel(
        snapshot, state, span: state.span(isLive: status.isLive), columns: rooms.chartColumns,
        focused: focus == .hitRate)
    }
    if rooms.visible.contains(.sections) {
      sections = .sections(snapshot, &state, rows: rows(.sections), focused: focus == .sections)
    }
    if rooms.visible.contains(.clients) {
      clients = .clients(snapshot, &state, rows: rows(.clients), focused: focus == .clients)
    }
    if rooms.visible.contains(.alerts) {
      alerts = AlertHistoryModel(
        snapshot, &state, rows: rows(.alerts), focused: focus == .alerts)
    }
    if rooms.visible.contains(.status) {
      self.status = StatusModel(snapshot, focused: focus == .status)
    }
    showsHelp = state.showsHelp
    zoomed = state.zoomed
    isReplay = status.replay != nil
    message = status.message.map { SafeString($0) }
  }

  /// Every row of the pane that has the keys.
  package static func keys(_ snapshot: Snapshot, _ state: ViewState) -> [RowKey] {
    switch state.focus {
    case .sections:
      state.ordered(snapshot.table.sections, in: .sections) { $0.name }.map { .name($0.name) }
    case .clients:
      state.ordered(snapshot.table.clients, in: .clients) { $0.name }.map { .name($0.name) }
    case .alerts: AlertHistoryModel.keys(snapshot)
    case .status, .hitRate: []
    }
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
    guard showsHelp == old.showsHelp, zoomed == old.zoomed, shown == old.shown,
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
