import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// Lists with a selected row, and lists with too many rows to rank them all at every tick.
struct PaneListTests {
  @Test func theOrderIsKeptWhileARowIsSelected() {
    var traffic = Traffic()
    traffic.read(["/a": 3, "/b": 2, "/c": 1])
    traffic.move(by: 1)
    #expect(traffic.rows() == ["[/a]", "/b", "/c"])
    traffic.read(["/n": 20, "/c": 10])
    #expect(traffic.rows() == ["[/a]", "/b", "/c", "/n"])
    // Rows that become visible keep their places too.
    traffic.read(["/m": 90, "/l": 50])
    #expect(traffic.rows() == ["[/a]", "/b", "/c", "/n", "/m"])
    traffic.move(by: 9)
    #expect(traffic.rows() == ["/b", "/c", "/n", "/m", "[/l]"])
    _ = traffic.state.back()
    #expect(traffic.rows() == ["/l", "/n", "/c", "/a", "/b"])
  }

  @Test func aSelectedRowKeepsItsPlaceInAWindowThatItHasLeft() {
    var traffic = Traffic()
    traffic.read(["/a": 3, "/b": 2])
    #expect(traffic.rows(.last(seconds: 2)) == ["/a", "/b"])
    traffic.move(by: 1)
    for _ in 0..<5 { traffic.read(["/c": 1]) }
    #expect(traffic.rows(.last(seconds: 2)) == ["[/a]", "/b", "/c"])
    let table = traffic.settledSnapshot(.last(seconds: 2)).sections
    #expect(table.rows.map(\.hits) == [0, 0, 2])
  }

  @Test func homeSelectsTheFirstRowOfAScrolledList() {
    var traffic = Traffic()
    traffic.state.focus(.clients)
    traffic.read(clients: 0..<20)
    traffic.move(by: .max)
    #expect(traffic.state.lists[.clients]?.selected == 19)
    _ = traffic.state.back()
    #expect(traffic.state.lists[.clients]?.offset == 15)
    traffic.move(by: .min)
    #expect(traffic.rows().first == "[c1000000]")
    #expect(traffic.state.lists[.clients]?.offset == 0)
  }

  /// Every row is reached from both ends and page by page, and occurs once.
  @Test func everyRowOfALongListCanBeReached() {
    var traffic = Traffic()
    traffic.rooms.panes[.clients] = PaneRoom(rows: 100, columns: 60)
    traffic.state.focus(.clients)
    traffic.read(clients: 0..<7200)
    traffic.move(by: .max)
    #expect(traffic.rows().last == "[c1007199]")
    #expect(traffic.settledSnapshot().clients.count == 7200)
    traffic.move(by: .min)
    var seen: [String] = []
    for _ in 0..<72 {
      seen += traffic.rows().map { $0.filter { !"[]".contains($0) } }
      traffic.move(by: seen.count == 100 ? 199 : 100)
    }
    #expect(Set(seen).count == 7200)
  }

  @Test func onlyVisibleRowsAreRanked() {
    var traffic = Traffic()
    traffic.state.focus(.clients)
    traffic.read(clients: 0..<7200)
    #expect(traffic.settledSnapshot().clients.rows.count == 5)
    // With a selection too: only rows that were on the screen are pinned.
    traffic.move(by: 1)
    for _ in 0..<20 { traffic.move(by: 1) }
    #expect(traffic.settledSnapshot().clients.rows.count <= 10)
    #expect((traffic.state.lists[.clients]?.pinned.count ?? 0) <= 30)
    // A pane that is not on the screen needs none.
    traffic.rooms.panes = [.sections: PaneRoom(rows: 5, columns: 60)]
    #expect(traffic.settledSnapshot().clients.rows.isEmpty)
  }

  @Test func aListThatHasBecomeShorterScrollsToItsEnd() {
    var traffic = Traffic()
    traffic.state.focus(.clients)
    traffic.read(clients: 0..<100)
    traffic.move(by: .max)
    _ = traffic.state.back()
    for _ in 0..<5 { traffic.read(clients: 0..<7) }
    #expect(traffic.rows(.last(seconds: 2)).count == 5)
    #expect(traffic.rows(.last(seconds: 2)).last == "c1000006")
    // More room is used.
    traffic.rooms.panes[.clients] = PaneRoom(rows: 20, columns: 60)
    #expect(traffic.rows(.last(seconds: 2)).count == 7)
  }

  @Test func theSelectedRowStaysVisibleInASmallerPane() {
    var traffic = Traffic()
    traffic.state.focus(.clients)
    traffic.read(clients: 0..<100)
    for _ in 0..<5 { traffic.move(by: 1) }
    traffic.rooms.panes[.clients] = PaneRoom(rows: 2, columns: 60)
    #expect(traffic.rows().count { $0.hasPrefix("[") } == 1)
    #expect(traffic.rows().count == 2)
  }
}
