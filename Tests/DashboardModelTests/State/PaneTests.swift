import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The panes and their digits.
struct PaneTests {
  @Test func everyPaneHasADigitOfItsOwn() {
    #expect(Pane.allCases == [.chart, .sections, .clients, .alerts, .status, .sources, .rules])
    #expect(Pane.allCases.map(\.digit) == [1, 2, 3, 4, 5, 6, 7])
    for pane in Pane.allCases { #expect(Pane(digit: pane.digit) == pane) }
    #expect(Pane(digit: 0) == nil && Pane(digit: 8) == nil)
    #expect(ViewState().focus == .sections)
  }

  @Test func onlyListsHaveRowsToSelect() {
    var traffic = Traffic()
    traffic.read(["/a": 2, "/b": 1])
    var snapshot = traffic.settledSnapshot()
    snapshot.addAlert(from: 1000, to: 1001)
    snapshot.addAlert(from: 1002)
    let counts = Pane.allCases.map { $0.content.rowCount(in: snapshot) }
    // The list of sources is in the state, with its order.
    #expect(counts == [0, 2, 1, 2, 0, 0, 1])
    var state = ViewState()
    state.arrangeSources(snapshot, .sample())
    #expect(state.roster.count == 1)
  }
}
