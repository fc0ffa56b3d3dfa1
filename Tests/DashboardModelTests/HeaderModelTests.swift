import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

struct HeaderModelTests {
  @Test(arguments: [
    (Int64(-1), "1969-12-31 23:59:59"), (253_402_300_800, "+10000-01-01 00:00:00"),
    (-62_135_596_801, "0000-12-31 23:59:59"),
  ])
  func anyTimeCanBeDisplayed(second: Int64, words: String) {
    let (times, second) = (TimeDisplay.utc, EpochSecond(second))
    #expect(times.date(second) + " " + times.clock(second) == words)
  }

  @Test(arguments: [(110, 0), (111, 1), (90, 0), (89, -1)])
  func theTrendIsMarkedIfTheRateDiffersByOverATenth(hits: Int, trend: Int) {
    var snapshot = Snapshot()
    snapshot.rateNow = Rate(hits: hits, seconds: 10)
    snapshot.highTraffic.value = Rate(hits: 1200, seconds: 120)
    let status = RunStatus(source: SourceState(path: Name("a"), phase: .following), isLive: true)
    #expect(HeaderModel(snapshot, status, ViewState()).trend == trend)
  }

  @Test func badgesSayWhatTheRunIsDoing() {
    func badges(_ phase: SourceState.Phase, _ change: (inout RunStatus) -> Void = { _ in })
      -> [HeaderModel.Badge]
    {
      var status = RunStatus(source: SourceState(path: Name("a"), phase: phase), isLive: true)
      change(&status)
      return HeaderModel(Snapshot(), status, ViewState()).badges
    }
    #expect(
      badges(.ended) {
        $0.isPaused = true
        $0.seekPosition = 0.451
        $0.replay = .init(speed: "x60", position: 0.5, alerts: [])
      } == [.warning("PAUSED"), .notice("REPLAY x60"), .notice("SEEKING 45 %"), .notice("END")])
    #expect(badges(.loading(read: 1, total: 4)) == [.notice("LOADING 25 %")])
    #expect(badges(.ended) == [.notice("END")])
    #expect(badges(.following) { $0.isPaused = true } == [.warning("PAUSED")])
    #expect(
      badges(.following) { $0.replay = .init(speed: "x60", position: 0.5, alerts: []) }
        == [.notice("REPLAY x60")])
  }
}
