import AccessLog
import DashboardModel
import Engine
import Glibc
import LogInput
import TerminalCanvas
import Testing
import TrafficAnalysis

@testable import MonitorApp

/// What a person sees of a run, with a screen that is none and a clock that is moved by hand.
@MainActor
@Suite struct DashboardTests {
  // MARK: - Frames

  @Test func whereNothingChangedNothingIsPresented() {
    let rehearsal = Rehearsal()
    rehearsal.play(3, hits: 5)
    rehearsal.tick()
    let frames = rehearsal.screen.frames.count
    #expect(frames > 0 && rehearsal.screen.picture.contains("access.log"))
    for _ in 0..<10 { rehearsal.tick() }
    #expect(rehearsal.screen.frames.count == frames)
  }

  @Test func aSlowTerminalGetsTheLatestFrameOnceItIsReady() {
    let rehearsal = Rehearsal()
    rehearsal.play(3, hits: 5)
    let frames = rehearsal.screen.frames.count
    rehearsal.screen.isReady = false
    rehearsal.play(5, hits: 5, "/later")
    rehearsal.type(.character("?"))
    #expect(rehearsal.screen.frames.count == frames)
    #expect(rehearsal.dashboard.needsTick)
    rehearsal.screen.isReady = true
    rehearsal.tick()
    #expect(rehearsal.screen.frames.count == frames + 1)
    #expect(rehearsal.screen.picture.contains("this help"))
  }

