import AccessLog
import DashboardModel
import SafeText
import TerminalCanvas
import TerminalKit
import Testing
import TrafficAnalysis

@testable import DashboardPanes

/// Traffic with an active alert and a name with control characters.
private func busy() -> Snapshot {
  var snapshot = Snapshot()
  for second in 0..<600 {
    snapshot.history.append(hits: second % 30, at: EpochSecond(1_549_573_000 + Int64(second)))
  }
  snapshot.closedThrough = snapshot.history.last
  snapshot.rateNow = Rate(hits: 184, seconds: 10)
  snapshot.highTraffic.value = Rate(hits: 1206, seconds: 120)
  snapshot.highTraffic.activeSince = EpochSecond(1_549_573_571)
  snapshot.transitions = [
    AlertTransition(
      rule: snapshot.highTraffic.definition, change: .triggered,
      second: EpochSecond(1_549_573_571), hits: 1206, value: Rate(hits: 1206, seconds: 120))
  ]
  snapshot.table.traffic.hits = 100
  let names = ["/api", "/日本語/\u{1B}[2J", "/e\u{301}\u{302}\u{303}\u{304}\u{305}", "/long"].map(
    Name.init)
  let sections = (names + [Name([0x2F, 0xFF, 0xE2, 0x82])]).map {
    RankedName(name: $0, hits: 20, bytes: Int64.max, clientErrors: 1, serverErrors: 2, error: 1)
  }
  snapshot.table.rankings[.section] = RankedRows(sections, mostHits: 20)
  return snapshot
}

private func following(_ phase: SourceState.Phase = .following) -> RunStatus {
  RunStatus(
    source: SourceState(path: Name("/var/log/nginx/access.log"), format: "combined", phase: phase),
    isLive: true)
}

private func draw(
  _ snapshot: Snapshot, _ status: RunStatus, _ state: inout ViewState, _ size: Size,
  by renderer: inout DashboardRenderer
) -> [Rectangle] {
  let layout = DashboardLayout(size: size, state, hasNotice: false)
  state.settle(snapshot, layout.rooms)
  return renderer.draw(DashboardView(snapshot, status, state, rooms: layout.rooms), layout)
}

struct RendererTests {
  @Test(arguments: [
    (0, 0), (1, 1), (1, 80), (24, 1), (2, 10), (6, 30), (10, 40), (24, 80), (40, 120), (60, 200),
    (100, 300),
  ])
  func everySizeCanBeDrawn(rows: Int, columns: Int) {
    let size = Size(rows: rows, columns: columns)
    for snapshot in [Snapshot(), busy()] {
      for glyphs in [GlyphSet.unicode, .ascii] {
        for pane in [nil] + Pane.allCases.map(Optional.some) {
          var state = ViewState()
          if let pane {
            state.focus(pane)
            state.toggleZoom()
          }
          var renderer = DashboardRenderer(size: size, glyphs: glyphs)
          _ = draw(snapshot, following(), &state, size, by: &renderer)
          #expect(renderer.canvas.size == size)
          #expect(renderer.canvas.lines.allSatisfy { !$0.unicodeScalars.contains("\u{1B}") })
        }
      }
    }
  }

  @Test func nothingIsDrawnIfNothingChanged() {
    let size = Size(rows: 24, columns: 80)
    var (state, renderer) = (ViewState(), DashboardRenderer(size: size, glyphs: .unicode))
    #expect(draw(busy(), following(), &state, size, by: &renderer) == [renderer.canvas.bounds])
    #expect(draw(busy(), following(), &state, size, by: &renderer).isEmpty)
  }

  @Test func aMessageIsInTheFooterAndMovesNothing() {
    let size = Size(rows: 24, columns: 80)
    var (state, renderer) = (ViewState(), DashboardRenderer(size: size, glyphs: .unicode))
    _ = draw(busy(), following(), &state, size, by: &renderer)
    var status = following()
    status.message = "standard input cannot be rewound"
    let areas = draw(busy(), status, &state, size, by: &renderer)
    #expect(areas == [Rectangle(row: 23, column: 0, rows: 1, columns: 80)])
    #expect(renderer.canvas.lines[23].contains("standard input cannot be rewound"))
  }

  @Test(arguments: [40, 80, 120, 200])
  func anAlertColoursTheWholeFirstLineAndSaysSo(columns: Int) {
    let size = Size(rows: 24, columns: columns)
    var (state, renderer) = (ViewState(), DashboardRenderer(size: size, glyphs: .unicode))
    _ = draw(busy(), following(), &state, size, by: &renderer)
    #expect(renderer.canvas.lines[0].contains("ALERT 0:28"))
    #expect(renderer.canvas.styleLines[0] == String(repeating: "A", count: columns))
  }

  @Test(arguments: [80, 100, 200])
  func aMissingLogIsNamedInFull(columns: Int) {
    let size = Size(rows: 24, columns: columns)
    var (state, renderer) = (ViewState(), DashboardRenderer(size: size, glyphs: .unicode))
    _ = draw(Snapshot(), following(.waiting), &state, size, by: &renderer)
    #expect(renderer.canvas.lines[0].contains("waiting for access.log to appear"))
  }

  @Test func aLongPathIsReplacedByItsLastComponent() {
    let size = Size(rows: 24, columns: 80)
    var (state, renderer) = (ViewState(), DashboardRenderer(size: size, glyphs: .unicode))
    _ = draw(Snapshot(), following(), &state, size, by: &renderer)
    #expect(renderer.canvas.lines[0].contains(" access.log  combined  following"))
    #expect(!renderer.canvas.lines[0].contains("/var"))
  }
}
