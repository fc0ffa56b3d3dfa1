import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The order of the sources, what is selected and searched in it, and the source that is shown alone.
struct SourceOrderTests {
  private static let rooms: PaneRooms = {
    var rooms = PaneRooms()
    rooms.panes[.sources] = PaneRoom(rows: 5, columns: 150)
    return rooms
  }()

  /// A list with a state, as a dashboard keeps it.
  private struct List {
    var states: [SourceState]
    var figures: [SourceFigures]
    var state = ViewState()
    var now = FleetTests.now

    init(_ states: [SourceState], _ figures: [SourceFigures]? = nil) {
      self.states = states
      self.figures = figures ?? states.map { _ in FleetTests.figures() }
      state.focus(.sources)
      arrange()
    }

    var snapshot: Snapshot { FleetTests.snapshot(figures, at: now) }

    mutating func arrange() {
      var status = RunStatus(source: SourceState(joining: states, named: Name("all")), isLive: true)
      status.sources = states
      status.senderClocks.now = FleetTests.moment
      state.arrangeSources(snapshot, status)
      state.settle(snapshot, SourceOrderTests.rooms)
    }

    mutating func move(by step: Int) { state.move(by: step, snapshot, SourceOrderTests.rooms) }

    mutating func sort(_ column: SourceColumn?, isReversed: Bool = false) {
      state.setSourceOrder(SourceOrder(column, isReversed: isReversed))
      arrange()
    }

    var names: [String] {
      (0..<state.roster.count).compactMap { state.roster.path(at: $0)?.description }
    }
  }

  private static func log(
    _ name: String, _ phase: SourceState.Phase = .following
  ) -> SourceState {
    SourceState(path: Name(name), phase: phase)
  }

