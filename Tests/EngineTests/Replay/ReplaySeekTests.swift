import AccessLog
import Testing
import TrafficAnalysis

@testable import Engine

/// Other moments of a replay, by a clock that is moved by hand.
@Suite struct ReplaySeekTests {
  // MARK: - Seeks

  @Test(arguments: [(500, nil), (999, 999), (1100, 1100), (5000, 1199)])
  func aSeekShowsTheSecondOrTheNearestOne(target: Int64, shown: Int64?) throws {
    for paused in [false, true] {
      var trial = ReplayTrial(seconds: ReplayTrial.steady, speed: .times(50))
      for _ in 0..<10 { try trial.step(after: ReplayTrial.tick) }
      trial.replay.setPaused(paused, at: trial.real)
      _ = trial.replay.seek(to: EpochSecond(target), at: trial.real)
      #expect(try trial.finishSeek() == .arrived)
      #expect(trial.second == shown)
      #expect(trial.replay.pacer.isPaused == paused)
      #expect(trial.replay.pipeline.isFinished == (target == 5000))
    }
  }

  @Test func aReplayThatEndedCanSeekBackAndPlayOn() throws {
    var trial = ReplayTrial(seconds: ReplayTrial.steady, speed: .max)
    #expect(try trial.step() == .played(.finished))
    trial.replay.setSpeed(.times(10), at: trial.real)
    _ = trial.replay.seek(by: -60, at: trial.real)
    #expect(try trial.finishSeek() == .arrived)
    #expect(trial.second == 1139)
    for _ in 0..<10 { try trial.step(after: ReplayTrial.tick) }
    #expect(abs(try #require(trial.second) - 1149) <= 1)
    for _ in 0..<100 { try trial.step(after: ReplayTrial.tick) }
    #expect(trial.replay.pipeline.isFinished)
  }

  @Test func seeksBackAddUpAndStopAtTheFirstSecond() throws {
    var trial = ReplayTrial(seconds: ReplayTrial.steady, speed: .times(50))
    for _ in 0..<21 { try trial.step(after: ReplayTrial.tick) }
    let shown = try #require(trial.second)
    for _ in 0..<3 { _ = trial.replay.seek(by: -10, at: trial.real) }
    _ = try trial.finishSeek()
    #expect(trial.second == shown - 30)
    _ = trial.replay.seek(by: -10_000, at: trial.real)
    _ = try trial.finishSeek()
    #expect(trial.second == trial.replay.pipeline.firstClosed?.value)
  }

  @Test func aCancelledSeekLeavesEverythingAsItWas() throws {
    var trial = ReplayTrial(seconds: Array(1000..<90_000), speed: .times(50))
    for _ in 0..<10 { try trial.step(after: ReplayTrial.tick) }
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
    var trial = ReplayTrial.alerting()
    let triggers = try trial.allEvents().compactMap { event -> EpochSecond? in
      guard case .alert(let transition) = event else { return nil }
      return transition.change == .triggered ? transition.second : nil
    }
    #expect(triggers.count == 2)
    for trigger in triggers {
      _ = trial.replay.seekNextAlert(at: trial.real)
      #expect(try trial.finishSeek() == .atAlert(trigger))
      #expect(trial.replay.pacer.isPaused)
      #expect(trial.second == trigger.value)
    }
    _ = trial.replay.seekNextAlert(at: trial.real)
    #expect(try trial.finishSeek() == .noFurtherAlert)
    #expect(trial.second == triggers[1].value)
  }

  @Test func alertsAheadThatWereSeenStayKnown() throws {
    var trial = ReplayTrial.alerting()
    let size = Int64(trial.bytes.count)
    #expect(trial.replay.alerts.ranges(inInputOfSize: size).isEmpty)
    _ = trial.replay.seek(to: EpochSecond(1150), at: trial.real)
    _ = try trial.finishSeek()
    let spans = trial.replay.alerts.ranges(inInputOfSize: size)
    #expect(spans.count == 2)
    _ = trial.replay.seek(by: -140, at: trial.real)
    _ = try trial.finishSeek()
    #expect(trial.second == 1010)
    #expect(trial.replay.alerts.ranges(inInputOfSize: size) == spans)
    _ = trial.replay.seekNextAlert(at: trial.real)
    guard case .atAlert(let second)? = try trial.finishSeek() else {
      Issue.record("no alert")
      return
    }
    // Where its line is in the input, but for the lines that are looked at ahead.
    let line = ReplayTrial.twoAlerts.firstIndex { $0 > second.value } ?? 0
    let place = Double(line) / Double(ReplayTrial.twoAlerts.count)
    #expect(abs(spans[0].lowerBound - place) < 0.06)
    #expect(abs(Double(trial.replay.offset) / Double(size) - place) < 0.06)
  }

