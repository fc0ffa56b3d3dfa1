import AccessLog
import DashboardModel
import SafeText
import TerminalCanvas
import TerminalKit
import Testing
import TrafficAnalysis

@testable import DashboardPanes

/// What is displayed at every size.
struct SizesTests {
  private static let sizes = [
    (10, 40), (12, 45), (20, 60), (24, 80), (36, 120), (60, 200), (100, 300), (14, 300), (60, 109),
    (100, 40),
  ].map { Size(rows: $0.0, columns: $0.1) }

  private func picture(
    _ size: Size, _ snapshot: Snapshot = .sample(closed: 600), _ state: ViewState = ViewState(),
    _ change: (inout RunStatus) -> Void = { _ in }
  ) -> Canvas {
    let path = Name("/var/log/nginx/access.log")
    var status = RunStatus(
      source: SourceState(path: path, format: "combined", phase: .following), isLive: true)
    change(&status)
    return Picture.canvas(snapshot, status, state, size, glyphs: .unicode)
  }

  // MARK: - Badges

  private static let badges: [(texts: [String], change: @Sendable (inout RunStatus) -> Void)] = [
    (["PAUSED"], { $0.isPaused = true }),
    (["LOADING"], { $0.source.phase = .loading(read: 1, total: 3) }),
    (["PAUSED", "END"], { ($0.isPaused, $0.source.phase) = (true, .ended) }),
    (["PAUSED", "UNREADABLE"], { ($0.isPaused, $0.source.phase) = (true, .failed(.utf16)) }),
    (
      ["PAUSED", "REPLAY x100", "SEEKING"],
      {
        ($0.isPaused, $0.seekPosition) = (true, 0.451)
        $0.replay = .init(speed: "x100", position: 0.4, alerts: [])
      }
    ),
    (
      ["REPLAY x0.25", "END"],
      {
        $0.source.phase = .ended
        $0.replay = .init(speed: "x0.25", position: 1, alerts: [])
      }
    ),
  ]

  @Test(arguments: sizes, 0..<badges.count)
  func badgesStayAtEverySize(size: Size, index: Int) {
    let (texts, change) = Self.badges[index]
    for alert in [nil, EpochSecond(1_549_573_000), EpochSecond(1_549_273_000)] {
      for rate in [0, 184, 99_999, 12_345_678, Int.max] {
        var snapshot = Snapshot.sample(closed: 600)
        snapshot.highTraffic.activeSince = alert
        snapshot.rateNow.hits = rate
        let line = picture(size, snapshot, ViewState(), change).lines[0]
        for text in texts { #expect(line.contains(text), "\(text): \(line)") }
        #expect(line.contains(alert == nil ? "normal" : "ALERT"), "\(line)")
        #expect(line.contains("/s"), "\(line)")
      }
    }
  }

  /// A screen below the minimum has one line, on which a frozen display never looks live.
  @Test(arguments: [
    (80, ["PAUSED", "REPLAY x60", "18.4/s", "ALERT"]),
    (34, ["PAUSED", "REPLAY x60", "18.4/s", "ALERT"]),
    (20, ["PAUSED", "18.4/s", "ALERT"]), (14, ["PAUSED", "18.4/s"]), (6, ["PAUSED"]), (3, ["PA…"]),
    (1, ["…"]),
  ])
  func onASingleLinePausedComesFirst(columns: Int, words: [String]) {
    let line = picture(Size(rows: 3, columns: columns)) {
      $0.isPaused = true
      $0.replay = .init(speed: "x60", position: 0.4, alerts: [])
    }.lines[0]
    for word in words { #expect(line.contains(word), "\(word): \(line)") }
  }

  @Test func aBadgeDiffersFromTheAlertThatColoursItsLine() {
    let canvas = picture(Size(rows: 24, columns: 80)) { $0.isPaused = true }
    #expect(canvas.lines[0].contains(" PAUSED "))
    #expect(Set(canvas.styleLines[0]) == ["A", "W"])
  }

  // MARK: - Panes

  @Test(arguments: sizes, Pane.allCases)
  func aDigitBringsAPaneToTheScreenInPlaceOfAnother(size: Size, pane: Pane) {
    for isZoomed in [false, true] {
      var state = ViewState()
      if isZoomed { state.toggleZoom() }
      state.focus(pane)
      for size in [size, Size(rows: 24, columns: 80), Size(rows: 40, columns: 160), size] {
        let layout = DashboardLayout(size: size, state, hasNotice: false)
        #expect(layout.panes[pane].map { !$0.isEmpty } == true)
        #expect(isZoomed == (layout.panes.count == 1) || size.rows < 14)
        let digit = pane == .hitRate ? nil : pane.digit
        let title = (digit.map { "\($0) " } ?? "") + pane.content.title
        #expect(picture(size, .sample(closed: 600), state).lines.contains { $0.contains(title) })
      }
      // Once through all visible panes.
      let shown = DashboardLayout(size: size, state, hasNotice: false).panes
      for _ in shown {
        state.focus(by: 1, among: Set(shown.keys))
        #expect(DashboardLayout(size: size, state, hasNotice: false).panes == shown)
        #expect(shown[state.focus] != nil)
      }
      #expect(state.focus == pane)
    }
  }

  @Test func theSectionsComeBackToTheirArea() {
    let size = Size(rows: 24, columns: 80)
    var state = ViewState()
    func panes() -> [Pane] {
      let layout = DashboardLayout(size: size, state, hasNotice: false)
      return layout.panes.sorted { $0.value.row < $1.value.row }.map(\.key)
    }
    #expect(panes() == [.hitRate, .sections, .alerts])
    state.focus(.clients)
    #expect(panes() == [.hitRate, .clients, .alerts])
    // A pane with an area of its own replaces no other.
    state.focus(.alerts)
    #expect(panes() == [.hitRate, .clients, .alerts])
    state.focus(.status)
    #expect(panes() == [.hitRate, .status, .alerts])
    state.focus(.sections)
    #expect(panes() == [.hitRate, .sections, .alerts])
  }

  // MARK: - Help

  @Test(arguments: sizes + [Size(rows: 6, columns: 30), Size(rows: 8, columns: 120)])
  func theWholeHelpCanBeRead(size: Size) {
    var state = ViewState()
    state.toggleHelp()
    let layout = DashboardLayout(size: size, state, hasNotice: false)
    var text = ""
    for _ in 0..<200 {
      let canvas = picture(size, .sample(closed: 600), state)
      for line in layout.help.inside.lines {
        for column in line.column..<line.endColumn {
          text.unicodeScalars.append(canvas.cell(row: line.row, column: column).scalar)
        }
        text += "\n"
      }
      let before = state.helpOffset
      state.move(by: 1, .sample(closed: 600), layout.rooms)
      if state.helpOffset == before { break }
    }
    for keys in ["? h F1", "PgUp PgDn  Ctrl-B Ctrl-F", "Ctrl-U Ctrl-D", "] [  } {", "1-5"] {
      #expect(text.contains(keys), "\(text)")
    }
    #expect(!text.contains("…"), "\(text)")
    for word in ["original", "speed", "silence", "previous", "clients,", "selected"] {
      #expect(text.contains(word), "\(word) \(text)")
    }
    let fits = layout.rooms.help.lines <= layout.rooms.help.visible
    let picture = picture(size, .sample(closed: 600), state).lines.joined(separator: "\n")
    #expect(picture.contains(" of \(layout.rooms.help.lines) ") == !fits)
    #expect(fits || size.rows < 23 || size.columns < 70)
  }
}

extension Pane {
  static let sections = Pane.ranking(.section)
  static let clients = Pane.ranking(.client)
}
