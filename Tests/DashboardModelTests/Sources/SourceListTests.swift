import AccessLog
import Messages
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The pane with the sources.
struct SourceListTests {
  private static let now: Int64 = 10_000

  private func context(
    _ states: [SourceState], _ figures: [SourceFigures], columns: Int = 150, rows: Int = 10
  ) -> PaneContext {
    var snapshot = Snapshot(SecondSeries(1...Self.now))
    snapshot.closedThrough = EpochSecond(Self.now)
    snapshot.sources = figures
    return PaneContext.sources(states, snapshot, rows: rows, columns: columns)
  }

  private func figures(_ change: (inout SourceFigures) -> Void) -> SourceFigures {
    var figures = SourceFigures()
    figures.time = EpochSecond(Self.now)
    figures.tally.lines = 1
    change(&figures)
    return figures
  }

  private func state(_ path: String, _ phase: SourceState.Phase = .following) -> SourceState {
    SourceState(path: Name(path), format: "csv", phase: phase)
  }

  /// The text of a column in the only row.
  private func text(
    _ column: SourceColumn, _ state: SourceState, _ figures: SourceFigures
  ) throws -> Words {
    let model = SourceListModel(context([state], [figures]))
    let place = try #require(model.layout.columns.firstIndex(of: column))
    return try #require(model.rows.first).cells[place]
  }

  @Test(
    arguments: [
      (SourceState.Phase.waiting, "waiting"), (.failed(.directory), "unreadable"),
      (.loading(read: 1, total: 4), "loading 25 %"), (.loading(read: 1, total: nil), "reading"),
      (.ended, "read"), (.following, "quiet"),
    ])
  func theStateIsSaidInAWord(phase: SourceState.Phase, word: String) throws {
    let figures = figures { $0.tally.hits = 1 }
    #expect(try text(.state, state("a", phase), figures).text == word)
  }

  @Test func aLogThatIsReplayedIsNotLoading() throws {
    var context = context([state("a", .loading(read: 1, total: 4))], [SourceFigures()])
    context.isReplay = true
    let model = SourceListModel(context)
    #expect(model.rows.first?.cells.last == Words("playing", .accent))
  }

  @Test func aLogWithoutHitsSaysWhy() throws {
    #expect(try text(.state, state("a"), figures { $0.isLive = true }).text == "live")
    #expect(try text(.state, state("a"), SourceFigures()).text == "empty")
    let unread = figures { $0.tally.rejected[.shape] = 1 }
    #expect(try text(.state, state("a"), unread) == Words("no format", .alert))
  }

  @Test func figuresAreThoseOfTheLastTenSeconds() throws {
    let figures = figures {
      $0.current = SecondTotals(hits: 40, serverErrors: 10)
      $0.tally.hits = 1234
      $0.tally.rejected[.time] = 5
    }
    #expect(try text(.rate, state("a"), figures).text == "4.0/s")
    #expect(try text(.serverErrors, state("a"), figures) == Words("25.0 %", .alert))
    #expect(try text(.hits, state("a"), figures).text == Wording.grouped(1234))
    #expect(try text(.rejected, state("a"), figures) == Words("5", .warning))
    #expect(try text(.late, state("a"), figures) == Words("", .faint))
  }

  @Test func aLogIsBehindTheOneThatIsFurthestAhead() {
    let behind = [0, 5, 90].map { (seconds: Int64) in
      figures {
        $0.time = EpochSecond(Self.now - seconds)
        $0.isLive = true
      }
    }
    let model = SourceListModel(context(["a", "b", "c"].map { state($0) }, behind))
    let place = model.layout.columns.firstIndex(of: .lag)
    #expect(
      place.map { place in model.rows.map { $0.cells[place] } } == [
        Words("", .faint), Words("5 s", .muted), Words("90 s", .warning),
      ])
  }

  @Test(
    arguments: [
      (["/var/log/a.log", "/var/log/b/c.log"], ["a.log", "b/c.log"]),
      (["/var/log/a.log"], ["/var/log/a.log"]), (["a.log", "b.log"], ["a.log", "b.log"]),
      (["/x/access.log", "/x/access.log.2"], ["access.log", "access.log.2"]),
      (["-", "/x/a"], ["standard input", "/x/a"]),
    ])
  func theCommonDirectoryIsLeftOut(paths: [String], names: [String]) {
    let model = SourceListModel(
      context(paths.map { state($0) }, paths.map { _ in SourceFigures() }))
    #expect(model.rows.map(\.name.text) == names)
  }

  @Test func theTitleCountsWhatIsNotRead() {
    let phases: [SourceState.Phase] = [.following, .waiting, .failed(.directory), .failed(.socket)]
    let model = SourceListModel(
      context(phases.map { state("a", $0) }, phases.map { _ in SourceFigures() }))
    #expect(model.frame.note == "2 unreadable, 1 waiting of 4")
  }

  /// At every width the columns fit, and the state is the last to go.
  @Test(arguments: 1...220)
  func theColumnsFit(width: Int) {
    let layout = SourceLayout(columns: width)
    let columns = layout.columns.reduce(0) { $0 + $1.width + 1 }
    let trend = layout.trend > 0 ? layout.trend + 1 : 0
    #expect(SourceLayout.margin + layout.name + trend + columns <= max(width, SourceLayout.margin))
    #expect(width < 40 || layout.columns.contains(.state))
  }

  @Test func aListLongerThanThePaneScrolls() {
    let states = (0..<30).map { state("log \($0)") }
    var list = PaneList()
    list.move(by: .max, count: 30, visible: 5)
    list.settle(count: 30, visible: 5)
    #expect(list.selected == 29 && list.offset == 25)
    list.settle(count: 3, visible: 5)
    #expect(list.selected == 2 && list.offset == 0)
    let model = SourceListModel(context(states, states.map { _ in SourceFigures() }, rows: 5))
    #expect(model.rows.count == 5)
    #expect(model.frame.footnote == "1-5 of 30")
  }

  @Test func recentTotalsAreAddedUpByPeriod() {
    var recent = RecentTotals()
    for second in 1...2000 {
      recent.append(SecondTotals(hits: second), at: EpochSecond(Int64(second)))
    }
    #expect(recent.total(3, through: EpochSecond(2000)).hits == 1998 + 1999 + 2000)
    #expect(recent.total(3, through: EpochSecond(1990)).hits == 1988 + 1989 + 1990)
    #expect(recent.hits(periods: 2, of: 2, through: EpochSecond(2000)) == [1997 + 1998, 3999])
    #expect(recent.total(Int64(RecentTotals.capacity), through: EpochSecond(2000)).hits > 0)
  }
}
