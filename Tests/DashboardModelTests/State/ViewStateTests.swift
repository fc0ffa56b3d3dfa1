import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// Focus, levels, help and windows.
struct ViewStateTests {
  @Test func backLeavesOneLevelAtATime() {
    var traffic = Traffic()
    traffic.read(["/a": 2, "/b": 1])
    traffic.state.toggleZoom()
    traffic.state.cursor = EpochSecond(1000)
    traffic.move(by: 1)
    traffic.state.toggleHelp()
    #expect(traffic.state.back() == .changed && !traffic.state.showsHelp)
    #expect(traffic.rows() == ["[/a]", "/b"])
    #expect(traffic.state.back() == .changed)
    #expect(traffic.rows() == ["/a", "/b"] && traffic.state.cursor != nil)
    #expect(traffic.state.back() == .changed && traffic.state.cursor == nil)
    #expect(traffic.state.isZoomed)
    #expect(traffic.state.back() == .changed && !traffic.state.isZoomed)
    #expect(traffic.state.back() == .quit)
  }

  @Test func theDetailsOfAnAlertAreALevelAboveItsSelection() {
    var snapshot = Snapshot(SecondSeries(0...99))
    snapshot.addAlert(from: 50)
    var (state, rooms) = (ViewState(), PaneRooms())
    rooms.panes[.alerts] = PaneRoom(rows: 5, columns: 60)
    state.focus(.alerts)
    state.move(by: 1, snapshot, rooms)
    _ = state.openSelectedAlert(snapshot, isLive: true)
    #expect(state.back() == .changed && state.openAlert == nil && state.selectedRow == 0)
    #expect(state.back() == .changed && state.selectedRow == nil)
    #expect(state.back() == .quit)
    // Another pane closes them.
    _ = state.openSelectedAlert(snapshot, isLive: true)
    state.focus(.chart)
    #expect(state.openAlert == nil)
  }

  @Test func theFocusMovesOnlyToPanesOnTheScreenUnlessADigitIsTyped() {
    var state = ViewState()
    let shown: Set<Pane> = [.chart, .sections, .alerts]
    var panes: [Pane] = []
    for _ in 0..<4 {
      state.focus(by: 1, among: shown)
      panes.append(state.focus)
    }
    #expect(panes == [.alerts, .chart, .sections, .alerts])
    state.focus(by: -1, among: shown)
    #expect(state.focus == .sections)
    let isOther = state.focus(by: 1, among: [.sections])
    #expect(!isOther)
    #expect(state.focus == .sections)
    state.focus(.clients)
    #expect(state.focus == .clients && state.recent == [.clients, .sections, .alerts, .chart])
  }

  @Test func theHelpScrollsWhileItIsOpenAndOpensAtItsFirstLine() {
    var traffic = Traffic()
    traffic.read(["/a": 2, "/b": 1])
    traffic.rooms.help = (lines: 40, visible: 8)
    traffic.state.toggleHelp()
    for (step, offset) in [(1, 1), (7, 8), (.max, 32), (1, 32), (-30, 2), (.min, 0), (-1, 0)] {
      traffic.move(by: step)
      #expect(traffic.state.helpOffset == offset)
    }
    #expect(traffic.rows() == ["/a", "/b"])
    traffic.move(by: 5)
    // All lines fit now.
    traffic.rooms.help.visible = 40
    _ = traffic.settledSnapshot()
    #expect(traffic.state.helpOffset == 0)
  }

  @Test func theWindowsCycleInBothDirections() {
    var state = ViewState()
    for _ in ViewState.windows { state.changeWindow(by: 1, isLive: true, interval: 10) }
    #expect(state.window == .last(seconds: 10))
    state.changeWindow(by: -1, isLive: true, interval: 10)
    #expect(state.window == .all)
  }
}