  @Test func anotherSizeDrawsEverythingAgain() {
    let rehearsal = Rehearsal()
    rehearsal.play(3, hits: 5)
    let size = Size(rows: 20, columns: 70)
    rehearsal.screen.terminalSize = size
    rehearsal.type(.resize)
    #expect(rehearsal.screen.frames.last?.lines.count == 20)
    #expect(
      rehearsal.screen.frames.last?.areas == [Rectangle(row: 0, column: 0, rows: 20, columns: 70)])
  }

  // MARK: - Keys

  @Test func aKeyOpensTheHelpInTheNextFrameAndAnotherOneClosesIt() {
    let rehearsal = Rehearsal()
    rehearsal.tick()
    #expect(!rehearsal.screen.picture.contains("this help"))
    rehearsal.type(.character("?"))
    #expect(rehearsal.screen.picture.contains("this help"))
    rehearsal.type(.character("q"))
    #expect(!rehearsal.screen.picture.contains("this help"))
    #expect(rehearsal.dashboard.ending == nil)
  }

  @Test(arguments: Pane.numbered)
  func aDigitBringsItsPane(pane: Pane) throws {
    let rehearsal = Rehearsal()
    let digit = try #require(pane.digit.flatMap { "\($0)".unicodeScalars.first })
    rehearsal.type(.character(digit))
    #expect(rehearsal.dashboard.state.focus == pane)
    #expect(rehearsal.screen.picture.contains(pane.content.title))
  }

  @Test func aMessageIsThereForThreeSeconds() {
    let rehearsal = Rehearsal()
    rehearsal.type(.character("x"))
    let message = "x has no meaning here; ? shows the keys"
    #expect(rehearsal.screen.picture.contains(message))
    rehearsal.wait(2.9)
    rehearsal.tick()
    #expect(rehearsal.screen.picture.contains(message) && rehearsal.dashboard.needsTick)
    rehearsal.wait(0.2)
    rehearsal.tick()
    #expect(!rehearsal.screen.picture.contains(message) && !rehearsal.dashboard.needsTick)
  }

  @Test func pausingFreezesThePictureWhileTheRateMovesOn() {
    let rehearsal = Rehearsal()
    rehearsal.play(11, hits: 5)
    #expect(rehearsal.screen.picture.contains(" 5.0/s"))
    rehearsal.type(.character(" "))
    rehearsal.play(12, hits: 20, "/later")
    #expect(rehearsal.screen.picture.contains("PAUSED"))
    #expect(rehearsal.screen.picture.contains(" 20.0/s"))
    #expect(!rehearsal.screen.picture.contains("/later"))
    rehearsal.type(.character(" "))
    #expect(rehearsal.screen.picture.contains("/later"))
    #expect(!rehearsal.screen.picture.contains("PAUSED"))
  }

  @Test func aKeyThatDrawsAnewGoesToTheScreen() {
    let rehearsal = Rehearsal()
    rehearsal.type(.control("l"))
    #expect(rehearsal.screen.redraws == 1)
  }

  // MARK: - The log

  @Test(arguments: [(bell: true, beeps: 1), (false, 0)])
  func anAlertRingsWhereThatWasAskedFor(bell: Bool, beeps: Int) {
    let rehearsal = Rehearsal {
      $0.bell = bell
      $0.analysis.alertWindow = 5
    }
    rehearsal.tick()
    rehearsal.play(10, hits: 30)
    #expect(rehearsal.screen.picture.contains("ALERT"))
    #expect(rehearsal.screen.beeps == beeps)
  }

  @Test func whatHasToBeSaidOfTheTerminalIsSaidForAMinute() {
    let screen = FakeScreen()
    screen.notice = "drawn as vt100"
    let rehearsal = Rehearsal(screen: screen)
    rehearsal.wait(59)
    rehearsal.tick()
    #expect(screen.picture.contains("drawn as vt100"))
    rehearsal.wait(2)
    rehearsal.tick()
    #expect(!screen.picture.contains("drawn as vt100"))
  }

  @Test func whatWasReadStaysWhereTheLogCannotBeReadAnyFurther() {
    let rehearsal = Rehearsal()
    rehearsal.play(3, hits: 5, "/known")
    rehearsal.fail()
    rehearsal.tick()
    #expect(rehearsal.dashboard.ending == nil)
    #expect(rehearsal.screen.picture.contains("UNREADABLE"))
    #expect(rehearsal.screen.picture.contains("/known"))
    #expect(rehearsal.dashboard.finish().status == 1)
  }

  @Test func whereNothingCouldBeReadItEndsAtOnce() {
    let rehearsal = Rehearsal()
    rehearsal.fail()
    rehearsal.tick()
    #expect(rehearsal.dashboard.ending == .ordinary)
    let farewell = rehearsal.dashboard.finish()
    #expect(farewell.status == 1 && farewell.notices.count == 1)
  }

  @Test func aReplayPlaysByItsClockAndPausesByAKey() {
    let rehearsal = Rehearsal(follow: false, pacer: Pacer(speed: .times(1), maxGap: 5))
    for _ in 0..<20 {
      rehearsal.write(1)
      rehearsal.wait(1)
    }
    rehearsal.close()
    func hits() -> Int { rehearsal.dashboard.shownSnapshot.tally.hits }
    rehearsal.tick()
    rehearsal.run(1)
    let first = hits()
    rehearsal.run(5)
    #expect(hits() == first + 5)
    rehearsal.type(.character(" "))
    rehearsal.run(5)
    #expect(hits() == first + 5)
    #expect(rehearsal.screen.picture.contains("PAUSED"))
    rehearsal.type(.character(" "))
    rehearsal.run(20)
    #expect(rehearsal.screen.picture.contains("END") && hits() == 20)
  }

  // MARK: - The end

  @Test(arguments: [
    (Key.character("q"), Dashboard.Ending.ordinary), (.control("c"), .signal(SIGINT)),
  ])
  func aKeyEndsIt(key: Key, ending: Dashboard.Ending) {
    let rehearsal = Rehearsal()
    rehearsal.play(3, hits: 5)
    // What was typed behind it is for whoever has the terminal then.
    rehearsal.type(key, .character("?"))
    #expect(rehearsal.dashboard.ending == ending)
    #expect(!rehearsal.screen.picture.contains("this help"))
    #expect(rehearsal.screen.nextKey() == .character("?"))
  }

  @Test func aTerminalThatGoesAwayEndsIt() {
    let rehearsal = Rehearsal()
    rehearsal.tick()
    rehearsal.screen.isGone = true
    #expect(rehearsal.dashboard.ending == .signal(SIGHUP))
  }

  @Test(arguments: [(hits: 5, failOnAlert: true, status: Int32(0)), (30, true, 3), (30, false, 0)])
  func theExitStatusSaysWhetherThereWasAnAlert(hits: Int, failOnAlert: Bool, status: Int32) {
    let rehearsal = Rehearsal {
      $0.failOnAlert = failOnAlert
      $0.analysis.alertWindow = 5
    }
    rehearsal.play(10, hits: hits)
    rehearsal.type(.character("q"))
    #expect(rehearsal.dashboard.finish() == Farewell(notices: [], status: status))
  }
}
