import AccessLog
import Testing
import TrafficAnalysis

@testable import DashboardModel

/// What the header says of the state of the traffic.
struct HeaderStateTests {
  private func header(
    _ status: RunStatus = .sample(), _ change: (inout Snapshot) -> Void = { _ in }
  ) -> HeaderModel {
    var snapshot = Snapshot(SecondSeries(1_549_573_000...1_549_573_599))
    change(&snapshot)
    return HeaderModel(snapshot, status, ViewState())
  }

  @Test func anAlertSaysForHowLongAndSinceWhen() {
    let header = header { $0.highTraffic.activeSince = EpochSecond(1_549_573_571) }
    #expect(header.state == .alert("ALERT 0:28"))
    #expect(header.shortState == .alert("ALERT"))
    #expect(header.stateText == "high traffic since 21:06:11")
  }

  @Test func severalAlertsAreCounted() {
    let header = header {
      $0.rules.append($0.rules[0])
      $0.rules[1].definition.name = "errors"
      $0.rules[0].activeSince = EpochSecond(1_549_573_571)
      $0.rules[1].activeSince = EpochSecond(1_549_573_500)
    }
    #expect(header.stateText == "errors and high traffic since 21:05:00")
    #expect(header.state == .alert("2 ALERTS 1:39") && header.shortState == .alert("2 ALERTS"))
  }

  @Test func withoutAnAlertTrafficIsNormalSinceTheLastOne() {
    let header = header { $0.addAlert(from: 1_549_573_100, to: 1_549_573_187) }
    #expect(header.state == .good("normal") && header.stateText == "since 20:59:47")
    let first = self.header()
    #expect(first.state == .good("normal") && first.stateText == "no alert so far")
  }

  @Test(arguments: [
    (0, 0, 0, HeaderModel.Badge.muted("no lines yet")), (3, 0, 0, .muted("no hits")),
    (3, 0, 5, .notice("no format yet")), (3, 3, 5, .notice("no format yet")),
    (3, 3, 0, .good("normal")),
  ])
  func withoutHitsNothingIsNormal(lines: Int, hits: Int, undecided: Int, state: HeaderModel.Badge) {
    let log = SourceState(path: Name("access.log"), phase: .following)
    let header = header(RunStatus(source: log, isLive: true)) {
      ($0.tally.lines, $0.tally.hits, $0.undecided) = (lines, hits, undecided)
    }
    #expect(header.state == state && header.shortState == state)
  }

  @Test func aLogThatIsMissingIsNamed() {
    let header = header(.sample(.waiting, path: Name("/var/log/nginx/access.log")))
    #expect(header.state == .warning("waiting") && header.isWaiting)
    #expect(header.stateText == "waiting for access.log to appear")
  }

  @Test func aLogThatCannotBeReadSaysWhy() {
    var status = RunStatus.sample(.failed(.directory))
    #expect(header(status).state == .warning("unreadable"))
    #expect(header(status).stateText == "not a readable log: directory")
    (status.source.phase, status.failure) = (.following, .utf16)
    #expect(header(status).state == .warning("unreadable"))
  }

  private static let failed = FailedLines(lines: 64, format: "common")

  @Test(arguments: [
    (Notice.unknownFormat(failed), "no line matches a format"),
    (.doubtfulFormat(failed), "most lines do not match the format"),
    (
      .futureTimes(first: RejectedLine(number: 3, rejection: .future)),
      "most lines are from the future"
    ),
  ])
  func figuresThatMeanNothingAreNotNormal(notice: Notice, reason: String) {
    let header = header { $0.notices = [.aheadOfWallClock(seconds: 90), notice] }
    #expect(header.state == .warning("unreadable") && header.stateText == reason)
  }

  // MARK: - The phase

  private func phase(_ status: RunStatus, wall: Int64?) -> String {
    var status = status
    status.wall = wall.map { EpochSecond($0) }
    return header(status).phase
  }

  @Test(arguments: [(-5, "following"), (0, "following"), (1, "1 s behind"), (59, "59 s behind")])
  func aLiveLogSaysHowFarItIsBehind(lag: Int64, phase: String) {
    #expect(self.phase(.sample(), wall: 1_549_573_599 + lag) == phase)
  }

  @Test(arguments: [
    (SourceState.Phase.following, 59, "following"),
    (.following, 60, "quiet for 1 minute: last line 7 Feb 2019"),
    (.following, 21_600_000, "quiet for 8 months: last line 7 Feb 2019"),
    (.ended, 59, ""), (.ended, 7200, "ended 2 hours ago"),
    (.ended, 63_115_200, "ended 2 years ago"),
  ])
  func anOldLogSaysHowOldItIs(phase: SourceState.Phase, age: Int64, words: String) {
    #expect(self.phase(.sample(phase, isLive: false), wall: 1_549_573_599 + age) == words)
    var status = RunStatus.sample(phase, isLive: false)
    status.wall = EpochSecond(1_549_573_599 + age)
    #expect(header(status).isOld == (age >= 60))
  }

  @Test(arguments: [
    (Int64(412_300_000), Int64(2), "412 MB/s", "2 s left   "),
    (999_960, 20, "1.0 MB/s", "20 s left  "), (1_250_000_000, 21, "1.3 GB/s", "25 s left  "),
    (80_000_000, 85, " 80 MB/s", "85 s left  "), (4000, 86, "4.0 kB/s", "2 min left "),
    (4000, 5340, "4.0 kB/s", "89 min left"), (4000, 5341, "4.0 kB/s", "2 h left   "),
    (1, Int64.max, "   1 B/s", ">998 h left"),
  ])
  func aLogThatIsLoadedSaysHowFastAndHowLong(
    bytesPerSecond: Int64, left: Int64, speed: String, time: String
  ) {
    var status = RunStatus.sample(.loading(read: 1, total: 3))
    status.loading = LoadingPace.Figures(bytesPerSecond: bytesPerSecond, secondsLeft: left)
    #expect(header(status).loadingSpeed == speed && header(status).loadingTime == time)
    status.replay = .init(speed: "x60", position: 0.5, alerts: [])
    #expect(header(status).loadingSpeed == "" && header(status).phase == "")
  }

  @Test(arguments: [SourceState.Phase.loading(read: 1, total: nil), .following])
  func aPipeThatIsLoadedSaysHowFastAndNotHowOldItIs(phase: SourceState.Phase) {
    var status = RunStatus.sample(phase, isLive: false)
    status.wall = EpochSecond(1_549_573_599 + 21_600_000)
    status.loading = LoadingPace.Figures(bytesPerSecond: 412_300_000, secondsLeft: nil)
    let header = header(status)
    #expect(header.phase == "reading 412 MB/s" && !header.isOld)
    #expect(header.badges.isEmpty && header.loadingSpeed == "" && header.progress == nil)
  }

  @Test func inAReplayTheWallClockDoesNotMatter() {
    #expect(phase(.sample(), wall: nil) == "following")
    #expect(phase(.sample(.ended, isLive: false), wall: nil) == "")
    var status = RunStatus.sample(.ended, isLive: false)
    status.replay = .init(speed: "x60", position: 0.5, alerts: [0.1...0.2])
    let header = header(status)
    #expect(header.phase == "" && header.progress == 0.5 && header.isReplay)
    #expect(header.alertSpans == [0.1...0.2])
  }
}
