import AccessLog
import Engine
import LogInput
import TrafficAnalysis

/// A followed log as bytes tell it: how long nothing happens, how wrong the wall clock is, and what is
/// written then, over and over.
struct FollowedBytes {
  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Closed seconds never fall, and in the end the lines add up.
  func run() {
    var options = PipelineOptions()
    options.analysis.following = true
    options.analysis.statsInterval = 7
    options.analysis.threshold = Threshold(whole: 1)
    options.analysis.alertWindow = 5
    let source = ArrivingBytes()
    let reader = BlockReader(source: source)
    var pipeline = Pipeline(options)
    var clock = ClockReading(wall: EpochSecond(0), monotonic: 1000)
    var passed: Int64 = 0
    var closed: EpochSecond?
    var events: [MonitorEvent] = []
    var rest = bytes[...]
    while rest.count >= 3 {
      let head = Array(rest.prefix(3))
      rest = rest.dropFirst(3)
      passed += Int64(head[0])
      clock.monotonic = 1000 + Double(passed) / 4
      // The seeds are of that hour.
      let error = Int64(Int8(bitPattern: head[1])) * 60
      clock.wall = EpochSecond(1_773_480_413 + passed / 4 + error)
      source.arrive(rest.prefix(Int(head[2]) * 4))
      rest = rest.dropFirst(Int(head[2]) * 4)
      do {
        let end = try pipeline.step(
          reader, until: .everything, clock: clock, isOverBudget: { false }, events: &events)
        require(end == .caughtUp, "what is there is read")
      } catch {
        require(false, "memory cannot fail")
      }
      if let closed, let now = pipeline.closedThrough { require(closed <= now, "time falls") }
      closed = pipeline.closedThrough
      sink =
        pipeline.snapshot(window: .last(seconds: 10), rows: 3, includingPending: true).tally.lines
    }
    pipeline.stop(clock: clock, events: &events)
    guard case .end(let report) = events.last else { return require(false, "an end is told") }
    let tally = report.tally
    require(tally.lines == tally.hits + tally.rejected.total + tally.ignored, "lines add up")
  }
}

/// Gives bytes as they arrive.
private final class ArrivingBytes: ByteSource {
  private var bytes: ArraySlice<UInt8> = []

  func arrive(_ more: ArraySlice<UInt8>) { bytes += more }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
    guard !bytes.isEmpty else { return .caughtUp }
    let some = bytes.prefix(buffer.count)
    buffer.copyBytes(from: some)
    bytes = bytes.dropFirst(some.count)
    return .bytes(some.count)
  }
}
