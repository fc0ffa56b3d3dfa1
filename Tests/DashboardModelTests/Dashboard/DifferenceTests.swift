import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// Which parts of the screen must be drawn again after a change.
struct DifferenceTests {
  private func view(
    _ snapshot: Snapshot, _ status: RunStatus = .sample(), _ state: ViewState = ViewState()
  ) -> DashboardView {
    var rooms = PaneRooms()
    for pane in Pane.allCases where pane != .rules {
      rooms.panes[pane] = PaneRoom(rows: 3, columns: 90)
    }
    return DashboardView(snapshot, status, state, rooms: rooms)
  }

  private func snapshot(_ hits: KeyValuePairs<String, Int> = ["/a": 3, "/b": 2]) -> Snapshot {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    let rows = hits.map { RankedName(name: Name($0.key), hits: $0.value) }
    snapshot.table.rankings = [RankedRows(rows, mostHits: 10), RankedRows(), RankedRows()]
    return snapshot
  }

  private func changes(_ change: (inout Snapshot) -> Void) -> Set<Change> {
    var changed = snapshot()
    change(&changed)
    return view(changed).changes(since: view(snapshot()))
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
  func onlyRowsThatDifferAreDrawnAgain(changes: Set<Change>, hits: KeyValuePairs<String, Int>) {
    #expect(view(snapshot(hits)).changes(since: view(snapshot())) == changes)
  }

  @Test func figuresOfTheHeaderRedrawOnlyTheHeader() {
    #expect(changes { $0.rateNow = Rate(hits: 5, seconds: 10) } == [.header])
    #expect(changes { $0.tally.late = 3 } == [.header])
    #expect(changes { $0.lifetime.bytes = 4000 } == [.header])
    #expect(changes { $0.highTraffic.rate = Rate(hits: 5, seconds: 120) } == [.header])
  }

  @Test func aSecondRedrawsTheChartAndTheClock() {
    #expect(
      changes {
        $0.history.append(SecondTotals(hits: 3), at: EpochSecond(1_549_573_600))
        $0.closedThrough = $0.history.last
      } == [.header, .pane(.chart)])
  }

  @Test func anAlertRedrawsWhatShowsIt() {
    #expect(
      changes { $0.addAlert(from: 1_549_573_571) } == [.header, .pane(.chart), .pane(.alerts)])
  }

  @Test func theDurationOfAnAlertRedrawsItsRow() {
    var early = snapshot()
    early.addAlert(from: 1_549_573_500, to: 1_549_573_520)
    early.addAlert(from: 1_549_573_571)
    var late = early
    late.highTraffic.peak = .ratio(Rate(hits: 99, seconds: 1))
    #expect(view(late).changes(since: view(early)) == [.row(.alerts, 0)])
  }

  @Test func codesRedrawOnlyTheStatus() {
    #expect(
      changes {
        $0.table.rankings[2] = RankedRows([RankedName(name: Name("200"), hits: 1)], mostHits: 1)
      } == [.pane(.status)])
  }

  @Test func aMessageRedrawsOnlyTheFooter() {
    var status = RunStatus.sample()
    status.message = "no further alert"
    #expect(view(snapshot(), status).changes(since: view(snapshot())) == [.footer])
  }

  @Test func theFocusRedrawsBothPanesAndTheKeys() {
    var state = ViewState()
    state.focus(.status)
    #expect(
      view(snapshot(), .sample(), state).changes(since: view(snapshot()))
        == [.pane(.sections), .pane(.status), .footer])
  }

  @Test func whatMovesThePanesRedrawsEverything() {
    let old = view(snapshot())
    var (zoomed, help) = (ViewState(), ViewState())
    zoomed.toggleZoom()
    help.toggleHelp()
    #expect(view(snapshot(), .sample(), zoomed).changes(since: old) == [.everything])
    #expect(view(snapshot(), .sample(), help).changes(since: old) == [.everything])
    var status = RunStatus.sample()
    status.terminalNotice = "drawn as vt100"
    #expect(view(snapshot(), status).changes(since: old) == [.everything])
    status = .sample()
    status.replay = .init(speed: "x1", position: 0, alerts: [])
    #expect(view(snapshot(), status).changes(since: old) == [.everything])
    var rooms = PaneRooms()
    rooms.panes[.status] = PaneRoom(rows: 3, columns: 90)
    let other = DashboardView(snapshot(), .sample(), ViewState(), rooms: rooms)
    #expect(other.changes(since: old) == [.everything])
  }

  @Test func theDetailsOfAnAlertReplaceTheList() {
    var snapshot = snapshot()
    snapshot.addAlert(from: 1_549_573_571)
    var state = ViewState()
    state.focus(.alerts)
    let old = view(snapshot, .sample(), state)
    _ = state.openSelectedAlert(snapshot, isLive: true)
    let new = view(snapshot, .sample(), state)
    #expect(new.changes(since: old) == [.everything])
    #expect(new.panes[.alerts] is AlertDetailsModel && old.panes[.alerts] is AlertListModel)
  }
}
