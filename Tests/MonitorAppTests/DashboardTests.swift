import AccessLog
import DashboardModel
import Engine
import EventOutput
import Glibc
import LogInput
import TerminalCanvas
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// What the user sees, on a fake screen and with a clock that is moved by hand.
@MainActor
@Suite struct DashboardTests {
  // MARK: - Frames

  @Test func nothingIsPresentedIfNothingChanged() {
    let harness = DashboardHarness()
    harness.play(3, hits: 5)
    harness.tick()
    let frames = harness.screen.frames.count
    #expect(frames > 0 && harness.screen.picture.contains("access.log"))
    for _ in 0..<10 { harness.tick() }
    #expect(harness.screen.frames.count == frames)
  }

  @Test func aSlowTerminalGetsTheLatestFrameOnceItIsReady() {
    let harness = DashboardHarness()
    harness.play(3, hits: 5)
    let frames = harness.screen.frames.count
    harness.screen.isReady = false
    harness.play(5, hits: 5, "/later")
    harness.type(.character("?"))
    #expect(harness.screen.frames.count == frames)
    #expect(harness.dashboard.needsTick)
    harness.screen.isReady = true
    harness.tick()
    #expect(harness.screen.frames.count == frames + 1)
    #expect(harness.screen.picture.contains("this help"))
  }

