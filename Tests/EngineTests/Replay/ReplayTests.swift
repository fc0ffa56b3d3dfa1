import AccessLog
import Testing
import TrafficAnalysis

@testable import Engine

/// A replay by a clock that is moved by hand. Tick: a tenth of a second, as in the program.
@Suite struct ReplayTests {
  // MARK: - Pace

  @Test(arguments: [1.0, 2.5, 10, 15])
  func theSpeedIsLogSecondsInARealSecond(speed: Double) throws {
    var trial = ReplayTrial(seconds: ReplayTrial.steady, speed: .times(speed))
    for _ in 0..<101 { try trial.step(after: ReplayTrial.tick) }
    // The first tick finds out when the log begins.
    #expect(abs(Double(try #require(trial.second) - 999) - speed * 10) <= 1)
  }

  @Test func beforeTheFirstSecondHasPassedItNeitherShowsAnythingNorSpins() throws {
    var trial = ReplayTrial(seconds: ReplayTrial.steady)
    for _ in 0..<5 {
      let step = try trial.step(after: ReplayTrial.tick, budget: 3)
      #expect(step == .played(.goalReached))
      #expect(trial.second ?? 999 <= 999)
    }
    #expect(trial.blocks <= 1)
  }

  @Test func aLowerSpeedAppliesWithinATickAlsoIfReadingCouldNotKeepUp() throws {
    var trial = ReplayTrial(seconds: Array(1000..<90_000), speed: .times(10_000))
    // Ten seconds of the clock, in which reading comes no further than one block a second.
    for _ in 0..<3 { try trial.step(after: 1, budget: 1) }
    trial.replay.setSpeed(.times(1), at: trial.real)
    try trial.step()
    let shown = try #require(trial.second)
    // A tick more than two seconds: tenths do not add up exactly.
    for _ in 0..<21 { try trial.step(after: ReplayTrial.tick) }
    #expect(try #require(trial.second) - shown == 2)
  }

  @Test func aSuspendedProgramContinuesTheReplayWhereItWas() throws {
    var trial = ReplayTrial(seconds: ReplayTrial.steady)
    for _ in 0..<20 { try trial.step(after: ReplayTrial.tick) }
    let before = try #require(trial.second)
    try trial.step(after: 3600)
    #expect(try #require(trial.second) <= before + 1)
  }

  @Test func aPausedReplayStandsStillAndAcceptsAnotherSpeed() throws {
    var trial = ReplayTrial(seconds: ReplayTrial.steady)
    for _ in 0..<20 { try trial.step(after: ReplayTrial.tick) }
    let shown = try #require(trial.second)
    trial.replay.setPaused(true, at: trial.real)
    for _ in 0..<20 { try trial.step(after: ReplayTrial.tick) }
    for _ in 0..<3 { trial.replay.changeSpeed(by: 1, at: trial.real) }
    for _ in 0..<20 { try trial.step(after: ReplayTrial.tick) }
    #expect(trial.second == shown)
    #expect(trial.replay.pacer.speedText == "x10")
    trial.replay.setPaused(false, at: trial.real)
    for _ in 0..<10 { try trial.step(after: ReplayTrial.tick) }
    #expect(abs(try #require(trial.second) - shown - 10) <= 1)
  }

  @Test func theSpeedsStepUpToMaxAndBackToTheFirst() {
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
  func aLongSilenceIsShortenedToTheMaximum(gap: Double, ticks: ClosedRange<Int>) throws {
    var trial = ReplayTrial(seconds: Array(1000..<1010) + Array(1050..<1060), maxGap: gap)
    var inSilence = 0
    while (trial.second ?? 0) < 1050 {
      try trial.step(after: ReplayTrial.tick)
      if let second = trial.second, second >= 1009, second < 1050 { inSilence += 1 }
    }
    #expect(ticks.contains(inSilence), "\(inSilence)")
  }

  @Test func aShortMaximumChangesNothingWithoutSilence() throws {
    var trial = ReplayTrial(seconds: ReplayTrial.steady, maxGap: 0)
    for _ in 0..<51 { try trial.step(after: ReplayTrial.tick) }
    #expect(try #require(trial.second) <= 1005)
  }

  /// The clock moves as in the program; what is counted is steps, and blocks read by them.
  @Test(arguments: [(5.0, 60), (1e9, 26_000)])
  func thirtyDaysOfSilenceAtAThousandTimesNeitherHangNorSpin(gap: Double, most: Int) throws {
    let days = 30 * 86_400
    let seconds = Array(1000..<1300) + Array(1300 + days..<1600 + days)
    var trial = ReplayTrial(
      seconds: seconds, speed: .times(1000), maxGap: gap, threshold: Threshold("0.5")!)
    var steps = 0
    var sawSilence = false
    while try trial.step(after: ReplayTrial.tick, budget: 8) != .played(.finished), steps <= most {
      steps += 1
      guard !sawSilence, let second = trial.second, second > 200_000 else { continue }
      sawSilence = true
      let snapshot = trial.replay.pipeline.snapshot(
        window: .last(seconds: 3600), rows: 10, includingPending: false)
      #expect(snapshot.highTraffic.rate.hits == 0 && snapshot.rateNow.hits == 0)
      #expect(snapshot.table.traffic.hits == 0 && snapshot.alertingSince == nil)
    }
    #expect(steps <= most)
    #expect(sawSilence)
    #expect(trial.blocks < 10)
    #expect(try trial.events == trial.allEvents())
  }

  @Test func aSilenceIsSkippedAlsoWhilePaused() throws {
    var trial = ReplayTrial(seconds: Array(1000..<1010) + Array(1050..<1060), maxGap: 1e9)
    for _ in 0..<50 { try trial.step(after: ReplayTrial.tick) }
    let skipsNothing = trial.replay.skipSilence(at: trial.real)
    #expect(!skipsNothing)
    for _ in 0..<80 { try trial.step(after: ReplayTrial.tick) }
    trial.replay.setPaused(true, at: trial.real)
    _ = trial.replay.skipSilence(at: trial.real)
    #expect(try trial.finishSeek() == .arrived)
    #expect(trial.second == 1050)
    #expect(trial.replay.pacer.isPaused)
  }
}
