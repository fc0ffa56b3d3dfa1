import DashboardModel
import TerminalCanvas
import TerminalKit
import Testing

@testable import DashboardPanes

/// Which panes are on the screen, and what the mouse points at.
struct PaneLayoutTests {
  private static let sizes = [
    (10, 40), (12, 45), (14, 300), (20, 60), (24, 80), (36, 120), (60, 109), (60, 200), (100, 40),
    (100, 300),
  ].map { Size(rows: $0.0, columns: $0.1) }

  private func layout(_ size: Size, _ state: ViewState) -> DashboardLayout {
    DashboardLayout(size: size, state, hasNotice: false)
  }

  @Test(arguments: sizes, Pane.allCases)
  func aDigitBringsAPaneToTheScreen(size: Size, pane: Pane) {
    for isZoomed in [false, true] {
      var state = ViewState()
      if isZoomed { state.toggleZoom() }
      state.focus(pane)
      let shown = layout(size, state).panes
      #expect(shown[pane].map { !$0.whole.isEmpty } == true)
      #expect(!isZoomed || shown.count == 1)
      // Once through all visible panes, which stay where they are.
      for _ in shown {
        state.focus(by: 1, among: Set(shown.keys))
        #expect(Set(layout(size, state).panes.keys) == Set(shown.keys))
      }
      #expect(state.focus == pane)
    }
  }

  @Test func theTablesShareAnAreaOnASmallScreen() {
    let size = Size(rows: 24, columns: 80)
    var state = ViewState()
    func panes() -> [Pane] {
      layout(size, state).panes.sorted { $0.value.whole.row < $1.value.whole.row }.map(\.key)
    }
    #expect(panes() == [.chart, .table(0), .alerts])
    state.focus(.table(1))
    #expect(panes() == [.chart, .table(1), .alerts])
    // A pane with an area of its own replaces no other.
    state.focus(.alerts)
    #expect(panes() == [.chart, .table(1), .alerts])
    state.focus(.status)
    #expect(panes() == [.chart, .status, .alerts])
    state.focus(.table(0))
    #expect(panes() == [.chart, .table(0), .alerts])
  }

  @Test(arguments: [(60, 40), (45, 80), (60, 109), (36, 120), (60, 200)])
  func enoughRowsShowEveryPane(rows: Int, columns: Int) {
    let panes = layout(Size(rows: rows, columns: columns), ViewState()).panes
    #expect(Set(panes.keys) == Set(Pane.allCases.filter { $0 != .sources && $0 != .rules }))
  }

  /// Several logs have a pane of their own where the others keep their room.
  @Test(arguments: [
    (60, 40, true), (45, 80, true), (36, 120, true), (60, 200, true), (24, 80, false),
  ])
  func severalLogsAreShownWhereThereIsRoom(rows: Int, columns: Int, areShown: Bool) throws {
    let size = Size(rows: rows, columns: columns)
    for count in [2, 3, 10, 100] {
      let layout = DashboardLayout(size: size, ViewState(), hasNotice: false, sources: count)
      #expect((layout.panes[.sources] != nil) == areShown)
      guard let area = layout.panes[.sources] else { continue }
      #expect(area.room(of: .sources, ViewState()).rows >= min(count, 2))
      #expect(Set(layout.panes.keys) == Set(Pane.allCases.filter { $0 != .rules }))
      // The panes cover each cell once.
      let cells = layout.panes.values.reduce(0) { $0 + $1.whole.rows * $1.whole.columns }
      let body = rows - layout.header.rows - layout.footer.rows
      #expect(cells == body * columns || columns >= 100)
    }
  }

