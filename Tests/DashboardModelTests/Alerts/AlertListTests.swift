import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The list of alerts: one row each.
struct AlertListTests {
  private func list(
    _ snapshot: Snapshot, _ state: ViewState = ViewState(), rows: Int = 10
  ) -> AlertListModel {
    AlertListModel(PaneContext(.alerts, snapshot, state, rows: rows))
  }

  private func growth(_ name: String, from before: Int, to now: Int) -> NameChange {
    NameChange(
      name: Name(name), before: Rate(hits: before, seconds: 600), now: Rate(hits: now, seconds: 120)
    )
  }

  @Test func anAlertHasARowFromItsBeginningToItsEnd() {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    snapshot.addAlert(
      from: 1_549_573_100, to: 1_549_573_187, peak: 22,
      changes: [growth("/api", from: 600, to: 1440)])
    snapshot.addAlert(from: 1_549_573_571, peak: 31)
    let list = list(snapshot)
    #expect(list.rows.map(\.isActive) == [true, false])
    #expect(
      list.rows.map { $0.cells.map(\.text) } == [
        ["21:06:11", "high traffic", "31.00/s over 10", "for 0:28"],
        ["20:58:20", "high traffic", "22.00/s over 10", "lasted 1:27"],
      ])
    #expect(list.rows[0].cause == nil)
    #expect(list.rows[1].cause?.name == "/api" && list.rows[1].cause?.growth == "+11.0/s")
    #expect(list.rows[0].cells.allSatisfy { $0.emphasis == .alert })
    #expect(list.frame.note == "2 alerts")
  }

  /// A client is the cause if it accounts for most of what the section grew by.
  @Test(arguments: [(96, "/api"), (960, "10.0.0.9")])
  func theCauseIsASectionUnlessOneClientMakesMostOfIt(hits: Int, cause: String) {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    snapshot.addAlert(from: 1_549_573_100, changes: [growth("/api", from: 0, to: 1200)])
    snapshot.transitions[0].changes[.client] = [growth("10.0.0.9", from: 0, to: hits)]
    #expect(list(snapshot).rows[0].cause?.name.text == cause)
    snapshot.transitions[0].changes[.section] = []
    #expect(list(snapshot).rows[0].cause?.name == "10.0.0.9")
  }

  @Test func theDateIsShownOnceAnAlertIsFromAnotherDay() {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    snapshot.addAlert(from: 1_549_573_100, to: 1_549_573_101)
    let today = list(snapshot)
    #expect(today.rows[0].cells[0].text == "20:58:20")
    snapshot.closedThrough = EpochSecond(1_549_584_000)
    let tomorrow = list(snapshot)
    #expect(tomorrow.rows[0].cells[0].text == "2019-02-07 20:58:20")
    #expect(tomorrow.widths[0] == 19 && today.widths[0] == 8)
    #expect(tomorrow.widths.dropFirst() == today.widths.dropFirst())
  }

  /// Every cell fits its column, whatever the limit and the value are.
  @Test(arguments: ["10", "0.001", "2.5", "22000", "100000000000000000000"])
  func cellsFitTheirColumns(limit: String) throws {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    snapshot.highTraffic.definition.limit = try #require(Threshold(limit))
    for peak in [0, 1, 99, 9_999, 223_795, 12_345_678, Int.max / 1000] {
      snapshot.transitions = []
      snapshot.addAlert(from: 1_549_573_100, to: 1_549_903_101, peak: peak)
      snapshot.addAlert(from: 1_549_573_200, peak: peak)
      let list = list(snapshot)
      for row in list.rows {
        for (cell, width) in zip(row.cells, list.widths) {
          #expect(cell.text.count <= width, "\(cell.text)")
        }
      }
    }
  }

  @Test func theWidthsDoNotDependOnTheAlerts() {
    let empty = list(Snapshot(SecondSeries(0...99)))
    var snapshot = Snapshot(SecondSeries(0...99))
    snapshot.addAlert(from: 5, peak: 1_000_000)
    #expect(list(snapshot).widths == empty.widths)
    #expect(empty.rows.isEmpty && empty.frame.note.isEmpty)
  }

  @Test func onlyVisibleAlertsAreRows() {
    var snapshot = Snapshot(SecondSeries(0...9999))
    for start in 0..<30 { snapshot.addAlert(from: Int64(start * 100), to: Int64(start * 100 + 9)) }
    let list = list(snapshot, rows: 7)
    #expect(list.rows.count == 7 && list.frame.footnote == "1-7 of 30")
    #expect(list.rows[0].cells[0].text == "00:48:20")
  }

  @Test func aSelectedAlertKeepsItsPlaceOnTheScreenWhenNewOnesArrive() {
    var snapshot = Snapshot(SecondSeries(0...9999))
    for start in 0..<30 { snapshot.addAlert(from: Int64(start * 100), to: Int64(start * 100 + 9)) }
    var rooms = PaneRooms()
    rooms.panes[.alerts] = PaneRoom(rows: 10, columns: 80)
    var state = ViewState()
    state.focus(.alerts)
    for _ in 0..<4 { state.move(by: 1, snapshot, rooms) }
    let before = list(snapshot, state)
    #expect(state.selectedAlert?.second == EpochSecond(2600))
    snapshot.addAlert(from: 5000, to: 5009)
    state.settle(snapshot, rooms)
    let after = list(snapshot, state)
    #expect(before.rows.firstIndex(where: \.isSelected) == 3)
    #expect(after.rows.firstIndex(where: \.isSelected) == 3)
    #expect(before.rows[3].cells == after.rows[3].cells)
    // At an earlier moment of a replay the alert does not exist.
    snapshot.transitions = Array(snapshot.transitions.prefix(2))
    state.settle(snapshot, rooms)
    #expect(state.selectedAlert == nil)
    #expect(list(snapshot, state).rows.count == 1)
  }
}
