import AccessLog
import Testing
import TrafficAnalysis

@testable import Monitoring

/// A replay by a clock that is moved by hand. Tick: a tenth of a second, as in the program.
@Suite struct ReplayTests {
  private static let tick = 0.1
  /// One hit a second.
  private static let steady = Array(1000..<1200)
  /// 30 hits a second in two stretches, and 10 a second otherwise: two alerts above 20 over 3 s.
  private static let twoAlerts = (1000..<1200).flatMap { second in
    [Int](repeating: second, count: [1050, 1120].contains { abs($0 - second) < 5 } ? 30 : 10)
  }

  private static func alerting(canGoBack: Bool = true) -> ReplayTrial {
    ReplayTrial(
      seconds: twoAlerts, canGoBack: canGoBack, threshold: Threshold(whole: 20), window: 3)
  }

  // MARK: - Pace

  @Test(arguments: [1.0, 2.5, 10, 15])
  func aSecondOfTheClockIsSoManySecondsOfTheLog(speed: Double) throws {
    var trial = ReplayTrial(seconds: Self.steady, speed: .times(speed))
    for _ in 0..<101 { try trial.step(after: Self.tick) }
    // The first tick finds out when the log begins.
    #expect(abs(Double(try #require(trial.second) - 999) - speed * 10) <= 1)
  }

  @Test func beforeTheFirstSecondHasPassedItNeitherShowsAnythingNorSpins() throws {
    var trial = ReplayTrial(seconds: Self.steady)
    for _ in 0..<5 {
      let step = try trial.step(after: Self.tick, budget: 3)
      #expect(step == .played(.goalReached))
      #expect(trial.second ?? 999 <= 999)
    }
    #expect(trial.blocks <= 1)
  }

  @Test func aSpeedCountsWithinATickAlsoWhereReadingCouldNotKeepUp() throws {
    var trial = ReplayTrial(seconds: Array(1000..<90_000), speed: .times(10_000))
    // Ten seconds of the clock, in which reading comes no further than one block a second.
    for _ in 0..<3 { try trial.step(after: 1, budget: 1) }
    trial.replay.setSpeed(.times(1), at: trial.real)
    try trial.step()
    let shown = try #require(trial.second)
    for _ in 0..<20 { try trial.step(after: Self.tick) }
    #expect(try #require(trial.second) - shown == 2)
  }

  @Test func whoeverStopsTheProgramForAnHourFindsTheReplayWhereItWas() throws {
    var trial = ReplayTrial(seconds: Self.steady)
    for _ in 0..<20 { try trial.step(after: Self.tick) }
    let before = try #require(trial.second)
    try trial.step(after: 3600)
    #expect(try #require(trial.second) <= before + 1)
  }

  @Test func aPausedReplayStandsStillAndTakesAnotherSpeed() throws {
    var trial = ReplayTrial(seconds: Self.steady)
    for _ in 0..<20 { try trial.step(after: Self.tick) }
    let shown = try #require(trial.second)
    trial.replay.setPaused(true, at: trial.real)
    for _ in 0..<20 { try trial.step(after: Self.tick) }
    for _ in 0..<3 { trial.replay.changeSpeed(by: 1, at: trial.real) }
    for _ in 0..<20 { try trial.step(after: Self.tick) }
    #expect(trial.second == shown)
    #expect(trial.replay.pacer.speedText == "x10")
    trial.replay.setPaused(false, at: trial.real)
    for _ in 0..<10 { try trial.step(after: Self.tick) }
    #expect(abs(try #require(trial.second) - shown - 10) <= 1)
  }

