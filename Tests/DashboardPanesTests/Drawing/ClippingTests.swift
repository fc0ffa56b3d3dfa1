import DashboardModel
import TerminalCanvas
import TerminalKit
import Testing

@testable import DashboardPanes

/// A pane draws all of its area and nothing else, at every size.
struct ClippingTests {
  private static let scenes: [Scene] = [.empty, .alert, .hostile, .details]

  @Test(arguments: Pane.allCases, scenes)
  func aPaneStaysInItsArea(pane: Pane, scene: Scene) {
    var display = Display(scene, Size(rows: 36, columns: 120))
    if scene != .details { display.state.focus(pane) }
    for rows in [0, 1, 2, 3, 6, 9, 20] {
      for columns in [0, 1, 2, 7, 12, 40, 80] {
        for isFramed in [false, true] {
          let whole = Rectangle(row: 2, column: 3, rows: rows, columns: columns)
          let area = PaneArea(pane, whole, isFramed: isFramed)
          expectClipped(display, area, pane, rows == 9 ? .ascii : .unicode)
        }
      }
    }
  }

  private func expectClipped(
    _ display: Display, _ area: PaneArea, _ pane: Pane, _ glyphs: GlyphSet
  ) {
    var rooms = PaneRooms()
    rooms.panes[pane] = area.room(of: pane, display.state)
    let view = DashboardView(display.answered, display.status, display.state, rooms: rooms)
    var canvas = Canvas(size: Size(rows: 24, columns: 88), glyphs: glyphs, blank: "¤")
    guard let model = view.panes[pane] else {
      Issue.record("no model of \(pane)")
      return
    }
    model.view.draw(model, in: area, on: &canvas)
    var outside = 0
    for row in 0..<24 {
      for column in 0..<88 where canvas.cell(row: row, column: column).scalar == "¤" {
        outside += 1
        if area.whole.contains(row: row, column: column) {
          Issue.record("\(row), \(column) was not drawn")
        }
      }
    }
    #expect(outside == 24 * 88 - area.whole.rows * area.whole.columns)
  }

  private func expectDrawable(_ display: Display) {
    let isClean = display.canvas.lines.allSatisfy { line in
      line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{7F}" }
    }
    #expect(isClean, "\(display.canvas.lines)")
  }

  @Test(arguments: [(0, 0), (1, 1), (1, 80), (24, 1), (2, 10), (5, 29), (6, 30), (15, 60)])
  func everySceneCanBeDrawnAtEverySize(rows: Int, columns: Int) {
    for scene in Scene.allCases {
      expectDrawable(Display(scene, Size(rows: rows, columns: columns)))
    }
  }

  @Test(arguments: Pane.allCases, [(0, 0), (1, 1), (6, 30), (10, 40), (24, 80), (36, 120)])
  func everyPaneCanFillTheScreen(pane: Pane, size: (Int, Int)) {
    for scene in [Scene.empty, .alert, .hostile] {
      var display = Display(scene, Size(rows: size.0, columns: size.1))
      display.state.focus(pane)
      display.state.toggleZoom()
      display.draw()
      expectDrawable(display)
    }
  }

  /// The panes cover the screen between the header and the footer, without overlapping.
  @Test(arguments: [6, 10, 14, 18, 24, 28, 33, 36, 60, 100], [30, 40, 80, 100, 120, 200, 300])
  func panesNeverOverlap(rows: Int, columns: Int) {
    let alert = Display(.details, Size(rows: rows, columns: columns)).state
    for (state, hasNotice) in [(ViewState(), false), (ViewState(), true), (alert, false)] {
      let layout = DashboardLayout(
        size: Size(rows: rows, columns: columns), state, hasNotice: hasNotice, hasTimeline: true)
      let parts =
        layout.panes.values.map(\.whole)
        + [layout.header, layout.timeline, layout.notice, layout.footer]
      #expect(parts.reduce(0) { $0 + $1.rows * $1.columns } == rows * columns)
      for (index, part) in parts.enumerated() {
        for other in parts.dropFirst(index + 1) { #expect(part.intersection(other).isEmpty) }
      }
    }
  }
}
