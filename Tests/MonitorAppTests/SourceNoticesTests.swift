import AccessLog
import Glibc
import Messages
import Testing

@testable import MonitorApp

struct SourceNoticesTests {
  private func state(
    _ phase: SourceState.Phase, rotations: Int = 0, truncations: Int = 0, missed: Int = 0
  ) -> SourceState {
    var state = SourceState(path: Name("access.log"), phase: phase)
    state.rotations = rotations
    state.truncations = truncations
    state.unreadFiles = missed
    return state
  }

  private func words(of notices: [InputNotice]) -> [String] {
    notices.map { Notice.input($0).text.text }
  }

  private func summary(_ state: SourceState, verbose: Bool) -> String? {
    SourceNotices.summary(state, verbose: verbose).map { Notice.input($0).text.text }
  }

  @Test(arguments: [false, true])
  func lossesAreAlwaysReportedAndOtherChangesOnRequest(verbose: Bool) {
    var notices = SourceNotices()
    func update(_ state: SourceState) -> [String] {
      words(of: notices.update(state, verbose: verbose, isFollowed: true))
    }
    #expect(update(state(.waiting)) == (verbose ? ["waiting for it to appear"] : []))
    #expect(update(state(.waiting)) == [])
    #expect(update(state(.loading(read: 0, total: 9))) == [])
    #expect(
      update(state(.following, rotations: 1))
        == (verbose ? ["rotated, reading the new file too"] : []))
    #expect(
      update(state(.following, rotations: 1, truncations: 1))
        == (verbose ? ["truncated, reading it from the beginning"] : []))
    let failed = state(.failed(.system(code: EACCES)), rotations: 1, truncations: 1)
    #expect(update(failed) == ["Permission denied; trying again"])
    #expect(update(failed) == [])
    let after = state(.following, rotations: 4, truncations: 1, missed: 2)
    let lost = "2 rotated files disappeared unread"
    #expect(
      update(after)
        == (verbose ? [lost, "rotated, reading the new file too", "following it"] : [lost]))
  }

  @Test func aReplacementByACopyIsReportedOnRequest() {
    var replaced = state(.following)
    replaced.replacements = 1
    for verbose in [false, true] {
      var notices = SourceNotices()
      #expect(notices.update(state(.following), verbose: verbose, isFollowed: true) == [])
      #expect(
        words(of: notices.update(replaced, verbose: verbose, isFollowed: true))
          == (verbose
            ? ["replaced by a copy of itself, continuing after what was already read"] : []))
      #expect(
        summary(replaced, verbose: verbose)
          == (verbose ? "1 replacement by a copy of itself" : nil))
    }
  }

  @Test func theSummaryCountsTheChanges() {
    #expect(summary(state(.following, rotations: 3), verbose: false) == nil)
    #expect(summary(state(.following), verbose: true) == nil)
    #expect(summary(state(.following, rotations: 3), verbose: true) == "3 rotations")
    #expect(
      summary(state(.waiting, rotations: 1, truncations: 2, missed: 1), verbose: false)
        == "1 rotation, 2 truncations, 1 rotated file disappeared unread")
  }
}
