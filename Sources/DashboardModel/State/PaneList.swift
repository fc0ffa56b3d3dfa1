import AccessLog
import TrafficAnalysis

/// The position and the selection of a pane's list.
package struct PaneList: Equatable, Sendable {
  /// The index of the first visible row.
  package internal(set) var offset = 0
  /// The index of the selected row.
  package internal(set) var selected: Int?
  /// In a ranking with a selected row: the names that have been visible since the selection, and those
  /// above them. They keep their places until the selection ends.
  var pinned: [Name] = []
  /// In the alert history: the selected alert, whatever its index is by now.
  var alert: AlertKey?

  /// Moves the selection, and scrolls if the selected row would not be visible.
  ///
  /// - Parameters:
  ///   - step: the rows to move down, or up if negative; `.max` and `.min` move to the ends.
  ///   - count: the number of rows.
  ///   - visible: the number of visible rows.
  mutating func move(by step: Int, count: Int, visible: Int) {
    guard count > 0, visible > 0 else { return }
    let last = count - 1
    var index = offset
    if let selected {
      let (moved, overflow) = selected.addingReportingOverflow(step)
      index = overflow ? (step > 0 ? last : 0) : moved
    } else if step == .max || step == .min {
      index = step > 0 ? last : 0
    }
    index = min(max(index, 0), last)
    selected = index
    alert = nil
    offset = offset(showing: visible)
  }

  /// Selects the row with an index, and scrolls if it would not be visible.
  mutating func select(_ index: Int, count: Int, visible: Int) {
    guard (0..<count).contains(index), visible > 0 else { return }
    selected = index
    alert = nil
    offset = offset(showing: visible)
  }

  /// Scrolls by some rows without selecting one, or moves the selection where there is one.
  mutating func scroll(by step: Int, count: Int, visible: Int) {
    guard selected == nil else { return move(by: step, count: count, visible: visible) }
    offset = max(0, min(offset + step, count - max(visible, 1)))
  }

  /// The part of a ranking that the list needs.
  func request(_ dimension: Dimension, rows: Int) -> RankingRequest {
    guard rows > 0 else { return RankingRequest(dimension, places: 0..<0) }
    let offset = offset(showing: rows)
    let end = offset + rows
    guard selected != nil else { return RankingRequest(dimension, places: offset..<end) }
    return RankingRequest(dimension, pinned: pinned, places: min(offset, pinned.count)..<end)
  }

  /// Adapts to a new ranking: pins the visible rows while one is selected, and keeps the list within the
  /// ranking.
  ///
  /// - Parameters:
  ///   - first: the index of the first of `names`.
  ///   - names: the names that the list requested.
  ///   - count: the number of rows in the ranking.
  ///   - visible: the number of visible rows.
  mutating func settle(first: Int, names: [Name], count: Int, visible: Int) {
    if let index = selected {
      if (first..<first + names.count).contains(pinned.count) {
        pinned += names[(pinned.count - first)...]
      }
      selected = count > 0 ? min(index, count - 1) : nil
    }
    clampOffset(count, visible)
  }

  /// Adapts to new alerts: the selected one keeps its place on the screen when others are inserted above
  /// it.
  mutating func settle(alerts: some RandomAccessCollection<AlertKey>, visible: Int) {
    if let index = selected {
      alert = alert ?? alerts.dropFirst(index).first
      selected = alerts.firstIndex { $0 == alert }.map {
        alerts.distance(from: alerts.startIndex, to: $0)
      }
      if let selected { offset += selected - index } else { alert = nil }
    }
    clampOffset(alerts.count, visible)
  }

  /// Adapts to a list whose rows keep their order.
  mutating func settle(count: Int, visible: Int) {
    if let index = selected { selected = count > 0 ? min(index, count - 1) : nil }
    clampOffset(count, visible)
  }

  /// Keeps the list within its rows, and the selected row visible.
  private mutating func clampOffset(_ count: Int, _ visible: Int) {
    offset = max(0, min(offset, count - max(visible, 1)))
    offset = offset(showing: visible)
  }

  /// The closest offset at which the selected row is visible.
  private func offset(showing visible: Int) -> Int {
    guard let selected, visible > 0 else { return offset }
    return max(min(offset, selected), selected - visible + 1)
  }
}

/// The identity of an alert.
package struct AlertKey: Hashable, Sendable {
  /// When the alert triggered.
  package var second: EpochSecond
  /// The name of its rule.
  package var rule: String
  /// The affected name, if the rule judges each by itself.
  package var key: Name?

  /// - Parameter transition: the transition with which the alert began or ended.
  package init(_ transition: AlertTransition) {
    rule = transition.rule.name
    key = transition.key
    second = transition.second
    if case .recovered(let since) = transition.change { second = since }
  }
}
