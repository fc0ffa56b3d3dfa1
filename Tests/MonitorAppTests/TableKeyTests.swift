import AccessLog
import DashboardModel
import TerminalCanvas
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// Keys that change what the tables show.
@MainActor
@Suite struct TableKeyTests {
  private func harness() -> DashboardHarness {
    let harness = DashboardHarness(screen: FakeScreen(rows: 24, columns: 80))
    harness.play(3, hits: 5, "/a")
    harness.play(3, hits: 2, "/b")
    return harness
  }

  private func head(_ harness: DashboardHarness) -> String {
    harness.screen.frames.last?.lines.first { $0.contains("hits") && $0.contains("share") } ?? ""
  }

  @Test func sSortsByTheNextVisibleColumn() {
    let harness = harness()
    #expect(head(harness).contains("▼hits"))
    var columns: [TableColumn] = []
    for _ in 0..<6 {
      harness.type(.character("s"))
      columns.append(harness.dashboard.state.tables[0].column)
    }
    #expect(columns == [.share, .clientErrors, .serverErrors, .change, .name, .hits])
    harness.type(.function(6))
    #expect(head(harness).contains("▼share"))
  }

  @Test func shiftSReversesTheOrder() {
    let harness = harness()
    harness.type(.character("S"))
    #expect(head(harness).contains("▲hits") && harness.dashboard.state.tables[0].isReversed)
    harness.type(.character("S"))
    #expect(head(harness).contains("▼hits"))
  }

  @Test func dShowsOtherNamesInTheTable() {
    let harness = harness()
    harness.type(.character("d"))
    #expect(harness.dashboard.state.tables[0].dimension == .client)
    #expect(
      harness.screen.picture.contains("²clients") && harness.screen.picture.contains("10.0.0.1"))
    harness.type(.character("D"), .character("D"))
    #expect(harness.screen.picture.contains("²codes") && harness.screen.picture.contains(" 200 "))
  }

  @Test func theEqualsSignChangesWhatIsComparedWith() {
    let harness = harness()
    #expect(head(harness).contains(" change"))
    harness.type(.character("="))
    #expect(head(harness).contains("vs 1 h"))
    #expect(harness.screen.picture.contains("comparing with an hour before"))
    harness.type(.character("="), .character("="))
    #expect(harness.screen.picture.contains("comparing with the window before"))
  }

  @Test(arguments: ["s", "S", "d", "D", "/"])
  func whereThereIsNoTableAKeyForTablesSaysSo(key: String) throws {
    let harness = harness()
    harness.type(.character("1"), .character(try #require(key.unicodeScalars.first)))
    #expect(harness.screen.picture.contains("\(key) is for tables: press 2 or 3 first"))
    #expect(harness.dashboard.state.prompt == nil)
  }

  @Test func wAndCChangeWindowAndSpan() {
    let harness = harness()
    harness.type(.character("w"))
    #expect(harness.screen.picture.contains("last 1 min"))
    harness.type(.character("W"), .character("c"))
    #expect(harness.screen.picture.contains("last 15 min"))
    harness.type(.character("C"))
    #expect(harness.screen.picture.contains("last 5 min"))
  }

  @Test func aPageMovesTheSelection() {
    let harness = DashboardHarness(screen: FakeScreen(rows: 24, columns: 80))
    for index in 0..<30 { harness.play(1, hits: 1, "/\(index)") }
    harness.play(2, hits: 1, "/0")
    harness.type(.character("W"), .character("j"))
    #expect(harness.dashboard.state.selectedRow == 0)
    harness.type(.end)
    #expect(harness.dashboard.state.selectedRow == 29)
    harness.type(.home, .pageDown)
    #expect(harness.dashboard.state.selectedRow == 4)
    harness.type(.escape)
    #expect(harness.dashboard.state.selectedRow == nil)
  }
}
