import AccessLog
import PipelineKit
import ReferenceModel
import TrafficAnalysis

@testable import Engine

/// A replay of bytes in memory by a hand-moved clock, and what a run from the beginning shows.
struct ReplayTrial {
  let bytes: [UInt8]
  let options: PipelineOptions
  let wall: EpochSecond
  let reader: BlockReader
  var replay: Replay
  /// Monotonic time, in seconds.
  var real = 1000.0
  var events: [MonitorEvent] = []
  /// Blocks read, by all steps.
  private(set) var blocks = 0

  /// - Parameters:
  ///   - blockSize: of what is read at a time; longer than any line.
  ///   - limits: of the copies that are kept.
  init(
    _ bytes: [UInt8], _ options: PipelineOptions = PipelineOptions(),
    wall: EpochSecond = EpochSecond(4_000_000_000), speed: ReplaySpeed = .times(1),
    maxGap: Double = 5, canRewind: Bool = true, blockSize: Int = BlockReader.blockSize,
    limits: ReplayHistory.Limits = ReplayHistory.Limits()
  ) {
    self.bytes = bytes
    self.options = options
    self.wall = wall
    let source = MemorySource(bytes)
    reader = BlockReader(
      source: source, blockSize: blockSize, seek: canRewind ? { source.seek(to: $0) } : nil)
    replay = Replay(
      options, pacer: Pacer(speed: speed, maxGap: maxGap), canRewind: canRewind, limits: limits)
  }

  /// Seconds as lines of a log, one hit each.
  init(
    seconds: [Int], speed: ReplaySpeed = .times(1), maxGap: Double = 5, canRewind: Bool = true,
    threshold: Threshold = Threshold(whole: 10), window: Int64 = 120
  ) {
    var options = PipelineOptions()
    options.analysis.threshold = threshold
    options.analysis.alertWindow = window
    let lines = seconds.map { csv($0) + "\n" }.joined()
    self.init(Array(lines.utf8), options, speed: speed, maxGap: maxGap, canRewind: canRewind)
  }

  var second: Int64? { replay.pipeline.closedThrough?.value }

  /// Lets time pass, and steps once.
  ///
  /// - Parameter budget: blocks after which the step is over.
  @discardableResult
  mutating func step(after seconds: Double = 0, budget: Int = .max) throws -> Replay.Step {
    real += seconds
    var left = budget
    defer { blocks += budget - left }
    return try replay.step(
      [reader], clock: ClockReading(wall: wall, monotonic: real),
      isOverBudget: {
        left -= 1
        return left <= 0
      }, events: &events)
  }

  /// Steps until a seek has come to its end.
  mutating func finishSeek() throws -> Replay.Step? {
    var last: Replay.Step?
    while replay.isSeeking { last = try step() }
    return last
  }

  // MARK: - From the beginning

  /// A pipeline that has come to the second in one go; that has not begun where there is none.
  func fresh(to second: EpochSecond?) throws -> Pipeline {
    var pipeline = Pipeline(options)
    guard let second else { return pipeline }
    var events: [MonitorEvent] = []
    let reader = BlockReader(source: MemorySource(bytes), blockSize: max(bytes.count, 1000))
    _ = try pipeline.step(
      [reader], until: .second(second),
      clock: ClockReading(wall: wall, monotonic: 0), isOverBudget: { false }, events: &events)
    return pipeline
  }

  /// The pipeline that the moment shown is to equal.
  func expected() throws -> Pipeline {
    let pipeline = replay.pipeline
    return try fresh(to: pipeline.isFinished ? EpochSecond(.max) : pipeline.closedThrough)
  }

  /// Every event of the log.
  func allEvents() throws -> [MonitorEvent] {
    var events: [MonitorEvent] = []
    var pipeline = Pipeline(options)
    try pipeline.readToEnd(
      BlockReader(source: MemorySource(bytes)), clock: ClockReading(wall: wall, monotonic: 0)
    ) { events += $0 }
    return events
  }
}

// MARK: - Samples

extension ReplayTrial {
  /// Seconds, as in the program.
  static let tick = 0.1
  /// One hit a second.
  static let steady = Array(1000..<1200)
  /// 30 hits a second in two stretches, and 10 a second otherwise: two alerts above 20 over 3 s.
  static let twoAlerts = (1000..<1200).flatMap { second in
    [Int](repeating: second, count: [1050, 1120].contains { abs($0 - second) < 5 } ? 30 : 10)
  }

  static func alerting(canRewind: Bool = true) -> ReplayTrial {
    ReplayTrial(
      seconds: twoAlerts, canRewind: canRewind, threshold: Threshold(whole: 20), window: 3)
  }
}
