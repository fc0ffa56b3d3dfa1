import AccessLog
import Engine
import Foundation
import LogInput
import TrafficAnalysis

/// How long a replay takes to seek, as the dashboard does it: in steps of 8 ms, between which keys
/// are answered, with a snapshot at the end.
struct SeekBench {
  /// How long a step may last, in seconds.
  private static let budget = 0.008
  /// How far to seek back, in log seconds.
  private static let distances: [(name: String, seconds: Int64)] = [
    ("10 s", 10), ("1 min", 60), ("10 min", 600), ("20 min", 1200), ("30 min", 1800),
    ("45 min", 2700), ("1 h", 3600),
  ]

  private let reader: BlockReader
  private var replay: Replay
  private let start = ContinuousClock.now

  private init(_ source: FileSource) {
    reader = BlockReader(source: source, seek: { source.seek(to: $0) })
    replay = Replay(
      PipelineOptions(), pacer: Pacer(speed: .max, maxGap: 5), canRewind: true)
  }

  /// Measures seeks in the file and prints the figures.
  ///
  /// - Throws: `InputFailure` where the file cannot be read.
  @MainActor
  static func measure(_ path: String) throws {
    let lines = LineCounter.countLines(path)
    guard lines > 0 else { Measurement.stop("\(path): no line in it") }
    let batch = Measurement.time("analysis", runs: 2) { Stages.analyze(path) }.least
    var seeks = SeekBench(try FileSource(path: Name(path)))
    let forward = try seeks.time { replay, real in
      replay.seek(to: EpochSecond(.max), at: real)
    }
    guard let last = seeks.replay.pipeline.closedThrough,
      let first = seeks.replay.pipeline.firstClosed, last > first
    else { Measurement.stop("\(path): no hit in it") }
    let span = last.seconds(since: first)
    print("\(lines) lines, \(span / 60) min of log; seeks in steps of 8 ms, with a snapshot")
    print(row("whole analysis") + "\(text(batch * 1e9 / Double(lines), 0)) ns a line")
    print(
      row("seek to the end") + "\(text(forward * 1e9 / Double(lines), 0)) ns a line, "
        + "\(text(batch / forward, 2)) of the speed of the analysis")
    for distance in distances where distance.seconds < span {
      let back = try seeks.time { $0.seek(by: -distance.seconds, at: $1) }
      print(row("back \(distance.name)") + "\(text(back * 1e3, 0)) ms from the end")
      _ = try seeks.time { $0.seek(to: last, at: $1) }
    }
    let again = try (0..<span / 3600).map { _ in try seeks.time { $0.seek(by: -3600, at: $1) } }
    print(
      row("1 h, again and again") + again.map { text($0 * 1e3, 0) }.joined(separator: " ") + " ms")
    let copies = seeks.replay.copies
    print("\(copies.count) copies kept, some \(copies.bytes >> 20) MiB; ", terminator: "")
    Measurement.reportPeakMemory()
  }

  /// Seconds from the request until the moment is shown.
  ///
  /// - Parameter request: starts a seek at the monotonic time that it is given.
  private mutating func time(_ request: (inout Replay, Double) -> Bool) throws -> Double {
    let before = now
    guard request(&replay, before) else { return 0 }
    while replay.isSeeking {
      let begin = now
      let clock = ContinuousClock.now
      var events: [MonitorEvent] = []
      _ = try replay.step(
        [reader], clock: ClockReading(wall: EpochSecond(4_000_000_000), monotonic: begin),
        isOverBudget: { ContinuousClock.now - clock > .seconds(Self.budget) }, events: &events)
    }
    let snapshot = replay.pipeline.snapshot(
      window: .last(seconds: 10), rows: 200, includingPending: false)
    guard snapshot.closedThrough != nil else { return 0 }
    return now - before
  }

  private var now: Double { (ContinuousClock.now - start) / .seconds(1) }

  private static func row(_ name: String) -> String {
    name.padding(toLength: 22, withPad: " ", startingAt: 0)
  }

  private static func text(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }
}
