import AccessLog
import TrafficAnalysis

/// The panes, in the order in which keys go through them.
package enum Pane: Int, CaseIterable, Hashable, Sendable {
  case sections = 1
  case clients, alerts, status, hitRate

  package var title: String {
    switch self {
    case .sections: "Top sections"
    case .clients: "Top clients"
    case .alerts: "Alert history"
    case .status: "Status and methods"
    case .hitRate: "Hits per second"
    }
  }

  /// With the digit that brings the keys there.
  package var numberedTitle: String { "\(rawValue) \(title)" }
}

/// What tells a row from every other, wherever it stands.
package enum RowKey: Hashable, Sendable {
  case name(Name)
  case alert(EpochSecond, triggered: Bool)
}

/// What a person did to the picture: which pane has the keys, what is selected, what is shown.
package struct ViewState: Sendable {
  /// Where one pane's list stands.
  package struct List: Equatable, Sendable {
    package var offset = 0
    package var selected: RowKey?
    /// Where the selected row stood last.
    var selectedIndex = 0
    /// The order of the names while a row is selected.
    var frozen: [Name]?
  }

  package enum Outcome: Equatable, Sendable {
    case nothing, changed, quit
  }

  package static let windows: [TableWindow] =
    [10, 60, 120, 300, 900, 3600].map { .last(seconds: $0) } + [.all]
  package static let spans: [TableWindow] =
    [300, 900, 3600, 21_600, 86_400].map { .last(seconds: $0) } + [.all]

  package var focus = Pane.sections
  package var zoomed: Pane?
  package var showsHelp = false
  /// `nil`: one interval while the log is live, all of it afterwards.
  package var window: TableWindow?
  /// `nil`: five minutes while the log is live, the whole of a finished one.
  package var span: TableWindow?
  package var lists: [Pane: List] = [:]
  package var times = TimeDisplay.utc

  package init() {}

  /// The alert that is selected, where the history has the keys.
  package var selectedAlert: EpochSecond? {
    guard focus == .alerts, case .alert(let second, _)? = lists[.alerts]?.selected else {
      return nil
    }
    return second
  }

  package func window(isLive: Bool, interval: Int64) -> TableWindow {
    window ?? (isLive ? .last(seconds: interval) : .all)
  }

  // MARK: - Levels

  /// One level back: help, selection, zoom.
  package mutating func back() -> Outcome {
    if showsHelp {
      showsHelp = false
    } else if lists[focus]?.selected != nil {
      lists[focus] = List(offset: lists[focus]?.offset ?? 0)
    } else if zoomed != nil {
      zoomed = nil
    } else {
      return .quit
    }
    return .changed
  }

  package mutating func focus(_ pane: Pane) {
    focus = pane
    if zoomed != nil { zoomed = pane }
  }

  package mutating func focus(by step: Int) {
    let panes = Pane.allCases
    let place = (panes.firstIndex(of: focus) ?? 0) + step
    focus(panes[(place + panes.count) % panes.count])
  }

  package mutating func zoom() {
    zoomed = zoomed == nil ? focus : nil
  }

  // MARK: - Choices

  package mutating func changeWindow(by step: Int, isLive: Bool, interval: Int64) {
    var choices = Self.windows
    let usual = TableWindow.last(seconds: interval)
    if !choices.contains(usual) { choices.insert(usual, at: 0) }
    let now = choices.firstIndex(of: window(isLive: isLive, interval: interval)) ?? 0
    window = choices[(now + step + choices.count) % choices.count]
  }

  package func span(isLive: Bool) -> TableWindow {
    span ?? (isLive ? Self.spans[0] : .all)
  }

  package mutating func changeSpan(by step: Int, isLive: Bool) {
    let now = Self.spans.firstIndex(of: span(isLive: isLive)) ?? 0
    span = Self.spans[(now + step + Self.spans.count) % Self.spans.count]
  }

  // MARK: - Rows

  /// Moves the selection of the pane that has the keys.
  ///
  /// - Parameters:
  ///   - step: rows down, negative up; `.max` and `.min` are the ends.
  ///   - keys: every row of the list, as it stands now.
  ///   - visible: how many rows can be seen.
  package mutating func move(by step: Int, in keys: [RowKey], visible: Int) {
    guard !keys.isEmpty else { return }
    var list = lists[focus] ?? List()
    if let selected = list.selected {
      let index = keys.firstIndex(of: selected) ?? min(list.selectedIndex, keys.count - 1)
      let (moved, overflow) = index.addingReportingOverflow(step)
      list.selectedIndex = min(max(overflow ? (step > 0 ? .max : 0) : moved, 0), keys.count - 1)
    } else {
      let first = step == .min ? 0 : list.offset
      list.selectedIndex = step == .max ? keys.count - 1 : min(first, keys.count - 1)
      list.frozen = keys.compactMap { if case .name(let name) = $0 { name } else { nil } }
    }
    list.selected = keys[list.selectedIndex]
    list.offset = min(list.offset, list.selectedIndex)
    list.offset = max(list.offset, list.selectedIndex - max(visible, 1) + 1)
    lists[focus] = list
  }

  /// Follows the selected row to where it stands now: it keeps its place on the screen while others
  /// come in above it.
  ///
  /// - Parameter keys: every row; asked for only where one is selected.
  mutating func follow(
    _ pane: Pane, in keys: @autoclosure () -> [RowKey], count: Int, visible: Int
  ) {
    guard var list = lists[pane] else { return }
    if let selected = list.selected {
      let keys = keys()
      if let index = keys.firstIndex(of: selected) {
        list.offset += index - list.selectedIndex
        list.selectedIndex = index
      } else {
        list = List(offset: list.offset)
      }
    }
    list.offset = max(0, min(list.offset, count - max(visible, 1)))
    lists[pane] = list
  }

  func isSelected(_ key: RowKey, in pane: Pane) -> Bool {
    lists[pane]?.selected == key
  }

  /// Rows in the order they had when one of them was selected; new ones after them.
  func ordered<Row>(_ rows: [Row], in pane: Pane, name: (Row) -> Name) -> [Row] {
    guard let frozen = lists[pane]?.frozen, lists[pane]?.selected != nil else { return rows }
    var places: [Name: Int] = [:]
    for (place, name) in frozen.enumerated() { places[name] = place }
    return rows.enumerated().sorted {
      let left = places[name($0.element)] ?? frozen.count + $0.offset
      let right = places[name($1.element)] ?? frozen.count + $1.offset
      return left < right
    }.map(\.element)
  }
}
