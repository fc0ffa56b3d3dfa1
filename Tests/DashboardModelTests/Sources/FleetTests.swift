import AccessLog
import Messages
import SafeText
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// The list of servers that send reports.
struct FleetTests {
  static let now: Int64 = 10_000
  /// The time by the clock that tells when reports came.
  static let moment: Int64 = 500

  static func server(
    _ name: String, silentFor seconds: Int64 = 0, missing: Int = 0,
    _ phase: SourceState.Phase = .following
  ) -> SourceState {
    var state = SourceState(path: Name(name), phase: phase)
    var sender = SenderFigures(lastMessage: Double(moment - seconds))
    sender.missing = missing
    state.sender = sender
    return state
  }

  static func figures(
    hits: Int = 10, serverErrors: Int = 0, at time: Int64 = now
  ) -> SourceFigures {
    var figures = SourceFigures()
    figures.time = EpochSecond(time)
    figures.current = SecondTotals(hits: hits, serverErrors: serverErrors)
    (figures.tally.hits, figures.tally.lines) = (hits, hits)
    figures.isLive = true
    return figures
  }

  static func snapshot(_ figures: [SourceFigures], at second: Int64 = now) -> Snapshot {
    var snapshot = Snapshot(SecondSeries(1...second))
    snapshot.sources = figures
    return snapshot
  }

  static func context(
    _ states: [SourceState], _ figures: [SourceFigures]? = nil, _ state: ViewState = ViewState(),
    rows: Int = 20, columns: Int = 150
  ) -> PaneContext {
    let figures = figures ?? states.map { _ in Self.figures() }
    return PaneContext.sources(states, snapshot(figures), state, rows: rows, columns: columns) {
      $0.senderClocks.now = moment
      $0.wall = EpochSecond(now)
    }
  }

  private func names(_ context: PaneContext) -> [String] {
    SourceListModel(context).rows.map(\.name.text)
  }

  // MARK: - Names

  @Test(
    arguments: [
      (["web1:/var/log/a.log", "web2:/var/log/a.log"], ["web1", "web2"]),
      (["web1:/a.log", "web1:/b.log", "web2:/a.log"], ["web1:/a.log", "web1:/b.log", "web2"]),
      (["web1:-", "::1:/a.log", "plain"], ["::1", "plain", "web1"]),
      (["web10:/a", "web9:/a", "web1:/a", "db:/a"], ["db", "web1", "web9", "web10"]),
    ])
  func aServerIsCalledByItsHost(senders: [String], names: [String]) {
    #expect(self.names(Self.context(senders.map { Self.server($0) })) == names)
  }

  @Test func whatOtherMachinesSendIsSafeToDisplay() {
    let names = names(Self.context([Self.server("a\u{1B}[31m\u{202E}:/x")]))
    #expect(names == [#"a\x1B[31m\u{202E}"#])
  }

  // MARK: - Conditions

  @Test func theConditionOfAServerIsSaidInAFewWords() throws {
    func words(_ state: SourceState, _ figures: SourceFigures = Self.figures()) throws -> Words {
      try #require(SourceListModel(Self.context([state], [figures])).rows.first?.cells.last)
    }
    #expect(try words(Self.server("a")) == Words("live", .good))
    #expect(try words(Self.server("a"), Self.figures(hits: 0)) == Words("quiet", .muted))
    #expect(try words(Self.server("a", silentFor: 10)) == Words("live", .good))
    let silences: [(Int64, String)] = [
      (11, "11s"), (192, "3m 12s"), (3599, "59m 59s"), (3600, "1h 00m"), (86_399, "23h 59m"),
      (200_000, "2d"), (1 << 36, "9999d"),
    ]
    for (seconds, text) in silences {
      let silent = try words(Self.server("a", silentFor: seconds))
      #expect(silent == Words("silent " + text, .warning))
      #expect(silent.text.count < SourceColumn.state.width)
    }
    let gaps = Self.server("a", missing: 12)
    #expect(try words(gaps) == Words("12 missing", .warning))
    #expect(
      try words(Self.server("a"), Self.figures(at: Self.now + 90))
        == Words("1m 30s ahead", .warning))
    #expect(try words(Self.server("a"), Self.figures(at: Self.now + 60)) == Words("live", .good))
    // A server that has ended is not silent.
    let ended = Self.server("a", silentFor: 900, .ended)
    #expect(try words(ended) == Words("ended", .muted))
  }

  @Test func aServerWithAWrongClockMakesNoOtherLookBehind() throws {
    let context = Self.context(
      [Self.server("a"), Self.server("b"), Self.server("c")],
      [Self.figures(), Self.figures(at: Self.now + 3600), Self.figures(at: Self.now - 4)])
    let model = SourceListModel(context)
    let place = try #require(model.layout.columns.firstIndex(of: .lag))
    let lags = Dictionary(
      uniqueKeysWithValues: model.rows.map { ($0.name.text, $0.cells[place].text) })
    #expect(lags == ["a": "", "b": "", "c": "4 s"])
  }

  @Test func theTitleSaysHowManyAreThereAndHowManyAreNot() {
    let states =
      (1...1000).map { Self.server("web\($0):/a", silentFor: $0 % 500 == 0 ? 60 : 0) }
      + [Self.server("old:/a", .ended)]
    let frame = SourceListModel(Self.context(states)).frame
    #expect(frame.title == "servers")
    #expect(frame.note == "998 of 1,001, 2 silent, 1 ended")
    #expect(SourceListModel(Self.context([Self.server("a"), Self.server("b")])).frame.note == "2")
    let log = SourceState(path: Name("/a.log"), phase: .waiting)
    let mixed = SourceListModel(Self.context([log, Self.server("a")])).frame
    #expect(mixed.title == "sources" && mixed.note == "1, 1 waiting")
  }

  @Test func theSelectedServerHasItsWholeNameBelow() throws {
    var server = Self.server("web1:/var/log/nginx/access.log", missing: 12)
    server.sender?.duplicates = 1
    var state = ViewState()
    state.focus(.sources)
    state.arrangeSources(
      Self.snapshot([Self.figures()]), RunStatus(source: server, isLive: true))
    var rooms = PaneRooms()
    rooms.panes[.sources] = PaneRoom(rows: 5, columns: 150)
    state.move(by: 1, Self.snapshot([Self.figures()]), rooms)
    for columns in [150, 60, 40, 20] {
      let frame = SourceListModel(Self.context([server], nil, state, columns: columns)).frame
      let width = frame.readout.reduce(-2) { $0 + $1.text.count + 2 }
      #expect(width <= max(0, columns - 4))
      guard columns > 100 else { continue }
      #expect(
        frame.readout.map(\.text)
          == ["web1:/var/log/nginx/access.log", "12 reports missing", "1 report twice"])
    }
  }
}
