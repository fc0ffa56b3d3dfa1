import AccessLog
import TrafficAnalysis

/// What a person did to the picture: which pane has the keys, what is selected, what is shown.
package struct ViewState: Sendable {
  package enum Outcome: Equatable, Sendable {
    case nothing, changed, quit
  }

  package static let windows: [TableWindow] =
    [10, 60, 120, 300, 900, 3600].map { .last(seconds: $0) } + [.all]
  package static let spans: [TableWindow] =
    [300, 900, 3600, 21_600, 86_400].map { .last(seconds: $0) } + [.all]

  /// The panes by when they had the keys, the latest first: where there is no room for all, those
  /// are shown that were used last.
  package private(set) var recent = [Pane.first]
  /// The pane that has the keys takes the whole screen.
  package private(set) var isZoomed = false
  package private(set) var showsHelp = false
  /// The first line of the help that can be seen.
  package internal(set) var helpOffset = 0
  /// `nil`: one interval while the log is live, all of it afterwards.
  package var window: TableWindow?
  /// `nil`: five minutes while the log is live, the whole of a finished one.
  package var span: TableWindow?
  package internal(set) var lists: [Pane: PaneList] = [:]
  package var times = TimeDisplay.utc

  package init() {}

  /// The pane that has the keys.
  package var focus: Pane { recent[0] }

  // MARK: - Levels

  /// One level back: help, selection, zoom.
  package mutating func back() -> Outcome {
    if showsHelp {
      showsHelp = false
    } else if lists[focus]?.selected != nil {
      lists[focus] = PaneList(offset: lists[focus]?.offset ?? 0)
    } else if isZoomed {
      isZoomed = false
    } else {
      return .quit
    }
    return .changed
  }

  /// Opens the help at its beginning, or closes it.
  package mutating func toggleHelp() {
    showsHelp.toggle()
    helpOffset = 0
  }

  /// Gives the keys to a pane; the layout brings it to the screen.
  package mutating func focus(_ pane: Pane) {
    recent.removeAll { $0 == pane }
    recent.insert(pane, at: 0)
  }

  /// Gives the keys to the next pane on the screen, or to one before it.
  ///
  /// - Returns: whether there is another one.
  @discardableResult
  package mutating func focus(by step: Int, among shown: Set<Pane>) -> Bool {
    let panes = Pane.allCases.filter { shown.contains($0) }
    guard let place = panes.firstIndex(of: focus), panes.count > 1 else { return false }
    focus(panes[(place + step + panes.count) % panes.count])
    return true
  }

  package mutating func zoom() { isZoomed.toggle() }

  // MARK: - Choices

  package func window(isLive: Bool, interval: Int64) -> TableWindow {
    window ?? (isLive ? .last(seconds: interval) : .all)
  }

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
}