  // MARK: - Standard input

  @Test func aStreamCannotBeRewoundButPlaysOn() throws {
    var trial = ReplayTrial.alerting(canRewind: false)
    for _ in 0..<100 { try trial.step(after: ReplayTrial.tick) }
    let shown = try #require(trial.second)
    let goesBack = trial.replay.seek(by: -10, at: trial.real)
    #expect(!goesBack)
    let looksAhead = trial.replay.seekNextAlert(at: trial.real)
    #expect(!looksAhead)
    _ = trial.replay.seek(by: 60, at: trial.real)
    #expect(try trial.finishSeek() == .arrived)
    #expect(trial.second == shown + 60)
    #expect(
      try trial.expected().snapshot(window: .all, rows: 10, includingPending: false)
        == trial.replay.pipeline.snapshot(window: .all, rows: 10, includingPending: false))
  }

  // MARK: - Exactness where made-up logs seldom lead

  /// A copy in the middle of the first block reads it again as it was read: the lines before the
  /// one that decides the format count once.
  @Test func linesBeforeTheFormatIsKnownCountOnceAlsoAfterGoingBack() throws {
    var limits = ReplayHistory.Limits()
    limits.lines = 1
    let lines =
      [String](repeating: "no format\n", count: 5) + ReplayTrial.steady.map { csv($0) + "\n" }
    var trial = ReplayTrial(
      Array(lines.joined().utf8), speed: .times(10), blockSize: 8000, limits: limits)
    for _ in 0..<60 { try trial.step(after: ReplayTrial.tick) }
    _ = trial.replay.seek(to: EpochSecond(1199), at: trial.real)
    _ = try trial.finishSeek()
    _ = trial.replay.seek(by: -180, at: trial.real)
    for _ in 0..<20 where trial.replay.isSeeking { try trial.step(budget: 5) }
    try #require(!trial.replay.isSeeking)
    try expectAsFresh(trial)
    #expect(trial.replay.pipeline.summaries[0].rejected.total == 5)
  }

  /// More names than a ranking keeps: what is dropped, and how far an estimate may be off, does not
  /// depend on the way.
  @Test func estimatesAreTheSameHoweverTheMomentIsReached() throws {
    var limits = ReplayHistory.Limits()
    limits.lines = 10_000
    var bytes: [UInt8] = []
    for number in 0..<150_000 {
      let client = number % 10 == 0 ? number % 7 : number
      bytes += "c\(client),-,-,\(1000 + number / 1500),\"GET /\(client) HTTP/1.0\",200,1\n".utf8
    }
    var trial = ReplayTrial(bytes, speed: .max, limits: limits)
    while try trial.step(budget: 3) != .played(.finished) {}
    #expect(trial.replay.copies.count > 0)
    try expectAsFresh(trial)
    for way in [-60, 30, -50] as [Int64] {
      _ = trial.replay.seek(by: way, at: trial.real)
      while trial.replay.isSeeking { try trial.step(budget: 2) }
      try expectAsFresh(trial)
    }
  }

  private func expectAsFresh(_ trial: ReplayTrial) throws {
    let shown = trial.replay.pipeline.snapshot(window: .all, rows: 50, includingPending: false)
    let fresh = try trial.expected().snapshot(window: .all, rows: 50, includingPending: false)
    #expect(shown == fresh)
  }

  // MARK: - Memory

  @Test func copiesStayWithinTheLimitAndAreDenseNearTheCurrentMoment() throws {
    var limits = ReplayHistory.Limits()
    limits.lines = 10
    limits.copies = 12
    var trial = ReplayTrial(
      Array((0..<40_000).map { csv($0) + "\n" }.joined().utf8), speed: .max, blockSize: 2000,
      limits: limits)
    while try trial.step(budget: 1) != .played(.finished) {}
    #expect(trial.replay.copies.count <= 12)
    #expect(trial.replay.copies.count > 6)
    let before = trial.blocks
    _ = trial.replay.seek(by: -300, at: trial.real)
    while trial.replay.isSeeking { try trial.step(budget: 1) }
    let all = trial.bytes.count / 2000
    #expect(trial.blocks - before < all / 4, "\(trial.blocks - before) of \(all)")
  }
}
