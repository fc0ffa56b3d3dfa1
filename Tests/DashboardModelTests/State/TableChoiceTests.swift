import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// Order, dimension and comparison of the tables.
struct TableChoiceTests {
  private let columns: [TableColumn] = [
    .name, .trend, .hits, .share, .clientErrors, .serverErrors, .change,
  ]

  private func request(_ state: ViewState, _ slot: Int) -> RankingRequest {
    var rooms = PaneRooms()
    for slot in 0..<Pane.tableCount {
      rooms.panes[.table(slot)] = PaneRoom(rows: 5, columns: 60)
    }
    return state.tableRequest(.all, rooms, Snapshot(), isLive: true).rankings[slot]
  }

  @Test func sortingGoesThroughTheVisibleColumnsThatCanBeSorted() {
    var state = ViewState()
    var sorted: [TableColumn] = []
    for _ in 0..<7 {
      let isTable = state.changeSorting(among: columns)
      #expect(isTable)
      sorted.append(state.tables[0].column)
    }
    #expect(
      sorted == [.share, .clientErrors, .serverErrors, .change, .name, .hits, .share])
    #expect(state.tables[1].column == .hits)
    #expect(request(state, 0).order == RankingOrder(.hits))
  }

  @Test func aColumnThatIsNoLongerVisibleIsFollowedByTheFirst() {
    var state = ViewState()
    state.restoreSorting(.bytes, isReversed: true, of: 0)
    _ = state.changeSorting(among: columns)
    #expect(state.tables[0].column == .name && !state.tables[0].isReversed)
    _ = state.changeSorting(among: [.trend])
    #expect(state.tables[0].column == .name)
  }

  @Test func theSameColumnAgainReversesTheOrder() {
    var state = ViewState()
    state.sort(by: .serverErrors)
    #expect(request(state, 0).order == RankingOrder(.serverErrors))
    state.sort(by: .serverErrors)
    #expect(request(state, 0).order == RankingOrder(.serverErrors, isReversed: true))
    let isTable = state.reverseSorting()
    #expect(isTable && request(state, 0).order == RankingOrder(.serverErrors))
    state.sort(by: .trend)
    #expect(state.tables[0].column == .serverErrors)
  }

  @Test func theDimensionOfTheFocusedTableChanges() {
    var state = ViewState()
    var dimensions: [Dimension] = []
    for _ in Dimension.common {
      _ = state.changeDimension(by: 1)
      dimensions.append(request(state, 0).dimension)
    }
    #expect(dimensions == [.client, .status, .section])
    _ = state.changeDimension(by: -1)
    #expect(state.tables.map(\.dimension) == [.status, .client])
    state.focus(.table(1))
    _ = state.changeDimension(by: 1)
    #expect(state.tables.map(\.dimension) == [.status, .status])
  }

  /// Another order or dimension begins at its first row, without a selection.
  @Test(arguments: 0...3)
  func aNewOrderBeginsAtTheTop(change: Int) {
    var traffic = Traffic()
    traffic.state.focus(.clients)
    traffic.read(clients: 0..<20)
    traffic.move(by: .max)
    #expect(traffic.state.selectedRow == 19)
    switch change {
    case 0: traffic.state.sort(by: .bytes)
    case 1: _ = traffic.state.reverseSorting()
    case 2: _ = traffic.state.changeDimension(by: 1)
    default: _ = traffic.state.changeSorting(among: columns)
    }
    #expect(traffic.state.selectedRow == nil)
    #expect(traffic.state.lists[.clients] == nil)
  }

  @Test func onlyTablesCanBeSorted() {
    var state = ViewState()
    for pane in [Pane.chart, .alerts, .status] {
      state.focus(pane)
      let results = (
        state.changeSorting(among: columns), state.reverseSorting(), state.changeDimension(by: 1)
      )
      #expect(!results.0 && !results.1 && !results.2)
      state.sort(by: .bytes)
    }
    #expect(state.tables.map(\.column) == [.hits, .hits])
    state.restoreSorting(.bytes, isReversed: false, of: 9)
    #expect(state.tables.map(\.column) == [.hits, .hits])
  }

  @Test func comparisonsCycle() {
    var state = ViewState()
    var comparisons: [TableComparison] = []
    for _ in 0..<4 {
      comparisons.append(state.comparison)
      state.changeComparison()
    }
    #expect(comparisons == [.windowBefore, .hourBefore, .dayBefore, .windowBefore])
    let request = state.tableRequest(.all, PaneRooms(), Snapshot(), isLive: true)
    #expect(request.comparison == .hourBefore)
  }

  @Test func timesAreRequestedOnlyForATableThatFillsTheScreen() {
    var state = ViewState()
    #expect(!request(state, 0).wantsTimes)
    state.toggleZoom()
    #expect(request(state, 0).wantsTimes && !request(state, 1).wantsTimes)
  }

  @Test func codesAreRequestedOnlyForTheStatus() {
    var rooms = PaneRooms()
    func codes() -> Int {
      ViewState().tableRequest(.all, rooms, Snapshot(), isLive: true)
        .rankings[2].places.count
    }
    #expect(codes() == 0)
    rooms.panes[.status] = PaneRoom(rows: 5, columns: 40)
    #expect(codes() == StatusModel.codeLimit)
  }
}
