import AccessLog
import SafeText
import TrafficAnalysis

// The list of sources, and the one that is shown alone.

extension ViewState {
  /// Puts the sources in order. While one is selected, none that is known changes its place.
  ///
  /// - Complexity: O(n log n) for n sources
  package mutating func arrangeSources(_ snapshot: Snapshot, _ status: RunStatus) {
    let selected = lists[.sources]?.selected
    let path = selected.flatMap { roster.path(at: $0) }
    roster.update(
      status.sources, snapshot.sources, sourceOrder, status.clocks,
      isReplay: status.replay != nil, keepsOrder: selected != nil, now: snapshot.closedThrough)
    guard let selected, let path, roster.path(at: selected) != path else { return }
    // Others have come or gone above it: it keeps its place on the screen.
    if let place = roster.place(of: path) {
      lists[.sources]?.selected = place
      lists[.sources]?.offset += place - selected
    }
  }

  /// The indices of the visible sources among the states.
  package func visibleSources(_ rooms: PaneRooms) -> [Int] {
    guard let room = rooms.panes[.sources] else { return [] }
    let first = min(lists[.sources]?.offset ?? 0, roster.count)
    return (first..<min(roster.count, first + room.rows)).map(roster.state(at:))
  }

  /// The index of the figures of a source of the list.
  package func figures(ofSource state: Int, in snapshot: Snapshot) -> Int? {
    roster.figures(of: state, in: snapshot.sources)
  }

  /// The name of a source in the list.
  package func shortName(of source: SourceState) -> SafeString {
    roster.names.shortName(of: source)
  }

  // MARK: - Order

  /// Sorts the sources by the next of some columns.
  package mutating func changeSourceOrder(among columns: [SourceColumn]) {
    setSourceOrder(sourceOrder.next(among: columns))
  }

  /// Sorts the sources by a column; by the same one again reverses the order.
  package mutating func sortSources(by column: SourceColumn) {
    setSourceOrder(
      SourceOrder(column, isReversed: sourceOrder.column == column && !sourceOrder.isReversed))
  }

  /// Reverses the order of the sources.
  package mutating func reverseSources() {
    setSourceOrder(SourceOrder(sourceOrder.column, isReversed: !sourceOrder.isReversed))
  }

  /// Sorts the sources, from the first one on.
  package mutating func setSourceOrder(_ order: SourceOrder) {
    sourceOrder = order
    lists[.sources] = nil
  }

  // MARK: - One alone

  /// The name of the selected source; `nil` if none is, or another pane has the focus.
  package var selectedSource: Name? {
    focus == .sources ? lists[.sources]?.selected.flatMap { roster.path(at: $0) } : nil
  }

  /// Lets the panes show a source alone. The list gives its room to them.
  package mutating func showSource(_ path: Name) {
    if shownSource == nil { returnsToZoom = isZoomed }
    shownSource = path
    zoom(false)
    focus(.first)
    cursor = nil
    for pane in Pane.allCases where pane.slot != nil { lists[pane] = nil }
  }

  /// Shows all sources again, with the list as it was.
  package mutating func showAllSources() {
    shownSource = nil
    focus(.sources)
    zoom(returnsToZoom)
    returnsToZoom = false
    cursor = nil
    for pane in Pane.allCases where pane.slot != nil { lists[pane] = nil }
  }
}
