import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

private let keys = (0..<20).map { RowKey.name(Name("/\($0)")) }

struct ViewStateTests {
  @Test func backLeavesHelpThenTheSelectionThenTheZoomThenTheProgram() {
    var state = ViewState()
    state.zoom()
    state.move(by: 1, in: keys, visible: 5)
    state.showsHelp = true
    #expect(state.back() == .changed && !state.showsHelp)
    #expect(state.back() == .changed && state.lists[.sections]?.selected == nil)
    #expect(state.back() == .changed && state.zoomed == nil)
    #expect(state.back() == .quit)
  }

  @Test func theFirstRowIsTheFirstOfAllAlsoWhereTheListStandsFurtherDown() {
    var state = ViewState()
    state.move(by: .max, in: keys, visible: 5)
    _ = state.back()
    state.move(by: .min, in: keys, visible: 5)
    #expect(state.lists[.sections]?.selected == keys[0])
    #expect(state.lists[.sections]?.offset == 0)
  }

  @Test func aSelectedAlertKeepsItsPlaceOnTheScreenWhenNewOnesCome() {
    let mean = Rate(hits: 1300, seconds: 120)
    var snapshot = Snapshot()
    func trigger(_ second: Int64) -> AlertTransition {
      AlertTransition(change: .triggered, second: EpochSecond(second), hits: 1300, mean: mean)
    }
    snapshot.transitions = (0..<30).map { trigger($0 * 100) }
    var state = ViewState()
    state.focus = .alerts
    for _ in 0..<4 { state.move(by: 1, in: AlertHistoryModel.keys(snapshot), visible: 10) }
    let before = AlertHistoryModel(snapshot, &state, rows: 10, focused: true)
    snapshot.transitions.append(trigger(5000))
    let after = AlertHistoryModel(snapshot, &state, rows: 10, focused: true)
    #expect(before.rows.firstIndex(where: \.isSelected) == 3)
    #expect(after.rows.firstIndex(where: \.isSelected) == 3)
    #expect(before.rows[3].time == after.rows[3].time)
  }

  @Test func theOrderStandsStillWhileARowIsSelected() {
    func sections(_ names: [String]) -> Snapshot {
      var snapshot = Snapshot()
      snapshot.table.sections = names.map {
        RankedSection(
          name: Name($0), hits: 1, bytes: 0, clientErrors: 0, serverErrors: 0, error: 0)
      }
      return snapshot
    }
    func names(_ snapshot: Snapshot, _ state: inout ViewState) -> [String] {
      TableModel.sections(snapshot, &state, rows: 9, focused: true).rows.map(\.name.text)
    }
    var state = ViewState()
    let first = sections(["/a", "/b", "/c"])
    state.move(by: 1, in: DashboardView.keys(first, state), visible: 9)
    #expect(names(sections(["/n", "/c", "/b", "/a"]), &state) == ["/a", "/b", "/c", "/n"])
    _ = state.back()
    #expect(names(sections(["/c", "/b", "/a"]), &state) == ["/c", "/b", "/a"])
  }

  @Test func theWindowsGoRoundInBothDirections() {
    var state = ViewState()
    for _ in ViewState.windows { state.changeWindow(by: 1, isLive: true, interval: 10) }
    #expect(state.window == .last(seconds: 10))
    state.changeWindow(by: -1, isLive: true, interval: 10)
    #expect(state.window == .all)
  }
}
