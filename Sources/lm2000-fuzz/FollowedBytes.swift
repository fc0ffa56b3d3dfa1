import AccessLog
import Engine
import PipelineKit
import TrafficAnalysis

/// A followed log that the bytes of an input describe: again and again how much time passes, how
/// wrong the wall clock is, and what is written.
struct FollowedBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Checks that the last closed second never falls, and that the counts add up in the end.
  func run() {
    var options = PipelineOptions()
    options.analysis.following = true
    options.analysis.statsInterval = 7
    options.analysis.threshold = Threshold(whole: 1)
    options.analysis.alertWindow = 5
    let source = ArrivingSource()
    let reader = BlockReader(source: source)
    var pipeline = Pipeline(options)
    var clock = ClockReading(wall: EpochSecond(0), monotonic: 1000)
    // In quarters of a second.
    var elapsed: Int64 = 0
    var closed: EpochSecond?
    var events: [MonitorEvent] = []
    var rest = bytes[...]
    while rest.count >= 3 {
      let head = Array(rest.prefix(3))
      rest = rest.dropFirst(3)
      elapsed += Int64(head[0])
      clock.monotonic = 1000 + Double(elapsed) / 4
      // The logs of the corpus are of that hour.
      let error = Int64(Int8(bitPattern: head[1])) * 60
      clock.wall = EpochSecond(1_773_480_413 + elapsed / 4 + error)
      source.append(rest.prefix(Int(head[2]) * 4))
      rest = rest.dropFirst(Int(head[2]) * 4)
      do {
        let end = try pipeline.step(
          [reader], until: .everything, clock: clock, isOverBudget: { false }, events: &events)
        require(end == .caughtUp, "all bytes are read")
      } catch {
        require(false, "memory cannot fail")
      }
      if let closed, let now = pipeline.closedThrough {
        require(closed <= now, "closed seconds never fall")
      }
      closed = pipeline.closedThrough
      sink =
        pipeline.snapshot(window: .last(seconds: 10), rows: 3, includingPending: true).tally.lines
    }
    pipeline.stop(clock: clock, events: &events)
    guard case .end(let report) = events.last else {
      return require(false, "the end is reported")
    }
    let tally = report.tally
    require(tally.lines == tally.hits + tally.rejected.total + tally.ignored, "lines add up")
  }
}
