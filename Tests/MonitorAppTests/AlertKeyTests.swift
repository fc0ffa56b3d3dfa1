import AccessLog
import DashboardModel
import TerminalCanvas
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// Keys of the chart and of the alerts, and those that lead back.
@MainActor
@Suite struct AlertKeyTests {
  /// A log with two alerts, the second of which is active.
  private func harness(rows: Int = 24, columns: Int = 80) -> DashboardHarness {
    let harness = DashboardHarness(screen: FakeScreen(rows: rows, columns: columns)) {
      $0.analysis.alertWindow = 5
    }
    harness.play(10, hits: 30)
    harness.play(40, hits: 1)
    harness.play(10, hits: 30)
    return harness
  }

  // MARK: - The cursor

  @Test func leftAndRightMoveTheCursorOfTheChart() throws {
    let harness = harness()
    harness.type(.character("1"), .left)
    let newest = try #require(harness.dashboard.state.cursor)
    harness.type(.left)
    let before = try #require(harness.dashboard.state.cursor)
    #expect(before < newest)
    harness.type(.right)
    #expect(harness.dashboard.state.cursor == newest)
    harness.type(.escape)
    #expect(harness.dashboard.state.cursor == nil)
  }

  @Test func elsewhereLeftLeadsBack() {
    let harness = harness()
    harness.type(.character("j"), .left)
    #expect(harness.dashboard.state.selectedRow == nil && harness.dashboard.state.cursor == nil)
  }

  // MARK: - Alerts

  @Test func enterOpensAnAlertAndEscClosesIt() {
    let harness = harness()
    harness.type(.character("4"), .enter)
    #expect(harness.dashboard.state.openAlert != nil && harness.dashboard.state.cursor != nil)
    let picture = harness.screen.picture
    #expect(picture.contains("⁴alert ") && picture.contains("Esc back"), "\(picture)")
    #expect(picture.contains("before") && picture.contains("during"), "\(picture)")
    harness.type(.escape)
    #expect(harness.dashboard.state.openAlert == nil && harness.dashboard.state.cursor == nil)
    #expect(harness.screen.picture.contains("⁴alerts"))
  }

  @Test func enterOpensTheSelectedAlert() throws {
    let harness = harness()
    harness.type(.character("4"), .character("j"), .character("j"), .enter)
    let alert = try #require(harness.dashboard.state.openAlert)
    let triggers = harness.dashboard.displayedSnapshot.transitions.filter {
      $0.change == .triggered
    }
    #expect(triggers.count == 2 && alert.second == triggers[0].second)
  }

  @Test func withoutAnAlertEnterSaysSo() {
    let harness = DashboardHarness(screen: FakeScreen(rows: 24, columns: 80))
    harness.play(3, hits: 1)
    harness.type(.character("4"), .enter)
    #expect(harness.screen.picture.contains("no alert so far"))
    #expect(harness.dashboard.state.openAlert == nil && harness.dashboard.ending == nil)
  }

  @Test func aGoesToTheNextAlertAndShiftAToThePreviousOne() {
    let harness = harness()
    let triggers = harness.dashboard.displayedSnapshot.transitions
      .filter { $0.change == .triggered }.map(\.second)
    harness.type(.character("A"))
    #expect(harness.dashboard.state.cursor == triggers[1])
    #expect(harness.dashboard.state.focus == .chart)
    harness.type(.character("A"))
    #expect(harness.dashboard.state.cursor == triggers[0])
    harness.type(.character("A"))
    #expect(harness.screen.picture.contains("no earlier alert"))
    harness.type(.character("a"))
    #expect(harness.dashboard.state.cursor == triggers[1])
    harness.type(.character("a"))
    #expect(harness.screen.picture.contains("no further alert"))
  }

  @Test func theCursorReadsOutItsMoment() {
    let harness = harness()
    harness.type(.character("A"))
    let lines = harness.screen.frames.last?.lines ?? []
    #expect(lines.contains { $0.hasPrefix("╰─ 22:") }, "\(lines)")
  }

  // MARK: - The end

  @Test func qLeavesOneLevelAtATime() {
    let harness = harness()
    harness.type(.character("z"), .character("j"), .character("?"))
    #expect(harness.dashboard.state.showsHelp)
    harness.type(.character("q"))
    #expect(!harness.dashboard.state.showsHelp && harness.dashboard.state.selectedRow == 0)
    harness.type(.character("q"))
    #expect(harness.dashboard.state.selectedRow == nil && harness.dashboard.state.isZoomed)
    harness.type(.character("q"))
    #expect(!harness.dashboard.state.isZoomed && harness.dashboard.ending == nil)
    harness.type(.character("q"))
    #expect(harness.dashboard.ending == .ordinary)
  }

  @Test(arguments: [
    [Key.function(10)], [.character("?"), .function(10)], [.character("/"), .function(10)],
  ])
  func f10EndsAtOnce(keys: [Key]) {
    let harness = harness()
    for key in keys { harness.type(key) }
    #expect(harness.dashboard.ending == .ordinary)
  }

  @Test func escNeverEndsTheProgram() {
    let harness = harness()
    for _ in 0..<5 { harness.type(.escape) }
    #expect(harness.dashboard.ending == nil)
  }

  @Test func keysOfAReplaySayHowToStartOne() {
    let harness = harness()
    harness.type(.character(">"))
    #expect(harness.screen.picture.contains("> is for replays: start with --replay"))
  }

  @Test(arguments: [
    (Key.character("x"), "x"), (.function(12), "F12"), (.control("k"), "Ctrl-K"),
    (.delete, "Delete"),
  ])
  func anUnknownKeyPointsToTheHelp(key: Key, name: String) {
    let harness = harness()
    harness.type(key)
    #expect(harness.screen.picture.contains("\(name) does nothing here; ? shows the keys"))
    #expect(harness.dashboard.ending == nil)
  }
}