  @Test func logsStayAsGivenAndServersInTroubleComeFirst() {
    let list = List([
      Self.log("b.log"), Self.log("a.log", .failed(.directory)), FleetTests.server("web2"),
      FleetTests.server("web10", missing: 3), FleetTests.server("web1"),
      FleetTests.server("web9", silentFor: 60), FleetTests.server("web0", .ended),
    ])
    #expect(
      list.names == ["b.log", "a.log", "web9", "web10", "web0", "web1", "web2"])
  }

  @Test(
    arguments: [
      (SourceColumn.name, "a b c"), (.rate, "b c a"), (.hits, "b c a"), (.serverErrors, "c b a"),
      (.rejected, "c a b"), (.late, "a b c"), (.lag, "c b a"), (.state, "c a b"),
    ])
  func theListIsSortedByAColumn(column: SourceColumn, names: String) {
    var figures = [
      FleetTests.figures(hits: 10), FleetTests.figures(hits: 100, serverErrors: 9),
      FleetTests.figures(hits: 20, serverErrors: 10, at: FleetTests.now - 30),
    ]
    figures[1].time = EpochSecond(FleetTests.now - 2)
    figures[2].tally.rejected[.shape] = 5
    figures[0].tally.late = 1
    var list = List(
      [
        FleetTests.server("a"), FleetTests.server("b"), FleetTests.server("c", silentFor: 90),
      ], figures)
    list.sort(column)
    #expect(list.names.joined(separator: " ") == names)
    list.sort(column, isReversed: true)
    #expect(list.names.reversed().joined(separator: " ") == names)
  }

  @Test func theKeyGoesThroughTheColumnsAndBack() {
    var state = ViewState()
    let columns: [SourceColumn] = [.name, .rate, .state]
    var seen: [SourceColumn?] = []
    for _ in 0..<4 {
      state.changeSourceOrder(among: columns)
      seen.append(state.sourceOrder.column)
    }
    #expect(seen == [.name, .rate, .state, nil])
    state.sortSources(by: .rate)
    state.sortSources(by: .rate)
    #expect(state.sourceOrder == SourceOrder(.rate, isReversed: true))
    state.reverseSources()
    #expect(state.sourceOrder == SourceOrder(.rate))
  }

  @Test func rowsChangePlacesOnlyNowAndThen() {
    var list = List([FleetTests.server("a"), FleetTests.server("b")])
    list.sort(.rate)
    list.figures[1].current.hits = 99
    list.now += 1
    list.arrange()
    #expect(list.names == ["a", "b"])
    list.now += 2
    list.arrange()
    #expect(list.names == ["b", "a"])
  }

  @Test func aSelectionKeepsEveryRowInItsPlace() {
    var list = List((0..<9).map { FleetTests.server("web\($0)") })
    list.sort(.rate)
    for _ in 0..<7 { list.move(by: 1) }
    #expect(list.state.selectedSource == Name("web6") && list.state.lists[.sources]?.offset == 2)
    list.figures[8].current.hits = 99
    list.now += 60
    list.arrange()
    #expect(list.state.selectedSource == Name("web6"))
    // Two above it leave, and another one joins.
    list.states.removeSubrange(1...2)
    list.figures.removeSubrange(1...2)
    list.states.append(FleetTests.server("a"))
    list.figures.append(FleetTests.figures(hits: 1000))
    list.arrange()
    #expect(list.names == ["web0", "web3", "web4", "web5", "web6", "web7", "web8", "a"])
    #expect(list.state.selectedSource == Name("web6") && list.state.lists[.sources]?.offset == 0)
    let back = list.state.back()
    #expect(back == .changed && list.state.selectedSource == nil)
    list.now += 60
    list.arrange()
    #expect(list.names.prefix(2) == ["a", "web8"])
  }

  @Test func aNameIsFoundWhateverItsCaseAndTheEndOfTheList() {
    let list = List(["web1", "db1", "Web2"].map { FleetTests.server($0) })
    #expect(list.names == ["Web2", "db1", "web1"])
    func place(_ text: String, from place: Int, forward: Bool = true) -> Int? {
      list.state.roster.place(matching: Array(text.utf8), from: place, forward: forward)
    }
    #expect(place("WEB", from: -1) == 0)
    #expect(place("web", from: 0) == 2)
    #expect(place("web", from: 2) == 0)
    #expect(place("web", from: 0, forward: false) == 2)
    #expect(place("mail", from: 0) == nil)
  }

  // MARK: - One alone

  @Test func aSourceIsShownAloneUntilOneGoesBack() {
    var list = List((0..<9).map { FleetTests.server("web\($0)") })
    for _ in 0..<3 { list.move(by: 1) }
    list.state.toggleZoom()
    list.state.showSource(Name("web2"))
    #expect(list.state.shownSource == Name("web2"))
    #expect(list.state.focus == .first && !list.state.isZoomed)
    let back = list.state.back()
    #expect(back == .changed)
    #expect(list.state.shownSource == nil)
    #expect(list.state.focus == .sources && list.state.isZoomed)
    #expect(list.state.selectedSource == Name("web2"))
  }

  @Test func theHeaderNamesTheSourceThatIsShownAlone() {
    var state = ViewState()
    state.showSource(Name("web1:/a.log"))
    var status = RunStatus(source: FleetTests.server("web1:/a.log"), isLive: true)
    status.shownSource = RunStatus.ShownName(name: "web1", isServer: true)
    var snapshot = FleetTests.snapshot([])
    snapshot.shownSource = ShownSource(name: Name("web1:/a.log"), since: EpochSecond(9000))
    let header = HeaderModel(snapshot, status, state)
    #expect(header.shownSource?.kind == "SERVER" && header.shownSource?.name == "web1")
    #expect(header.shownSince == "since 02:30:00")
    #expect(FooterModel(status, state).keys.contains(KeyHint("Esc", "all sources")))
    status.shownSource?.isServer = false
    #expect(HeaderModel(snapshot, status, state).shownSource?.kind == "LOG")
    status.shownSource = nil
    #expect(HeaderModel(snapshot, status, state).shownSource == nil)
  }

  /// What a list does for each frame grows with the sources, what it draws does not.
  @Test func onlyVisibleSourcesAreDetailed() {
    var list = List((0..<4096).map { FleetTests.server("web\($0)") })
    #expect(list.state.visibleSources(Self.rooms).count == 5)
    list.move(by: .max)
    #expect(list.state.visibleSources(Self.rooms) == Array(4091...4095))
  }
}
