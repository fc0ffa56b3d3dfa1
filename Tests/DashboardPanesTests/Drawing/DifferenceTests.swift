import AccessLog
import DashboardModel
import ReferenceModel
import TerminalCanvas
import TerminalKit
import Testing
import TrafficAnalysis

@testable import DashboardPanes

/// Drawing only differences makes the same picture as drawing everything.
struct DifferenceTests {
  /// Does one thing that a person or the log does.
  private func change(_ display: inout Display, _ random: inout RandomSource) {
    switch random.number(0...15) {
    case 0...3: addSecond(to: &display, random.number(0...30))
    case 4: display.move(by: random.pick([1, -1, 5, .max, .min]))
    case 5: display.state.focus(random.pick(Pane.allCases))
    case 6: display.state.toggleZoom()
    case 7: display.state.sort(by: random.pick(TableColumn.allCases))
    case 8: _ = display.state.changeDimension(by: 1)
    case 9:
      let (snapshot, rooms) = (display.answered, display.layout.rooms(display.state))
      display.state.moveCursor(
        by: random.pick([-1, 1, -20]), snapshot, rooms, isLive: display.status.isLive)
    case 10: if random.chance(300) { display.state.toggleHelp() }
    case 11: _ = display.state.back()
    case 12: display.status.message = random.pick([nil, "not found", "times: UTC"])
    case 13: display.status.isPaused.toggle()
    case 14: _ = display.state.openSelectedAlert(display.snapshot, isLive: true)
    default: display.state.changeSpan(by: 1, isLive: true)
    }
  }

  private func addSecond(to display: inout Display, _ hits: Int) {
    let next = (display.snapshot.closedThrough ?? EpochSecond(SampleLog.end)).advanced(by: 1)
    display.snapshot.history.append(
      SecondTotals(hits: hits, clientErrors: hits / 5, serverErrors: hits / 9), at: next)
    display.snapshot.closedThrough = next
    display.snapshot.rateNow.hits = hits * 10
    display.snapshot.tally.hits += hits
  }

  @Test(arguments: [(3, 20), (10, 40), (24, 80), (36, 120)], 1...2)
  func drawingDifferencesMakesTheSamePicture(size: (Int, Int), seed: UInt64) {
    var random = RandomSource(seed: seed)
    var display = Display(
      SampleLog(seconds: 700, hasAlert: true, names: seed == 1 ? .hostile : .ordinary),
      .following, Size(rows: size.0, columns: size.1), glyphs: seed == 2 ? .ascii : .unicode)
    if seed == 1 {
      display.snapshot.rules += SampleRules.states
      display.snapshot.transitions += SampleRules.transitions
      display.status.deliveries = SampleRules.deliveries
    }
    display.draw()
    for step in 0..<30 {
      let before = display.canvas
      change(&display, &random)
      display.draw()
      let fresh = display.fresh.canvas
      #expect(display.canvas.lines == fresh.lines, "seed \(seed), step \(step)")
      #expect(display.canvas.styleLines == fresh.styleLines, "seed \(seed), step \(step)")
      #expect(display.canvas.groundLines == fresh.groundLines, "seed \(seed), step \(step)")
      expectCovered(before, display, "seed \(seed), step \(step)")
    }
  }

  /// Every cell that changed lies in an area that is presented.
  private func expectCovered(_ before: Canvas, _ display: Display, _ comment: String) {
    for row in 0..<display.size.rows {
      for column in 0..<display.size.columns
      where before.cell(row: row, column: column) != display.canvas.cell(row: row, column: column) {
        #expect(
          display.areas.contains { $0.contains(row: row, column: column) },
          "\(comment): \(row), \(column)")
      }
    }
  }

  @Test func nothingIsDrawnIfNothingChanged() {
    var display = Display(.alert, Size(rows: 24, columns: 80))
    #expect(display.areas == [display.canvas.bounds])
    display.draw()
    #expect(display.areas.isEmpty)
  }

  @Test func aMessageIsInTheFooterAndMovesNothing() {
    var display = Display(.alert, Size(rows: 24, columns: 80))
    display.status.message = "standard input cannot be rewound"
    display.draw()
    #expect(display.areas == [Rectangle(row: 23, column: 0, rows: 1, columns: 80)])
    #expect(display.canvas.lines[23].contains("standard input cannot be rewound"))
  }

  @Test func aRowThatChangesIsDrawnAlone() {
    var display = Display(.alert, Size(rows: 24, columns: 80))
    display.snapshot.highTraffic.peak = .ratio(Rate(hits: 9000, seconds: 120))
    display.draw()
    #expect(display.areas.count == 1 && display.areas.first?.rows == 1)
  }
}