  @Test func aResizeDrawsEverythingAgain() {
    let harness = DashboardHarness()
    harness.play(3, hits: 5)
    let size = Size(rows: 20, columns: 70)
    harness.screen.terminalSize = size
    harness.type(.resize)
    #expect(harness.screen.frames.last?.lines.count == 20)
    #expect(
      harness.screen.frames.last?.areas == [Rectangle(row: 0, column: 0, rows: 20, columns: 70)])
  }

  // MARK: - Keys

  @Test func oneKeyOpensTheHelpInTheNextFrameAndAnotherClosesIt() {
    let harness = DashboardHarness()
    harness.tick()
    #expect(!harness.screen.picture.contains("this help"))
    harness.type(.character("?"))
    #expect(harness.screen.picture.contains("this help"))
    harness.type(.character("q"))
    #expect(!harness.screen.picture.contains("this help"))
    #expect(harness.dashboard.ending == nil)
  }

  @Test(arguments: Pane.allCases)
  func aDigitBringsItsPaneToTheScreen(pane: Pane) throws {
    let harness = DashboardHarness(screen: FakeScreen(rows: 24, columns: 80))
    harness.play(3, hits: 5)
    let digit = try #require("\(pane.digit)".unicodeScalars.first)
    harness.type(.character(digit))
    #expect(harness.dashboard.state.focus == pane)
    let titles = ["hits per second", "sections", "clients", "alerts", "status", "sources", "rules"]
    let title = titles[pane.digit - 1]
    #expect(harness.screen.picture.contains(title))
  }

  @Test func aMessageIsDisplayedForThreeSeconds() {
    let harness = DashboardHarness()
    harness.type(.character("x"))
    let message = "x does nothing here; ? shows the keys"
    #expect(harness.screen.picture.contains(message))
    harness.wait(2.9)
    harness.tick()
    #expect(harness.screen.picture.contains(message) && harness.dashboard.needsTick)
    harness.wait(0.2)
    harness.tick()
    #expect(!harness.screen.picture.contains(message) && !harness.dashboard.needsTick)
  }

  @Test func pausingFreezesTheDisplayExceptForTheRate() {
    let harness = DashboardHarness(screen: FakeScreen(rows: 24, columns: 80))
    harness.play(11, hits: 5)
    #expect(harness.screen.picture.contains(" 5.0/s"))
    harness.type(.character(" "))
    harness.play(12, hits: 20, "/later")
    #expect(harness.screen.picture.contains("PAUSED"))
    #expect(harness.screen.picture.contains(" 20.0/s"))
    #expect(!harness.screen.picture.contains("/later"))
    harness.type(.character(" "))
    #expect(harness.screen.picture.contains("/later"))
    #expect(!harness.screen.picture.contains("PAUSED"))
  }

  @Test func ctrlLRedrawsTheScreen() {
    let harness = DashboardHarness()
    harness.type(.control("l"))
    #expect(harness.screen.redraws == 1)
  }

  // MARK: - The log

  @Test(arguments: [(bell: true, beeps: 1), (false, 0)])
  func anAlertRingsOnlyWithTheBellOption(bell: Bool, beeps: Int) {
    let harness = DashboardHarness {
      $0.bell = bell
      $0.analysis.alertWindow = 5
    }
    harness.tick()
    harness.play(10, hits: 30)
    #expect(harness.screen.picture.contains("ALERT"))
    #expect(harness.screen.beeps == beeps)
  }

  @Test func theNoticeAboutTheTerminalIsDisplayedForAMinute() {
    let screen = FakeScreen()
    screen.notice = "drawn as vt100"
    let harness = DashboardHarness(screen: screen)
    harness.wait(59)
    harness.tick()
    #expect(screen.picture.contains("drawn as vt100"))
    harness.wait(2)
    harness.tick()
    #expect(!screen.picture.contains("drawn as vt100"))
  }

  @Test func whatWasReadStaysOnTheScreenAfterAReadFails() {
    let harness = DashboardHarness()
    harness.play(3, hits: 5, "/known")
    harness.failReads()
    harness.tick()
    #expect(harness.dashboard.ending == nil)
    #expect(harness.screen.picture.contains("unreadable"))
    #expect(harness.screen.picture.contains("/known"))
    #expect(harness.dashboard.finish().status == 1)
  }

  @Test func aLogOfWhichNothingCouldBeReadEndsTheProgram() {
    let harness = DashboardHarness()
    harness.failReads()
    harness.tick()
    #expect(harness.dashboard.ending == .ordinary)
    let farewell = harness.dashboard.finish()
    #expect(farewell.status == 1 && farewell.notices.count == 1)
  }

  @Test func aReplayFollowsItsClockAndPausesByAKey() {
    let harness = DashboardHarness(follow: false, pacer: Pacer(speed: .times(1), maxGap: 5))
    for _ in 0..<20 {
      harness.write(1)
      harness.wait(1)
    }
    harness.close()
    func hits() -> Int { harness.dashboard.displayedSnapshot.tally.hits }
    harness.tick()
    harness.run(1)
    let first = hits()
    harness.run(5)
    #expect(hits() == first + 5)
    harness.type(.character(" "))
    harness.run(5)
    #expect(hits() == first + 5)
    #expect(harness.screen.picture.contains("PAUSED"))
    harness.type(.character(" "))
    harness.run(20)
    #expect(harness.screen.picture.contains("END") && hits() == 20)
  }

  // MARK: - The end

  @Test(arguments: [
    (Key.character("q"), Dashboard.Ending.ordinary), (.control("c"), .signal(SIGINT)),
  ])
  func aKeyEndsTheProgram(key: Key, ending: Dashboard.Ending) {
    let harness = DashboardHarness()
    harness.play(3, hits: 5)
    // Later keys are left to the next program on the terminal.
    harness.type(key, .character("?"))
    #expect(harness.dashboard.ending == ending)
    #expect(!harness.screen.picture.contains("this help"))
    #expect(harness.screen.nextKey() == .character("?"))
  }

  @Test func aTerminalThatClosesEndsTheProgram() {
    let harness = DashboardHarness()
    harness.tick()
    harness.screen.isGone = true
    #expect(harness.dashboard.ending == .signal(SIGHUP))
  }

  @Test(arguments: [(hits: 5, failOnAlert: true, status: Int32(0)), (30, true, 3), (30, false, 0)])
  func theExitStatusTellsWhetherThereWasAnAlert(hits: Int, failOnAlert: Bool, status: Int32) {
    let harness = DashboardHarness {
      $0.failOnAlert = failOnAlert
      $0.analysis.alertWindow = 5
    }
    harness.play(10, hits: hits)
    harness.type(.character("q"))
    #expect(harness.dashboard.finish() == Farewell(notices: [], status: status))
  }

  /// An action that fails on the first event it gets.
  private final class FailingAction: Action {
    private(set) var calls = 0

    func handle(_ event: MonitorEvent) throws(OutputFailure) {
      calls += 1
      throw .failed(code: ENOSPC)
    }
  }

  /// The program may not exit at the failure itself: the terminal has to be restored first.
  @Test func anActionThatFailsEndsTheProgramInOrder() {
    let action = FailingAction()
    let harness = DashboardHarness(action: action)
    harness.play(3, hits: 5)
    #expect(harness.dashboard.ending == .ordinary)
    #expect(harness.dashboard.finish().outputFailure == .failed(code: ENOSPC))
    #expect(action.calls == 1)
  }

  @Test func anActionThatFailsAtTheEndIsReportedToo() {
    let harness = DashboardHarness(action: FailingAction())
    harness.type(.character("q"))
    #expect(harness.dashboard.finish().outputFailure == .failed(code: ENOSPC))
  }
}
