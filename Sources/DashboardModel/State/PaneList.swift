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
  var rule: String
  var key: Name?
  var triggered: Bool

  init(_ transition: AlertTransition) {
    rule = transition.rule.name
    key = transition.key
    second = transition.second
    triggered = transition.change == .triggered
  }
}
