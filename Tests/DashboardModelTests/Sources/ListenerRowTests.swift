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
    return PaneContext.sources(states, snapshot)
  }

  /// Nothing is lost silently.
  @Test func theRowShowsPeersAndWhatWasLost() {
    func words(_ change: (inout ListenerFigures) -> Void) -> Words? {
      SourceListModel(context([state(figures(change))], [SourceFigures()])).rows.first?.cells.last
    }
    #expect(words { $0.peers = 3 } == Words("3 peers", .muted))
    #expect(
      words { ($0.peers, $0.isOpenToOthers) = (1, true) } == Words("open 1 peer", .warning))
    // The warning stays whatever else there is to say.
    #expect(
      words { ($0.peers, $0.isOpenToOthers, $0.droppedHere) = (1, true, 1234) }
        == Words("open 1.2k lost", .alert))
    for lost in [1, 999, 99_999, 1_234_567, 987_654_321] {
      let text = words { ($0.droppedHere, $0.isOpenToOthers) = (lost, true) }?.text ?? ""
      #expect(text.count <= SourceColumn.state.width, "\(text)")
    }
    #expect(
      words { ($0.peers, $0.droppedByKernel, $0.droppedHere) = (1, 1200, 34) }
        == Words("1,234 lost", .alert))
  }

  @Test func theNoticeLineSaysWhatWasLost() {
    let lost = state(figures { $0.droppedByKernel = 1234 })
    var status = RunStatus(source: lost, isLive: true)
    status.hasRecentLoss = true
    func notice() -> String? { HeaderModel(Snapshot(), status, ViewState()).notice?.text }
    let loss = "1,234 datagrams dropped by the kernel: sent too fast"
    #expect(notice() == loss)
    // It does not hide for good, or at once, that nothing is saved.
    status.storeNotices = ["history not saved: No space left on device"]
    #expect(notice() == "history not saved: No space left on device; " + loss)
    status.hasRecentLoss = false
    #expect(notice() == "history not saved: No space left on device")
    // Also beside other sources, whose format is that of all.
    let log = SourceState(path: Name("a.log"), format: "csv", phase: .following)
    let joined = SourceState(joining: [lost, log], named: Name("2 logs"))
    #expect(joined.listener?.lost == 1234 && joined.format == "csv")
  }

  /// What one machine sends says nothing about the others.
  @Test func aPeerWithoutAFormatHidesNothing() {
    let listener = state(figures { $0.peers = 2 })
    var peer = SourceState(path: Name("udp:192.0.2.1"), format: "csv", phase: .following)
    peer.isPeer = true
    var junk = SourceState(path: Name("udp:192.0.2.2"), phase: .following)
    junk.isPeer = true
    func header(_ states: [SourceState]) -> HeaderModel {
      var status = RunStatus(
        source: SourceState(joining: states, named: Name("syslog:5514")), isLive: true)
      status.sources = states
      var snapshot = Snapshot()
      (snapshot.undecided, snapshot.tally.hits, snapshot.tally.lines) = (1, 10, 11)
      return HeaderModel(snapshot, status, ViewState())
    }
    let both = header([listener, junk, peer])
    #expect(both.format == "csv" && both.state != .notice("no format yet"))
    let only = header([listener, junk])
    #expect(only.format.isEmpty && only.state == .notice("no format yet"))
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
