import AccessLog
import TrafficAnalysis

// The cursor of the chart, and the alert that is open.

extension ViewState {
  /// Moves the cursor of the chart by some columns; without one it appears at the newest column.
  package mutating func moveCursor(
    by step: Int, _ snapshot: Snapshot, _ rooms: PaneRooms, isLive: Bool
  ) {
    guard let kept = snapshot.history.kept, let room = rooms.panes[.chart] else { return }
    let span = ChartSpan(
      span(isLive: isLive), snapshot.history, columns: room.columns, isLive: isLive)
    let last = span.column(of: kept.upperBound)
    let first = max(0, span.column(of: kept.lowerBound))
    var column = last
    if let cursor {
      let (moved, overflow) = span.column(of: cursor).addingReportingOverflow(step)
      column = overflow ? (step > 0 ? last : first) : moved
    } else if step == .min {
      column = first
    }
    cursor = span.seconds(ofColumn: min(max(column, first), last)).lowerBound
  }

  /// Puts the cursor at a column of the chart, from 0.
  package mutating func setCursor(
    column: Int, _ snapshot: Snapshot, _ rooms: PaneRooms, isLive: Bool
  ) {
    guard let kept = snapshot.history.kept, let room = rooms.panes[.chart] else { return }
    let span = ChartSpan(
      span(isLive: isLive), snapshot.history, columns: room.columns, isLive: isLive)
    let seconds = span.seconds(ofColumn: column)
    if seconds.overlaps(kept) { cursor = seconds.lowerBound }
  }

  /// Puts the cursor at a second.
  package mutating func setCursor(_ second: EpochSecond?) { cursor = second }

  /// The beginning of the alert that follows the cursor, or precedes it if `step` is negative; without
  /// a cursor the latest one precedes.
  package func alert(after step: Int, in snapshot: Snapshot) -> EpochSecond? {
    let triggers = snapshot.transitions.lazy.filter { $0.change == .triggered }.map(\.second)
    guard let cursor else { return triggers.max() }
    return step > 0 ? triggers.first { $0 > cursor } : triggers.last { $0 < cursor }
  }

  /// Opens the details of the selected alert, or of the latest one if none is selected, and puts the
  /// cursor at its beginning.
  ///
  /// - Returns: `false` if there is no alert.
  package mutating func openSelectedAlert(_ snapshot: Snapshot) -> Bool {
    let latest = snapshot.transitions.last { $0.change == .triggered }.map { AlertKey($0) }
    guard let alert = selectedAlert ?? latest else { return false }
    openAlert = alert
    cursor = alert.second
    return true
  }
}
