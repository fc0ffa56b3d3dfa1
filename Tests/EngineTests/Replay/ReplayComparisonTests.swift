import AccessLog
import Foundation
import ReferenceModel
import Testing
import TrafficAnalysis

@testable import Engine

/// A moment of a replay shows what a run from the beginning shows there, whatever was done on the
/// way: seeks, alerts sought, silences skipped, pauses, other speeds, steps cut short anywhere.
///
/// `LM2000_REPLAYS` says how many replays (700 by default), `LM2000_REPLAY_FIRST` the seed of the
/// first.
@Suite struct ReplayComparisonTests {
  private static let count = setting("LM2000_REPLAYS") ?? 700
  private static let first = setting("LM2000_REPLAY_FIRST") ?? 1
  private static let shares = 8

  private static func setting(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  @Test(arguments: 0..<shares)
  func aMomentIsTheSameHoweverItIsReached(share: Int) throws {
    for seed in stride(from: Self.first + share, to: Self.first + Self.count, by: Self.shares) {
      var walk = try Walk(seed: UInt64(seed))
      for _ in 0..<walk.random.number(1...12) {
        try walk.act()
        guard try walk.random.chance(150) ? walk.isRight() : true else {
          Issue.record("seed \(seed): \(walk.story.joined(separator: ", "))")
          return
        }
      }
      let moment = try walk.runToAMoment()
      guard try walk.isRight(at: moment) else {
        Issue.record("seed \(seed): \(walk.story.joined(separator: ", "))")
        return
      }
    }
  }

  @Test(arguments: 0..<shares)
  func aReplayAtAnySpeedReportsWhatAPlainRunReports(share: Int) throws {
    let seeds = stride(from: Self.first + share, to: Self.first + Self.count, by: Self.shares)
    for seed in seeds where (seed - Self.first) / Self.shares % 4 == 0 {
      var walk = try Walk(seed: UInt64(seed))
      for _ in 0..<100 { try walk.play() }
      // Some silences are centuries.
      walk.trial.replay.setSpeed(.max, at: walk.trial.real)
      while !walk.trial.replay.pipeline.isFinished { try walk.play() }
      let plain = try walk.trial.allEvents()
      guard walk.trial.events.filter(\.isReported) == plain.filter(\.isReported) else {
        Issue.record("seed \(seed): \(walk.story.joined(separator: ", "))")
        return
      }
    }
  }
}

/// What somebody might do to a replay, by a seed.
private struct Walk {
  var random: RandomSource
  var trial: ReplayTrial
  /// The first second that closes, and the last.
  private var ends: ClosedRange<EpochSecond>?
  /// What was done, in words.
  private(set) var story: [String] = []

  init(seed: UInt64) throws {
    random = RandomSource(seed: seed ^ 0xA5A5_0000)
    var log = GeneratedLog(seed: seed)
    if random.chance(30) { log.bytes += log.bytes }
    let longest = log.bytes.split(separator: 10).map(\.count).max() ?? 0
    var limits = ReplayHistory.Limits()
    limits.lines = random.pick([1, 3, 10, 40, 200])
    limits.copies = random.pick([1, 2, 5, 20])
    // As the command line has it: longer than all of time.
    log.options.lateness = min(log.options.lateness, 1_000_000_000_000)
    trial = ReplayTrial(
      log.bytes, PipelineOptions(log.options), wall: EpochSecond(log.options.wallClock),
      speed: random.pick([.times(1), .times(60), .times(5000), .max]),
      maxGap: random.pick([0, 1, 5, 1e9]),
      blockSize: longest + random.pick([2, 100, 1000, 20_000]), limits: limits)
    let whole = try trial.fresh(to: EpochSecond(.max))
    if let first = whole.firstClosed, let last = whole.closedThrough { ends = first...last }
  }

  /// Does something, and lets the replay go on for a while, or not.
  mutating func act() throws {
    let real = trial.real
    switch random.number(0...10) {
    case 0, 1: seekSomewhere()
    case 2, 3: note("by", trial.replay.seek(by: random.pick([10, -10, 60, -60]), at: real))
    case 4: note("alert", trial.replay.seekNextAlert(at: real))
    case 5: note("silence", trial.replay.skipSilence(at: real))
    case 6: trial.replay.setPaused(!trial.replay.pacer.isPaused, at: real)
    case 7: trial.replay.changeSpeed(by: random.pick([1, -1]), at: real)
    case 8:
      trial.replay.setSpeed(random.pick([.times(1), .times(0.5), .times(1e6), .max]), at: real)
    case 9 where trial.replay.isSeeking: trial.replay.cancelSeek(at: real)
    default: break
    }
    for _ in 0..<random.number(0...4) { try play() }
  }

  /// Some time passes, and a step is made, perhaps a short one.
  mutating func play() throws {
    let step = try trial.step(
      after: random.pick([0, 0.1, 0.1, 0.5, 3000]), budget: random.pick([1, 1, 2, 1000]))
    note("\(step)", trial.second ?? 0)
  }

  @discardableResult
  private mutating func seekSomewhere() -> EpochSecond? {
    guard let ends else { return nil }
    let length = ends.upperBound.seconds(since: ends.lowerBound) + 20
    let second = ends.lowerBound.advanced(by: random.number(0...length) - 10)
    note("to \(second)", trial.replay.seek(to: second, at: trial.real))
    return second
  }

  /// Seeks, and gets there.
  ///
  /// - Returns: where to; `nil` in a log without a second.
  mutating func runToAMoment() throws -> EpochSecond? {
    let moment = seekSomewhere()
    while trial.replay.isSeeking { try play() }
    return moment
  }

  /// Whether the whole snapshot is that of a run from the beginning to the same second, and shows
  /// nothing else.
  ///
  /// - Parameter moment: where it is to be; `nil` for wherever it is.
  mutating func isRight(at moment: EpochSecond? = nil) throws -> Bool {
    let window = random.pick([TableWindow.all, .last(seconds: 10), .last(seconds: 3600)])
    let rows = random.pick([0, 3, 200])
    let shown = trial.replay.pipeline
    let snapshot = shown.snapshot(window: window, rows: rows, includingPending: false)
    let fresh = try moment.map { try trial.fresh(to: $0) } ?? trial.expected()
    var expected = fresh.snapshot(window: window, rows: rows, includingPending: false)
    if snapshot.closedThrough == nil { expected.copyReadingState(from: snapshot) }
    return snapshot == expected
  }

  private mutating func note(_ what: String, _ outcome: some Any) {
    story.append("\(what) -> \(outcome)")
  }
}

extension Snapshot {
  /// Before anything is shown it may be said that no line matches: that is of how far the log has
  /// been read, and no moment of it.
  fileprivate mutating func copyReadingState(from other: Snapshot) {
    undecided = other.undecided
    let unknown = other.notices.filter {
      if case .unknownFormat = $0 { true } else { false }
    }
    notices.removeAll {
      if case .unknownFormat = $0 { true } else { false }
    }
    notices = unknown + notices
  }
}

extension MonitorEvent {
  /// Notices come where they become known, which is earlier where more is read ahead.
  fileprivate var isReported: Bool {
    if case .notice = self { false } else { true }
  }
}