  @Test func theSpeedsGoUpToNoWaitingAndBackToTheOriginalOne() {
    var pacer = Pacer(speed: .times(1), maxGap: 5)
    var texts: [String] = []
    for _ in 0..<14 {
      texts.append(pacer.speedText)
      pacer.changeSpeed(by: 1, at: 0)
    }
    #expect(
      texts == [
        "x1", "x2", "x5", "x10", "x20", "x50", "x100", "x200", "x500", "x1000", "x2000", "x5000",
        "x10000", "max",
      ])
    for _ in 0..<20 { pacer.changeSpeed(by: -1, at: 0) }
    #expect(pacer.speedText == "x1")
  }

  // MARK: - Silence

  /// A silence of 40 s is within what a log may jump: the second after it is still open when it is
  /// come to.
  @Test(arguments: [(5.0, 55...65), (0.0, 5...15), (60.0, 395...415)])
  func aLongSilenceTakesNoLongerThanIsAllowed(gap: Double, ticks: ClosedRange<Int>) throws {
    var trial = ReplayTrial(seconds: Array(1000..<1010) + Array(1050..<1060), maxGap: gap)
    var inSilence = 0
    while (trial.second ?? 0) < 1050 {
      try trial.step(after: Self.tick)
      if let second = trial.second, second >= 1009, second < 1050 { inSilence += 1 }
    }
    #expect(ticks.contains(inSilence), "\(inSilence)")
  }

  @Test func withoutSilenceAShorterOneChangesNothing() throws {
    var trial = ReplayTrial(seconds: Self.steady, maxGap: 0)
    for _ in 0..<51 { try trial.step(after: Self.tick) }
    #expect(try #require(trial.second) <= 1005)
  }

  /// The clock moves as in the program; what is counted is steps, and blocks read by them.
  @Test(arguments: [(5.0, 60), (1e9, 26_000)])
  func c16ThirtyDaysOfSilenceAtAThousandTimesNeitherHangNorSpin(gap: Double, most: Int) throws {
    let days = 30 * 86_400
    let seconds = Array(1000..<1300) + Array(1300 + days..<1600 + days)
    var trial = ReplayTrial(
      seconds: seconds, speed: .times(1000), maxGap: gap, threshold: Threshold("0.5")!)
    var steps = 0
    var sawSilence = false
    while try trial.step(after: Self.tick, budget: 8) != .played(.finished), steps <= most {
      steps += 1
      guard !sawSilence, let second = trial.second, second > 200_000 else { continue }
      sawSilence = true
      let snapshot = trial.replay.pipeline.snapshot(
        window: .last(seconds: 3600), rows: 10, withNews: false)
      #expect(snapshot.alertMean.hits == 0 && snapshot.rateNow.hits == 0)
      #expect(snapshot.table.traffic.hits == 0 && snapshot.alertingSince == nil)
    }
    #expect(steps <= most)
    #expect(sawSilence)
    #expect(trial.blocks < 10)
    #expect(try trial.events == trial.allEvents())
  }

  @Test func aSilenceIsSkippedWhereThereIsOneAlsoWhilePaused() throws {
    var trial = ReplayTrial(seconds: Array(1000..<1010) + Array(1050..<1060), maxGap: 1e9)
    for _ in 0..<50 { try trial.step(after: Self.tick) }
    let skipsNothing = trial.replay.skipSilence(at: trial.real)
    #expect(!skipsNothing)
    for _ in 0..<80 { try trial.step(after: Self.tick) }
    trial.replay.setPaused(true, at: trial.real)
    _ = trial.replay.skipSilence(at: trial.real)
    #expect(try trial.arrive() == .arrived)
    #expect(trial.second == 1050)
    #expect(trial.replay.pacer.isPaused)
  }

  // MARK: - Seeks

  @Test(arguments: [(500, nil), (999, 999), (1100, 1100), (5000, 1199)])
  func aSeekShowsTheSecondOrWhatIsNextToIt(target: Int64, shown: Int64?) throws {
    for paused in [false, true] {
      var trial = ReplayTrial(seconds: Self.steady, speed: .times(50))
      for _ in 0..<10 { try trial.step(after: Self.tick) }
      trial.replay.setPaused(paused, at: trial.real)
      _ = trial.replay.seek(to: EpochSecond(target), at: trial.real)
      #expect(try trial.arrive() == .arrived)
      #expect(trial.second == shown)
      #expect(trial.replay.pacer.isPaused == paused)
      #expect(trial.replay.pipeline.isFinished == (target == 5000))
    }
  }

  @Test func fromTheEndItGoesBackAndOnAgain() throws {
    var trial = ReplayTrial(seconds: Self.steady, speed: .max)
    #expect(try trial.step() == .played(.finished))
    trial.replay.setSpeed(.times(10), at: trial.real)
    _ = trial.replay.seek(by: -60, at: trial.real)
    #expect(try trial.arrive() == .arrived)
    #expect(trial.second == 1139)
    for _ in 0..<10 { try trial.step(after: Self.tick) }
    #expect(abs(try #require(trial.second) - 1149) <= 1)
    for _ in 0..<100 { try trial.step(after: Self.tick) }
    #expect(trial.replay.pipeline.isFinished)
  }

  @Test func stepsBackStopAtTheFirstSecondAndAddUpBeforeTheyAreMade() throws {
    var trial = ReplayTrial(seconds: Self.steady, speed: .times(50))
    for _ in 0..<21 { try trial.step(after: Self.tick) }
    let shown = try #require(trial.second)
    for _ in 0..<3 { _ = trial.replay.seek(by: -10, at: trial.real) }
    _ = try trial.arrive()
    #expect(trial.second == shown - 30)
    _ = trial.replay.seek(by: -10_000, at: trial.real)
    _ = try trial.arrive()
    #expect(trial.second == trial.replay.pipeline.firstClosed?.value)
  }

  @Test func aCancelledSeekLeavesEverythingAsItWas() throws {
    var trial = ReplayTrial(seconds: Array(1000..<90_000), speed: .times(50))
    for _ in 0..<10 { try trial.step(after: Self.tick) }
    let shown = try #require(trial.second)
    _ = trial.replay.seek(to: EpochSecond(80_000), at: trial.real)
    #expect(try trial.step(budget: 1) == .seeking(hasBacklog: true))
    trial.replay.cancelSeek(at: trial.real)
    #expect(trial.second == shown)
    try trial.step(after: 1)
    #expect(abs(try #require(trial.second) - shown - 50) <= 1)
  }

  // MARK: - Alerts

  @Test func theNextAlertIsShownAndTheReplayPausesThere() throws {
    var trial = Self.alerting()
    let triggers = try trial.allEvents().compactMap { event -> EpochSecond? in
      guard case .alert(let transition) = event else { return nil }
      return transition.change == .triggered ? transition.second : nil
    }
    #expect(triggers.count == 2)
    for trigger in triggers {
      _ = trial.replay.seekNextAlert(at: trial.real)
      #expect(try trial.arrive() == .atAlert(trigger))
      #expect(trial.replay.pacer.isPaused)
      #expect(trial.second == trigger.value)
    }
    _ = trial.replay.seekNextAlert(at: trial.real)
    #expect(try trial.arrive() == .noFurtherAlert)
    #expect(trial.second == triggers[1].value)
  }

  @Test func alertsAheadThatWereSeenStayKnown() throws {
    var trial = Self.alerting()
    let size = Int64(trial.bytes.count)
    #expect(trial.replay.alerts.spans(of: size).isEmpty)
    _ = trial.replay.seek(to: EpochSecond(1150), at: trial.real)
    _ = try trial.arrive()
    let spans = trial.replay.alerts.spans(of: size)
    #expect(spans.count == 2)
    _ = trial.replay.seek(by: -140, at: trial.real)
    _ = try trial.arrive()
    #expect(trial.second == 1010)
    #expect(trial.replay.alerts.spans(of: size) == spans)
    _ = trial.replay.seekNextAlert(at: trial.real)
    guard case .atAlert(let second)? = try trial.arrive() else {
      Issue.record("no alert")
      return
    }
    // Where its line is in the input, but for the lines that are looked at ahead.
    let line = Self.twoAlerts.firstIndex { $0 > second.value } ?? 0
    let place = Double(line) / Double(Self.twoAlerts.count)
    #expect(abs(spans[0].lowerBound - place) < 0.06)
    #expect(abs(Double(trial.replay.offset) / Double(size) - place) < 0.06)
  }

  // MARK: - Standard input

  @Test func whatCannotGoBackSaysSoAndGoesOn() throws {
    var trial = Self.alerting(canGoBack: false)
    for _ in 0..<100 { try trial.step(after: Self.tick) }
    let shown = try #require(trial.second)
    let goesBack = trial.replay.seek(by: -10, at: trial.real)
    #expect(!goesBack)
    let looksAhead = trial.replay.seekNextAlert(at: trial.real)
    #expect(!looksAhead)
    _ = trial.replay.seek(by: 60, at: trial.real)
    #expect(try trial.arrive() == .arrived)
    #expect(trial.second == shown + 60)
    #expect(
      try trial.expected().snapshot(window: .all, rows: 10, withNews: false)
        == trial.replay.pipeline.snapshot(window: .all, rows: 10, withNews: false))
  }

  // MARK: - Exactness where made-up logs seldom lead

  /// A copy in the middle of the first block reads it again as it was read: the lines before the one
  /// that decides the format count once.
  @Test func linesBeforeTheFormatIsKnownCountOnceAlsoAfterGoingBack() throws {
    var limits = ReplayHistory.Limits()
    limits.lines = 1
    let lines = [String](repeating: "no format\n", count: 5) + Self.steady.map { csv($0) + "\n" }
    var trial = ReplayTrial(
      Array(lines.joined().utf8), speed: .times(10), blockSize: 8000, limits: limits)
    for _ in 0..<60 { try trial.step(after: Self.tick) }
    _ = trial.replay.seek(to: EpochSecond(1199), at: trial.real)
    _ = try trial.arrive()
    _ = trial.replay.seek(by: -180, at: trial.real)
    for _ in 0..<20 where trial.replay.isSeeking { try trial.step(budget: 5) }
    try #require(!trial.replay.isSeeking)
    try expectAsFresh(trial)
    #expect(trial.replay.pipeline.linesRejected == 5)
  }

  /// More names than a ranking keeps: what is dropped, and how far an estimate may be off, does not
  /// depend on the way.
  @Test func estimatesAreTheSameHoweverTheMomentIsComeTo() throws {
    var limits = ReplayHistory.Limits()
    limits.lines = 20_000
    var bytes: [UInt8] = []
    for number in 0..<150_000 {
      let client = number % 10 == 0 ? number % 7 : number
      bytes += "c\(client),-,-,\(1000 + number / 1500),\"GET /\(client) HTTP/1.0\",200,1\n".utf8
    }
    var trial = ReplayTrial(bytes, speed: .max, limits: limits)
    while try trial.step(budget: 3) != .played(.finished) {}
    #expect(trial.replay.kept.copies > 0)
    try expectAsFresh(trial)
    for way in [-60, 30, -50] as [Int64] {
      _ = trial.replay.seek(by: way, at: trial.real)
      while trial.replay.isSeeking { try trial.step(budget: 2) }
      try expectAsFresh(trial)
    }
  }

  private func expectAsFresh(_ trial: ReplayTrial) throws {
    let shown = trial.replay.pipeline.snapshot(window: .all, rows: 50, withNews: false)
    let fresh = try trial.expected().snapshot(window: .all, rows: 50, withNews: false)
    #expect(shown == fresh)
  }

  // MARK: - Memory

  @Test func copiesStayWithinTheirNumberAndAreDenseNearTheMomentShown() throws {
    var limits = ReplayHistory.Limits()
    limits.lines = 10
    limits.copies = 12
    var trial = ReplayTrial(
      Array((0..<40_000).map { csv($0) + "\n" }.joined().utf8), speed: .max, blockSize: 2000,
      limits: limits)
    while try trial.step(budget: 1) != .played(.finished) {}
    #expect(trial.replay.kept.copies <= 12)
    #expect(trial.replay.kept.copies > 6)
    let before = trial.blocks
    _ = trial.replay.seek(by: -300, at: trial.real)
    while trial.replay.isSeeking { try trial.step(budget: 1) }
    let all = trial.bytes.count / 2000
    #expect(trial.blocks - before < all / 4, "\(trial.blocks - before) of \(all)")
  }
}
