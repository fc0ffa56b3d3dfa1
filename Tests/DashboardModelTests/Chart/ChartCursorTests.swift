import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The cursor of the chart and the way to alerts.
struct ChartCursorTests {
  private let snapshot: Snapshot
  private var rooms = PaneRooms()
  private var state = ViewState()

  init() {
    var snapshot = Snapshot(SecondSeries(1000...1599))
    snapshot.addAlert(from: 1100, to: 1150)
    snapshot.addAlert(from: 1400)
    self.snapshot = snapshot
    rooms.panes[.chart] = PaneRoom(rows: 8, columns: 61)
  }

  private mutating func move(_ step: Int, isLive: Bool = false) -> Int64? {
    state.moveCursor(by: step, snapshot, rooms, isLive: isLive)
    return state.cursor?.value
  }

  @Test mutating func theCursorAppearsAtTheNewestColumnAndStopsAtTheEnds() {
    #expect(move(1) == 1590)
    #expect(move(1) == 1590)
    #expect(move(-1) == 1580)
    #expect(move(.min) == 1000)
    #expect(move(-1) == 1000)
    #expect(move(.max) == 1590)
    #expect(state.back() == .changed && state.cursor == nil)
    #expect(move(.min) == 1000)
  }

  @Test mutating func withoutAChartThereIsNoCursor() {
    state.moveCursor(by: 1, Snapshot(), rooms, isLive: true)
    #expect(state.cursor == nil)
    state.moveCursor(by: 1, snapshot, PaneRooms(), isLive: true)
    #expect(state.cursor == nil)
  }

  @Test mutating func theMomentOfTheCursorIsItsColumn() {
    state.cursor = EpochSecond(1234)
    func moment(_ rooms: PaneRooms) -> ClosedRange<EpochSecond>? {
      state.tableRequest(.all, rooms, snapshot, isLive: false).moment
    }
    #expect(moment(rooms) == EpochSecond(1230)...EpochSecond(1239))
    #expect(moment(PaneRooms()) == nil)
    state.cursor = nil
    #expect(moment(rooms) == nil)
  }

  @Test mutating func alertsAreFoundOnBothSidesOfTheCursor() {
    #expect(state.alert(after: 1, in: snapshot)?.value == 1400)
    #expect(state.alert(after: -1, in: snapshot)?.value == 1400)
    state.cursor = EpochSecond(1400)
    #expect(state.alert(after: 1, in: snapshot) == nil)
    #expect(state.alert(after: -1, in: snapshot)?.value == 1100)
    state.cursor = EpochSecond(1100)
    #expect(state.alert(after: -1, in: snapshot) == nil)
    #expect(state.alert(after: 1, in: snapshot)?.value == 1400)
    #expect(state.alert(after: 1, in: Snapshot()) == nil)
  }

  @Test mutating func openingAnAlertPutsTheCursorAtItsBeginning() {
    state.focus(.alerts)
    rooms.panes[.alerts] = PaneRoom(rows: 5, columns: 60)
    let isOpen = state.openSelectedAlert(snapshot, isLive: true)
    #expect(isOpen && state.openAlert?.second.value == 1400 && state.cursor?.value == 1400)
    #expect(state.back() == .changed)
    #expect(state.openAlert == nil && state.cursor == nil)
    // The selected one, which is the second from above.
    state.move(by: 1, snapshot, rooms)
    state.move(by: 1, snapshot, rooms)
    _ = state.openSelectedAlert(snapshot, isLive: true)
    #expect(state.openAlert?.second.value == 1100 && state.cursor?.value == 1100)
    var empty = ViewState()
    let isOpenWithoutAlert = empty.openSelectedAlert(Snapshot(), isLive: true)
    #expect(!isOpenWithoutAlert && empty.openAlert == nil)
  }
}
