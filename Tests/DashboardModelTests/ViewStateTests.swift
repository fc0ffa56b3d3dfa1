import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

struct ViewStateTests {
  /// The history of alerts with room for ten.
  private func history(_ snapshot: Snapshot, _ state: ViewState) -> AlertHistoryModel {
    AlertHistoryModel(
      PaneContext(
        pane: .alerts, snapshot: snapshot, state: state, room: .list(rows: 10), isLive: true))
  }

  @Test func backLeavesHelpThenTheSelectionThenTheZoomThenTheProgram() {
    var traffic = Traffic()
    traffic.read(["/a": 2, "/b": 1])
    traffic.state.toggleZoom()
    traffic.move(by: 1)
    traffic.state.toggleHelp()
    #expect(traffic.state.back() == .changed && !traffic.state.showsHelp)
    #expect(traffic.rows() == ["[/a]", "/b"])
    #expect(traffic.state.back() == .changed)
    #expect(traffic.rows() == ["/a", "/b"])
    #expect(traffic.state.isZoomed)
    #expect(traffic.state.back() == .changed && !traffic.state.isZoomed)
    #expect(traffic.state.back() == .quit)
  }

  @Test func theFocusMovesOnlyToPanesOnTheScreenUnlessADigitIsTyped() {
    var state = ViewState()
    let shown: Set<Pane> = [.hitRate, .sections, .alerts]
    var panes: [Pane] = []
    for _ in 0..<4 {
      state.focus(by: 1, among: shown)
      panes.append(state.focus)
    }
    #expect(panes == [.alerts, .hitRate, .sections, .alerts])
    state.focus(by: -1, among: shown)
    #expect(state.focus == .sections)
    let isOther = state.focus(by: 1, among: [.sections])
    #expect(!isOther)
    #expect(state.focus == .sections)
    state.focus(.clients)
    #expect(state.focus == .clients && state.recent == [.clients, .sections, .alerts, .hitRate])
  }

  @Test func aSelectedAlertKeepsItsPlaceOnTheScreenWhenNewOnesArrive() {
    let mean = Rate(hits: 1300, seconds: 120)
    var snapshot = Snapshot()
    let rule = snapshot.highTraffic.definition
    func trigger(_ second: Int64) -> AlertTransition {
      AlertTransition(
        rule: rule, change: .triggered, second: EpochSecond(second), hits: 1300, value: mean)
    }
    snapshot.transitions = (0..<30).map { trigger($0 * 100) }
    var rooms = PaneRooms()
    rooms.panes[.alerts] = .list(rows: 10)
    var state = ViewState()
    state.focus(.alerts)
    for _ in 0..<4 { state.move(by: 1, snapshot, rooms) }
    let before = history(snapshot, state)
    #expect(state.selectedAlert == EpochSecond(2600))
    snapshot.transitions.append(trigger(5000))
    state.settle(snapshot, rooms)
    let after = history(snapshot, state)
    #expect(before.rows.firstIndex(where: \.isSelected) == 3)
    #expect(after.rows.firstIndex(where: \.isSelected) == 3)
    #expect(before.rows[3].cells[0] == after.rows[3].cells[0])
    // At an earlier moment of a replay the alert does not exist.
    snapshot.transitions = [trigger(0)]
    state.settle(snapshot, rooms)
    #expect(state.selectedAlert == nil)
    #expect(history(snapshot, state).rows.count == 1)
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
