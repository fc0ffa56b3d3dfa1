import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The list of panes, and which parts of a pane must be drawn again.
struct PaneTests {
  @Test func everyDimensionHasAPaneAndTheFirstFiveKeepTheirDigits() {
    #expect(
      Pane.allCases.prefix(5) == [.sections, .clients, .alerts, .status, .hitRate])
    for dimension in Dimension.allCases { #expect(Pane.allCases.contains(.ranking(dimension))) }
    #expect(Set(Pane.allCases).count == Pane.allCases.count)
    #expect(Pane.numbered.map(\.digit) == Array(1...Pane.numbered.count))
    #expect(ViewState().focus == .sections)
  }

  @Test func onlyRankingsAndAlertsHaveRowsToSelect() {
    var traffic = Traffic()
    traffic.read(["/a": 2, "/b": 1])
    let snapshot = traffic.settledSnapshot()
    let counts = Pane.allCases.prefix(5).map { $0.content.rowCount(in: snapshot) }
    #expect(counts == [2, 1, 0, 0, 0])
  }

  private func view(_ snapshot: Snapshot, _ state: ViewState = ViewState()) -> DashboardView {
    var rooms = PaneRooms()
    for pane in Pane.allCases { rooms.panes[pane] = .list(rows: 3) }
    rooms.panes[.status] = .any
    rooms.panes[.hitRate] = .chart(columns: 60)
    let status = RunStatus(source: SourceState(path: Name("a"), phase: .following), isLive: true)
    return DashboardView(snapshot, status, state, rooms: rooms)
  }

  private func snapshot(_ hits: KeyValuePairs<String, Int>) -> Snapshot {
    var snapshot = Snapshot()
    let rows = hits.map { RankedName(name: Name($0.key), hits: $0.value) }
    snapshot.table.rankings[.section] = RankedRows(rows, mostHits: 10)
    return snapshot
  }

  @Test(
    arguments: [
      ([], ["/a": 3, "/b": 2] as KeyValuePairs),
      ([.row(.sections, 1)], ["/a": 3, "/b": 1]),
      ([.row(.sections, 0), .row(.sections, 1)], ["/b": 4, "/a": 3]),
      // A new row changes the border too, even if the row is not visible.
      ([.pane(.sections)], ["/a": 3, "/b": 2, "/c": 1]),
      ([.pane(.sections)], ["/a": 3, "/b": 2, "/c": 1, "/d": 1]),
    ] as [(Set<Change>, KeyValuePairs<String, Int>)])
  func onlyRowsThatDifferAreDrawnAgainIfTheListKeepsItsLength(
    changes: Set<Change>, hits: KeyValuePairs<String, Int>
  ) {
    let old = view(snapshot(["/a": 3, "/b": 2]))
    #expect(view(snapshot(hits)).changes(since: old) == changes)
  }

  @Test func aChangeOfTheFocusDrawsBothPanesAgain() {
    var state = ViewState()
    let old = view(Snapshot(), state)
    state.focus(.status)
    #expect(view(Snapshot(), state).changes(since: old) == [.pane(.sections), .pane(.status)])
  }
}