  /// So do rules; where there is little room they share it with the logs.
  @Test(arguments: [
    (60, 40, [Pane.rules, .sources]), (45, 80, [.rules]), (36, 120, [.rules, .sources]),
    (60, 200, [.rules, .sources]), (24, 80, []),
  ])
  func rulesAreShownWhereThereIsRoom(rows: Int, columns: Int, both: [Pane]) throws {
    let size = Size(rows: rows, columns: columns)
    for (rules, sources) in [(1, 1), (3, 1), (3, 2), (40, 30)] {
      let layout = DashboardLayout(
        size: size, ViewState(), hasNotice: false, sources: sources, rules: rules)
      let lists = Set(layout.panes.keys).intersection([.rules, .sources])
      #expect(lists == Set(both.filter { sources > 1 || $0 == .rules }), "\(rules), \(sources)")
      #expect(Set(layout.panes.keys).isSuperset(of: [.chart, .table(0), .alerts]))
      // The panes do not overlap.
      let areas = layout.panes.values.map(\.whole)
      for (index, area) in areas.enumerated() {
        for other in areas.dropFirst(index + 1) { #expect(area.intersection(other).isEmpty) }
      }
      guard let area = layout.panes[.rules] else { continue }
      #expect(area.room(of: .rules, ViewState()).rows >= min(rules, 2))
    }
  }

  @Test func theListThatWasUsedLastStaysOnAScreenWithRoomForOne() {
    var state = ViewState()
    state.focus(.sources)
    state.focus(.table(0))
    let layout = DashboardLayout(
      size: Size(rows: 45, columns: 80), state, hasNotice: false, sources: 9, rules: 9)
    #expect(layout.panes[.sources] != nil && layout.panes[.rules] == nil)
  }

  // MARK: - The mouse

  @Test(
    arguments: [(10, 40), (24, 80), (36, 120)].map { Size(rows: $0.0, columns: $0.1) },
    [Scene.normal, .zoomed, .chart, .alerts])
  func theMouseHitsWhatIsDrawn(size: Size, scene: Scene) throws {
    let display = Display(scene, size)
    let (layout, state, lines) = (display.layout, display.state, display.canvas.lines)
    var found: Set<Pane> = []
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        guard let (pane, target) = layout.target(row: row, column: column, state) else {
          #expect(!layout.panes.values.contains { $0.whole.contains(row: row, column: column) })
          continue
        }
        found.insert(pane)
        let area = try #require(layout.panes[pane])
        if !area.inside.contains(row: row, column: column) { #expect(target == .elsewhere) }
        if case .row(let index) = target {
          expectRow(index, on: lines[row], display.view?.panes[pane])
        }
      }
    }
    #expect(found == Set(layout.panes.keys))
  }

  /// The row that is drawn there is the one with that index.
  private func expectRow(_ index: Int, on line: String, _ model: (any PaneModel)?) {
    switch model {
    case let table as TableModel where table.rows.indices.contains(index):
      #expect(line.contains(table.rows[index].name.text), "\(line)")
    case let alerts as AlertListModel where alerts.rows.indices.contains(index):
      #expect(line.contains(alerts.rows[index].cells[0].text), "\(line)")
    default: break
    }
  }

  @Test(arguments: sizes)
  func theMouseHitsTheHeads(size: Size) throws {
    let display = Display(.zoomed, size)
    let area = try #require(display.layout.panes[.table(0)])
    let table = try #require(display.view?.panes[.table(0)] as? TableModel)
    for (index, place) in table.layout.places.enumerated() {
      let head = display.layout.target(
        row: area.inside.row, column: area.inside.column + place.start + place.width - 1,
        display.state)
      #expect(head?.target == .head(place.column))
      let cells = (place.start..<place.start + place.width).map {
        display.canvas.cell(row: area.inside.row, column: area.inside.column + $0).scalar
      }
      let text = String(String.UnicodeScalarView(cells))
      #expect(text.contains(table.heads[index]), "\(text)")
    }
  }

  @Test(arguments: sizes)
  func theMouseHitsTheColumnsOfTheChart(size: Size) throws {
    let display = Display(.chart, size)
    let area = try #require(display.layout.panes[.chart])
    let chart = try #require(display.view?.panes[.chart] as? ChartModel)
    let row = area.inside.row
    for column in 0..<area.inside.columns {
      let target = display.layout.target(
        row: row, column: area.inside.column + column, display.state)?.target
      let isPlot = column >= ChartPane.gutter
      #expect(target == (isPlot ? .chartColumn(column - ChartPane.gutter) : .elsewhere))
    }
    #expect(chart.columns.count == area.inside.columns - ChartPane.gutter)
  }
}
