import AccessLog
import TrafficAnalysis

/// Where one pane's list stands: from which row on it can be seen, and which row is selected.
package struct PaneList: Equatable, Sendable {
  package internal(set) var offset = 0
  /// The place of the selected row.
  package internal(set) var selected: Int?
  /// Of a table with a selected row: the names that were on the screen since, and those above them.
  /// They keep their places until the selection ends.
  var pinned: [Name] = []
  /// Of the alert history: the alert that is selected, wherever it stands by now.
  var alert: AlertKey?

  /// Moves the selection, and the list where the selected row would not be seen.
  ///
  /// - Parameters:
  ///   - step: rows down, negative up; `.max` and `.min` are the ends.
  ///   - count: how many rows there are.
  ///   - visible: how many of them can be seen.
  mutating func move(by step: Int, count: Int, visible: Int) {
    guard count > 0, visible > 0 else { return }
    let last = count - 1
    var place = offset
    if let selected {
      let (moved, overflow) = selected.addingReportingOverflow(step)
      place = overflow ? (step > 0 ? last : 0) : moved
    } else if step == .max || step == .min {
      place = step > 0 ? last : 0
    }
    place = min(max(place, 0), last)
    selected = place
    alert = nil
    offset = offset(showing: visible)
  }

  /// What must be known of a ranking to show the list.
  func request(rows: Int) -> RankingRequest {
    guard rows > 0 else { return .first(0) }
    let offset = offset(showing: rows)
    let end = offset + rows
    guard selected != nil else { return RankingRequest(places: offset..<end) }
    return RankingRequest(pinned: pinned, places: min(offset, pinned.count)..<end)
  }

  /// Comes to terms with a ranking as it is now: while a row is selected, the rows that can be seen
  /// stay where they are, and none is beyond the end.
  ///
  /// - Parameters:
  ///   - first: the place of the first of `names`.
  ///   - count: how many rows the ranking has.
  mutating func settle(first: Int, names: [Name], count: Int, visible: Int) {
    if let place = selected {
      if (first..<first + names.count).contains(pinned.count) {
        pinned += names[(pinned.count - first)...]
      }
      selected = count > 0 ? min(place, count - 1) : nil
    }
    keepWithin(count, visible)
  }

  /// Follows the selected alert to where it stands now: it keeps its place on the screen while
  /// others come in above it.
  mutating func settle(alerts: some RandomAccessCollection<AlertKey>, visible: Int) {
    if let place = selected {
      alert = alert ?? alerts.dropFirst(place).first
      selected = alerts.firstIndex { $0 == alert }.map {
        alerts.distance(from: alerts.startIndex, to: $0)
      }
      if let selected { offset += selected - place } else { alert = nil }
    }
    keepWithin(alerts.count, visible)
  }

  private mutating func keepWithin(_ count: Int, _ visible: Int) {
    offset = max(0, min(offset, count - max(visible, 1)))
    offset = offset(showing: visible)
  }

  /// The offset with which the selected row can be seen.
  private func offset(showing visible: Int) -> Int {
    guard let selected, visible > 0 else { return offset }
    return max(min(offset, selected), selected - visible + 1)
  }
}

/// What tells a row of the alert history from every other.
package struct AlertKey: Equatable, Sendable {
  package var second: EpochSecond
  var triggered: Bool

  init(_ transition: AlertTransition) {
    second = transition.second
    triggered = transition.change == .triggered
  }
}

// MARK: - Rows

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
        by: step, count: snapshot.rowCount(of: focus), visible: rooms.rows[focus] ?? 0)
    }
    settle(snapshot, rooms)
  }

  /// What must be known of the rankings to show the tables.
  package func tableRequest(_ window: TableWindow, _ rooms: PaneRooms) -> TableRequest {
    let rankings = PerDimension { dimension in
      let pane = Pane(of: dimension)
      return (lists[pane] ?? PaneList()).request(rows: rooms.rows[pane] ?? 0)
    }
    return TableRequest(window: window, rankings: rankings)
  }

  /// Comes to terms with the figures and the room that there are now, so that what is selected can be
  /// seen and no list stands beyond its end. A view is made of the state behind that.
  package mutating func settle(_ snapshot: Snapshot, _ rooms: PaneRooms) {
    helpOffset = max(0, min(helpOffset, rooms.helpLines - rooms.helpVisible))
    let (sections, clients) = (snapshot.table.rankings[.section], snapshot.table.rankings[.client])
    if let visible = rooms.rows[.sections] {
      lists[.sections]?.settle(
        first: sections.first, names: sections.rows.map(\.name), count: sections.count,
        visible: visible)
    }
    if let visible = rooms.rows[.clients] {
      lists[.clients]?.settle(
        first: clients.first, names: clients.rows.map(\.name), count: clients.count,
        visible: visible)
    }
    if let visible = rooms.rows[.alerts] {
      lists[.alerts]?.settle(
        alerts: snapshot.transitions.lazy.map(AlertKey.init).reversed(), visible: visible)
    }
  }

  /// The state as it is to be shown.
  package func settled(_ snapshot: Snapshot, _ rooms: PaneRooms) -> ViewState {
    var state = self
    state.settle(snapshot, rooms)
    return state
  }

  /// The alert that is selected, where the history has the keys.
  package var selectedAlert: EpochSecond? {
    focus == .alerts ? lists[.alerts]?.alert?.second : nil
  }
}

extension Snapshot {
  /// How many rows the list of a pane has.
  fileprivate func rowCount(of pane: Pane) -> Int {
    switch pane {
    case .sections: table.rankings[.section].count
    case .clients: table.rankings[.client].count
    case .alerts: transitions.count
    case .status, .hitRate: 0
    }
  }
}
