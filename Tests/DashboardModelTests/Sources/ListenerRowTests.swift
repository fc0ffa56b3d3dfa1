import AccessLog
import Messages
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// What the dashboard says of a listener and its peers.
struct ListenerRowTests {
  private func figures(_ change: (inout ListenerFigures) -> Void) -> ListenerFigures {
    var figures = ListenerFigures()
    change(&figures)
    return figures
  }

  private func state(_ figures: ListenerFigures) -> SourceState {
    var state = SourceState(path: Name("syslog:5514"), phase: .following)
    state.listener = figures
    return state
  }

  private func context(_ states: [SourceState], _ figures: [SourceFigures]) -> PaneContext {
    var snapshot = Snapshot()
    snapshot.sources = figures
    var context = PaneContext(.sources, snapshot, rows: 10, columns: 150)
    context.sources = states
    return context
  }

  /// Nothing is lost silently.
  @Test func theRowShowsPeersAndWhatWasLost() {
    func words(_ change: (inout ListenerFigures) -> Void) -> Words? {
      SourceListModel(context([state(figures(change))], [SourceFigures()])).rows.first?.cells.last
    }
    #expect(words { $0.peers = 3 } == Words("3 peers", .muted))
    #expect(
      words { ($0.peers, $0.isOpenToOthers) = (1, true) } == Words("open, 1 peer", .warning))
    #expect(
      words { ($0.peers, $0.droppedByKernel, $0.droppedHere) = (1, 1200, 34) }
        == Words("1,234 lost", .alert))
  }

  @Test func theNoticeLineSaysWhatWasLost() {
    let lost = state(figures { $0.droppedByKernel = 1234 })
    let status = RunStatus(source: lost, isLive: true)
    #expect(
      HeaderModel(Snapshot(), status, ViewState()).notice?.text
        == "1,234 datagrams dropped by the kernel, because they came faster than they were read")
    // Also beside other sources, whose format is that of all.
    let log = SourceState(path: Name("a.log"), format: "csv", phase: .following)
    let joined = SourceState(joining: [lost, log], named: Name("2 logs"))
    #expect(joined.listener?.lost == 1234 && joined.format == "csv")
  }

  /// In a display that is frozen, peers have come and gone since.
  @Test func figuresBelongToTheSourceOfTheirName() throws {
    var former = SourceFigures()
    former.name = Name("udp:192.0.2.1")
    former.tally.hits = 1234
    let present = SourceState(path: Name("udp:192.0.2.2"), format: "csv", phase: .following)
    let model = SourceListModel(context([present], [former]))
    let place = try #require(model.layout.columns.firstIndex(of: .hits))
    #expect(model.rows[0].cells[place].text.isEmpty)
  }
}
