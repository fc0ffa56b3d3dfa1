import AccessLog
import DashboardModel
import Glibc
import TerminalCanvas
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// The search for a name in a table.
@MainActor
@Suite struct SearchKeyTests {
  /// A log with forty sections, `/s0` with the most hits.
  private func harness() -> DashboardHarness {
    let harness = DashboardHarness(screen: FakeScreen(rows: 24, columns: 80))
    for index in 0..<40 {
      harness.write(60 - index, "/s\(index)")
      if index % 8 == 7 { harness.play(1, hits: 1, "/s0") }
    }
    harness.play(2, hits: 1, "/s0")
    harness.type(.character("W"))
    return harness
  }

  private func type(_ text: String, _ harness: DashboardHarness) {
    for scalar in text.unicodeScalars { harness.type(.character(scalar)) }
  }

  /// The name of the selected row on the screen.
  private func selected(_ harness: DashboardHarness) -> String? {
    guard let row = harness.dashboard.state.selectedRow else { return nil }
    let rows = harness.dashboard.displayedSnapshot.table.rankings[0]
    let index = row - rows.first
    return rows.rows.indices.contains(index) ? "\(rows.rows[index].name)" : nil
  }

  // MARK: - The prompt

  @Test func typedTextIsInTheFooter() {
    let harness = harness()
    type("/s3q?", harness)
    #expect(harness.dashboard.state.prompt == "s3q?")
    #expect(harness.screen.picture.contains("find: s3q?"))
    #expect(harness.dashboard.ending == nil && !harness.dashboard.state.showsHelp)
    harness.type(.backspace, .backspace)
    #expect(harness.dashboard.state.prompt == "s3")
    harness.type(.control("u"))
    #expect(harness.dashboard.state.prompt == "")
    harness.type(.backspace)
    #expect(harness.dashboard.state.prompt == "")
  }

  @Test func f3BeginsASearchToo() {
    let harness = harness()
    harness.type(.function(3))
    #expect(harness.dashboard.state.prompt == "")
  }

  @Test func escEndsTheSearchAndNothingElse() {
    let harness = harness()
    type("j/s3", harness)
    harness.type(.escape)
    #expect(harness.dashboard.state.prompt == nil && harness.dashboard.state.query == "")
    #expect(harness.dashboard.state.selectedRow == 0)
    #expect(!harness.screen.picture.contains("find:"))
  }

  @Test func ctrlCEndsTheProgramWhileTextIsTyped() {
    let harness = harness()
    type("/s3", harness)
    harness.type(.control("c"))
    #expect(harness.dashboard.ending == .signal(SIGINT))
  }

  @Test func aLongTextIsCutInTheFooter() {
    let harness = harness()
    type("/" + String(repeating: "x", count: 300), harness)
    #expect(harness.dashboard.state.prompt?.count == 200)
    #expect(harness.screen.frames.last?.lines.last?.count == 80)
  }

  // MARK: - What is found

  @Test func enterSelectsTheFirstNameThatContainsTheText() {
    let harness = harness()
    type("/s3", harness)
    harness.type(.enter)
    #expect(harness.dashboard.state.prompt == nil && harness.dashboard.state.query == "s3")
    #expect(selected(harness) == "/s3")
    #expect(harness.screen.picture.contains("/s3  n next"))
  }

  @Test func nAndShiftNGoThroughTheMatches() {
    let harness = harness()
    type("/s3", harness)
    harness.type(.enter)
    harness.type(.character("n"))
    #expect(selected(harness) == "/s30")
    harness.type(.character("n"))
    #expect(selected(harness) == "/s31")
    harness.type(.character("N"), .character("N"))
    #expect(selected(harness) == "/s3")
    #expect(harness.screen.picture.contains("/s3 "))
  }

  @Test func aNameThatIsNotOnTheScreenIsScrolledTo() {
    let harness = harness()
    type("/s38", harness)
    harness.type(.enter)
    #expect(selected(harness) == "/s38")
    #expect(harness.screen.picture.contains("│ /s38 "))
  }

  @Test func withoutATextTheLastOneIsSearchedAgain() {
    let harness = harness()
    type("/s3", harness)
    harness.type(.enter)
    type("/", harness)
    harness.type(.enter)
    #expect(harness.dashboard.state.query == "s3" && selected(harness) == "/s30")
  }

  @Test func aTextThatIsNotFoundIsReported() {
    let harness = harness()
    type("/nowhere", harness)
    harness.type(.enter)
    #expect(harness.screen.picture.contains("nowhere: not found"))
    #expect(harness.dashboard.state.selectedRow == nil)
    let other = self.harness()
    other.type(.character("n"))
    #expect(other.screen.picture.contains("nothing to find: press / first"))
  }
}
