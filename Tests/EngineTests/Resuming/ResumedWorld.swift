import AccessLog
import Engine
import Foundation
import LogInput
import TrafficAnalysis

/// A log that is written and rotated at random while runs follow it, are killed, and are continued.
final class ResumedWorld {
  /// What the runs have saved, as a history would keep it.
  struct Saved {
    var minutes: [EpochSecond: IntervalReport] = [:]
    var alerts: [AlertTransition] = []
    var checkpoint: Checkpoint?
    /// What was counted of the minute that had not closed at the checkpoint.
    var part: (from: EpochSecond, traffic: Traffic)?
  }

  let writer: RotatedLogWriter
  private let interruption: Interruption?
  var saved = Saved()
  private var random: SeededRandom
  private var monotonic = 0.0
  private(set) var unfit = 0
  private(set) var kills = 0
  /// How many runs could not read the lines again whose seconds were open, although no file with one of
  /// them is gone.
  private(set) var wrongCuts = 0
  /// Whether such a file was gone.
  private(set) var hasCut = false

  /// - Parameter isInterrupted: whether the log also changes while a run looks for its files.
  init(seed: UInt64, generations: Int = 1_000, isInterrupted: Bool = false) throws {
    random = SeededRandom(seed: seed)
    writer = try RotatedLogWriter(seed: seed &+ 7_919, generations: generations)
    interruption = isInterrupted ? Interruption(writer) : nil
  }

  var lines: [[UInt8]] { writer.lines }
  private var path: Name { writer.path }
  private var calls: FileSystemCalls { interruption?.calls ?? FileSystemCalls() }

  static var options: AnalysisOptions {
    var options = AnalysisOptions()
    options.following = true
    options.minuteRows = 50
    options.alertWindow = 20
    options.threshold = Threshold(whole: 2)
    options.isForDisplay = false
    return options
  }

  // MARK: - Runs

  /// Follows the log for a while and is killed, or ends in order; then the log changes.
  func live(isLast: Bool = false) throws {
    if saved.checkpoint != nil { interruption?.begin() }
    var run = try Run(self)
    try run.step(self)
    try interruption?.end()
    try run.step(self)
    for _ in 0..<random.next(6) {
      try writer.change()
      try run.step(self)
    }
    let isKilled = !isLast && random.next(4) > 0
    if isKilled {
      kills += 1
      for _ in 0..<random.next(5) { try writer.change() }
    } else {
      try run.step(self)
      run.stop(self)
    }
  }

  fileprivate var clock: ClockReading {
    monotonic += 0.001
    // Lines that are written during a step must not be in the future.
    let ahead: Int64 = interruption == nil ? 5 : 2_000
    return ClockReading(wall: EpochSecond(writer.time + ahead), monotonic: monotonic)
  }

  /// The clock of the followed file, for which some questions are decided by a silence.
  private var fileTime = 0.0
  fileprivate func fileClock() -> Double {
    fileTime += 1
    return fileTime
  }

  fileprivate func note(_ continuation: LogContinuation) {
    unfit += continuation.unfit.count
    guard continuation.beginsBehindOpenSeconds, continuation.closedThrough != nil else { return }
    if let closed = continuation.closedThrough, writer.removedThrough <= closed.value {
      wrongCuts += 1
    }
    hasCut = true
  }

  /// Looks for the files of the log as the program does: again if a rotation may have hidden some.
  fileprivate func continuation() throws -> LogContinuation {
    // What is saved is bytes.
    let checkpoints = try saved.checkpoint.map {
      [path: try Checkpoint(decoding: $0.encoded)]
    }
    var continuation = LogContinuation()
    for _ in 0..<5 {
      continuation = LogContinuation(checkpoints ?? [:], of: [path], calls: calls)
      if !continuation.mayLackFiles { break }
      try interruption?.pass()
    }
    return continuation
  }

  /// One process.
  private struct Run {
    private var pipeline: Pipeline
    private let readers: [BlockReader]
    private let continuation: LogContinuation
    /// What the earlier run has counted of the minute in which it was stopped, if that is not read again.
    private let base: (from: EpochSecond, traffic: Traffic)?

    init(_ world: ResumedWorld) throws {
      let watch = FileWatch()
      watch.add(world.path)
      continuation = try world.continuation()
      world.note(continuation)
      let isReadAgain = continuation.readsAgain(intervalsOf: [60, 10])
      let isCut = continuation.closedThrough != nil && !isReadAgain
      base = isCut ? world.saved.part : nil
      let log = continuation.logs[world.path]
      let newest = FollowedFile(
        path: world.path, resuming: log?.resumed, watch: watch, calls: world.calls,
        monotonic: { [world] in world.fileClock() })
      try newest.start()
      var source: any LogSource = newest
      if let log {
        if !log.resumed.older.isEmpty { source = HistorySource(log.resumed.older, newest) }
        source = ResumedSource(source, log.resumed, known: log.resumption.known)
      }
      readers = [BlockReader(source: source)]
      var options = PipelineOptions()
      options.analysis = ResumedWorld.options
      options.marksPlaces = true
      options.resumptions[0] = log?.resumption
      var reported = ReportedTraffic(
        closedThrough: continuation.closedThrough, alerts: world.saved.alerts)
      reported.cutThrough = continuation.cutThrough
      reported.isReadAgain = isReadAgain
      options.reported = reported
      pipeline = Pipeline(options)
    }

    mutating func step(_ world: ResumedWorld) throws {
      var events: [MonitorEvent] = []
      for _ in 0..<3 {
        _ = try pipeline.step(
          readers, until: .everything, clock: world.clock, isOverBudget: { false },
          events: &events)
      }
      save(events, in: world)
      guard let checkpoint = pipeline.checkpoints[0] else { return }
      world.saved.checkpoint = checkpoint
      if let minute = pipeline.currentMinute {
        world.saved.part = (minute.from, traffic(minute))
        save([.minute(minute)], in: world)
      }
    }

    mutating func stop(_ world: ResumedWorld) {
      var events: [MonitorEvent] = []
      pipeline.stop(clock: world.clock, events: &events)
      save(events, in: world)
    }

    /// The traffic of a minute, with what the earlier run has counted of it.
    private func traffic(_ report: IntervalReport) -> Traffic {
      guard let base, base.from == report.from else { return report.traffic }
      var traffic = base.traffic
      traffic += report.traffic
      return traffic
    }

    private func save(_ events: [MonitorEvent], in world: ResumedWorld) {
      for event in events {
        switch event {
        case .minute(var report):
          report.partial = false
          report.traffic = traffic(report)
          world.saved.minutes[report.from] = report
        case .alert(let transition):
          let isNew = !world.saved.alerts.contains {
            $0.second == transition.second && $0.change == transition.change
          }
          if isNew { world.saved.alerts.append(transition) }
        default: break
        }
      }
    }
  }
}

/// Numbers that depend on nothing but the seed. (splitmix64)
struct SeededRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number from 0 up to, but not including, a limit.
  mutating func next(_ limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
