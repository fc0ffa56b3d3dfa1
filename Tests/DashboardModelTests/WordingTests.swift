import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

struct WordingTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (48_311, "48,311"), (-1234, "-1,234"),
    (Int.max, "9,223,372,036,854,775,807"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func digitsAreGroupedByThree(number: Int, words: String) {
    #expect(Wording.grouped(number) == words)
  }

  @Test(arguments: [
    (Int64(0), "0 B"), (999, "999 B"), (1000, "1.0 kB"), (171_800, "171.8 kB"),
    (999_950, "1.0 MB"), (1_210_000_000, "1.2 GB"), (.max - 1, "9.2 EB"), (.max, ">= 8 EiB"),
  ])
  func bytesAreInDecimalUnits(count: Int64, words: String) {
    #expect(Wording.bytes(count) == words)
  }

  @Test(arguments: [(0, 0, "0.0 %"), (31, 1000, "3.1 %"), (1, 1, "100.0 %")])
  func sharesHaveOneDecimal(part: Int, whole: Int, words: String) {
    #expect(Wording.percent(part, of: whole) == words)
  }

  @Test(arguments: [
    (Int64(-5), "0:00"), (28, "0:28"), (725, "12:05"), (3723, "1:02:03"), (273_600, "3d 04:00"),
  ])
  func durationsReadLikeAClock(seconds: Int64, words: String) {
    #expect(Wording.clockDuration(seconds) == words)
  }

  @Test(arguments: [
    (Int64(-1), "1969-12-31 23:59:59"), (253_402_300_800, "+10000-01-01 00:00:00"),
    (-62_135_596_801, "0000-12-31 23:59:59"),
  ])
  func anyTimeCanBeShown(second: Int64, words: String) {
    let (times, second) = (TimeDisplay.utc, EpochSecond(second))
    #expect(times.date(second) + " " + times.clock(second) == words)
  }

  @Test(arguments: [(110, 0), (111, 1), (90, 0), (89, -1)])
  func theArrowStandsWhereTheRateDiffersByOverATenth(hits: Int, trend: Int) {
    var snapshot = Snapshot()
    snapshot.rateNow = Rate(hits: hits, seconds: 10)
    snapshot.alertMean = Rate(hits: 1200, seconds: 120)
    let status = RunStatus(source: SourceState(path: Name("a"), phase: .following), isLive: true)
    #expect(HeaderModel(snapshot, status, ViewState()).trend == trend)
  }

  @Test func theHeaderSaysWhatTheRunIsDoing() {
    func badges(_ phase: SourceState.Phase, _ change: (inout RunStatus) -> Void = { _ in })
      -> [HeaderModel.Badge]
    {
      var status = RunStatus(source: SourceState(path: Name("a"), phase: phase), isLive: true)
      change(&status)
      return HeaderModel(Snapshot(), status, ViewState()).badges
    }
    #expect(badges(.loading(read: 1, total: 4)) == [.notice("LOADING 25 %")])
    #expect(badges(.ended) == [.notice("END")])
    #expect(badges(.following) { $0.isPaused = true } == [.warning("PAUSED")])
    #expect(
      badges(.following) { $0.replay = .init(speed: "x60", position: 0.5, alerts: []) }
        == [.notice("REPLAY x60")])
  }
}
