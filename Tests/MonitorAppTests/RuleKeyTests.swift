import AccessLog
import DashboardModel
import TerminalCanvas
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// Keys of the pane of rules.
@MainActor
@Suite struct RuleKeyTests {
  /// A log on which two of three rules have alerted.
  private func harness(rows: Int = 36, columns: Int = 120) -> DashboardHarness {
    let harness = DashboardHarness(screen: FakeScreen(rows: rows, columns: columns)) {
      $0.analysis.alertWindow = 5
      $0.analysis.rules = [
        RuleDefinition(name: "busy", metric: .rate, limit: Threshold(whole: 20), window: 3),
        RuleDefinition(name: "never", metric: .rate, limit: Threshold(whole: 999), window: 3),
      ]
    }
    harness.play(10, hits: 30)
    harness.play(40, hits: 1)
    return harness
  }

  @Test(arguments: [(36, 120), (24, 80)])
  func sevenAndJSelectARuleForTheChart(rows: Int, columns: Int) {
    let harness = harness(rows: rows, columns: columns)
    harness.type(.character("7"), .character("j"), .character("j"))
    #expect(harness.dashboard.state.focus == .rules && harness.dashboard.state.selectedRow == 1)
    #expect(harness.screen.picture.contains("alerts of busy"), "\(harness.screen.picture)")
    harness.type(.character("j"))
    #expect(harness.screen.picture.contains("alerts of never"))
    harness.type(.escape)
    #expect(!harness.screen.picture.contains("alerts of"))
  }

  @Test func enterOpensTheLatestAlertOfTheRule() {
    let harness = harness()
    harness.type(.character("7"), .character("j"), .character("j"), .enter)
    let open = harness.dashboard.state.openAlert
    let busy = harness.dashboard.displayedSnapshot.transitions.first { $0.rule.name == "busy" }
    #expect(open != nil && open == busy.map { AlertKey($0) })
    harness.type(.escape, .character("7"), .character("j"), .enter)
    #expect(harness.dashboard.state.openAlert == nil)
    #expect(harness.screen.picture.contains("no alert so far"))
  }

  @Test func rulesAreOnTheScreenIfThereIsAnotherThanTheDefaultOne() {
    #expect(harness().screen.picture.contains("⁷rules"))
    let plain = DashboardHarness(screen: FakeScreen(rows: 36, columns: 120))
    plain.play(3, hits: 1)
    #expect(!plain.screen.picture.contains("⁷rules"))
  }

  @Test func aClickSelectsARule() throws {
    let harness = harness()
    let row = try #require(
      harness.screen.frames.last?.lines.firstIndex { $0.contains("busy") && $0.contains("> 20/s") })
    harness.type(.mouse(Mouse(.press, row: row, column: 20)))
    #expect(harness.dashboard.state.focus == .rules && harness.dashboard.state.selectedRow == 1)
  }

  @Test func theListOfSourcesScrollsToo() {
    let harness = harness()
    harness.type(.character("6"), .character("j"))
    #expect(harness.dashboard.state.selectedRow == 0)
  }

  @Test func aFilterStandsInTheHeader() {
    let harness = DashboardHarness(screen: FakeScreen(rows: 24, columns: 80)) {
      $0.analysis.filter = Condition(
        text: "section=/a",
        .term(FilterTerm(.section, .isAny, [.text(Array("/a".utf8))])))
    }
    harness.play(3, hits: 1)
    #expect(harness.screen.picture.contains(" FILTER section=/a "), "\(harness.screen.picture)")
  }
}
