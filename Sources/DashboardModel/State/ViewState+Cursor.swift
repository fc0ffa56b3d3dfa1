import AccessLog
import TrafficAnalysis

// The cursor of the chart, and the alert that is open.

extension ViewState {
  /// Moves the cursor of the chart by some columns; without one it appears at the newest column.
  package mutating func moveCursor(
    by step: Int, _ snapshot: Snapshot, _ rooms: PaneRooms, isLive: Bool
  ) {
    guard let known = snapshot.charted, let room = rooms.panes[.chart] else { return }
    let span = chartSpan(snapshot, columns: room.columns, isLive: isLive)
    let last = span.column(of: known.upperBound)
    let first = max(0, span.column(of: known.lowerBound))
    var column = last
    if let cursor {
      let (moved, overflow) = span.column(of: cursor).addingReportingOverflow(step)
      column = overflow ? (step > 0 ? last : first) : moved
    } else if step == .min {
      column = first
    }
    cursor = span.seconds(ofColumn: min(max(column, first), last)).lowerBound
  }

  /// Moves the cursor of the chart by some seconds; without one it starts from the last closed second.
  package mutating func moveCursor(bySeconds step: Int64, _ snapshot: Snapshot, isLive: Bool) {
    guard let known = snapshot.charted else { return }
    let moved = (cursor ?? known.upperBound).advanced(by: step)
    cursor = min(max(moved, known.lowerBound), known.upperBound)
    showCursor(snapshot, isLive: isLive)
  }

  /// Puts the cursor at a column of the chart, from 0.
  package mutating func setCursor(
    column: Int, _ snapshot: Snapshot, _ rooms: PaneRooms, isLive: Bool
  ) {
    guard let known = snapshot.charted, let room = rooms.panes[.chart] else { return }
    let span = chartSpan(snapshot, columns: room.columns, isLive: isLive)
    let seconds = span.seconds(ofColumn: column)
    if seconds.overlaps(known) { cursor = seconds.lowerBound }
  }

  /// The beginning of the alert that follows the cursor, or precedes it if `step` is negative; without
  /// a cursor the latest one precedes.
  package func alert(after step: Int, in snapshot: Snapshot) -> EpochSecond? {
    let triggers = snapshot.transitions.lazy.filter { $0.change == .triggered }.map(\.second)
    guard let cursor else { return triggers.max() }
    return step > 0 ? triggers.first { $0 > cursor } : triggers.last { $0 < cursor }
  }

  /// Puts the cursor at the beginning of an alert, and opens its details where those of another one are
  /// open.
  package mutating func goToAlert(at second: EpochSecond, _ snapshot: Snapshot, isLive: Bool) {
    if openAlert != nil {
      openAlert = snapshot.transitions.last { $0.change == .triggered && $0.second == second }
        .map { AlertKey($0) }
    } else {
      focus(.chart)
    }
    cursor = second
    showCursor(snapshot, isLive: isLive)
  }

  /// Closes the details of an alert, if they are open.
  package mutating func closeDetails() {
    guard openAlert != nil else { return }
    openAlert = nil
    cursor = nil
  }

  /// The seconds of the chart, in its columns.
  func chartSpan(_ snapshot: Snapshot, columns: Int, isLive: Bool) -> ChartSpan {
    ChartSpan(
      span(isLive: isLive), snapshot.history, end: snapshot.charted?.upperBound, columns: columns,
      isLive: isLive)
  }

  /// Chooses the shortest span of the chart that shows the cursor, if the current one does not.
  private mutating func showCursor(_ snapshot: Snapshot, isLive: Bool) {
    guard let cursor, let now = snapshot.closedThrough else { return }
    func shows(_ span: TableWindow) -> Bool {
      if case .last(let seconds) = span { now.seconds(since: cursor) < seconds } else { true }
    }
    guard !shows(span(isLive: isLive)) else { return }
    span = spans.first(where: shows)
  }

  /// Opens the details of the selected alert, of the latest one of the selected rule, or else of the
  /// latest one, and puts the cursor at its beginning.
  ///
  /// - Returns: `false` if there is no alert.
  package mutating func openSelectedAlert(_ snapshot: Snapshot, isLive: Bool) -> Bool {
    let rule = focus == .rules ? selectedRule(in: snapshot)?.definition.name : nil
    let latest = snapshot.transitions.last {
      $0.change == .triggered && (rule == nil || $0.rule.name == rule)
    }
    guard let alert = selectedAlert ?? latest.map({ AlertKey($0) }) else { return false }
    focus(.alerts)
    openAlert = alert
    cursor = alert.second
    showCursor(snapshot, isLive: isLive)
    return true
  }
}
