import Testing

@testable import MonitorApp

/// How long the dashboard says that messages were lost.
@Suite struct TimedLossTests {
  @Test func aLossThatDoesNotGrowIsNotShownForGood() {
    var notices = TimedNotices(start: 0)
    func isRecent(_ count: Int, at now: Double) -> Bool {
      notices.hasRecentLoss(count, now: now)
    }
    #expect(!isRecent(0, at: 0))
    #expect(isRecent(5, at: 100))
    #expect(isRecent(5, at: 159))
    #expect(!isRecent(5, at: 160))
    #expect(isRecent(6, at: 161))
    #expect(isRecent(7, at: 220))
    #expect(isRecent(7, at: 279))
    #expect(!isRecent(7, at: 280))
  }
}
