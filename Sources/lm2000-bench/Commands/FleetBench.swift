import AccessLog
import Engine
import EventOutput
import Foundation
import LogInput
import TrafficAnalysis

/// What reports of many servers cost the one that analyzes them: each has 100 hits a second and sends a
/// report a second.
struct FleetBench {
  /// So many servers have traffic of their own; the others have the same as one of them.
  private static let kinds = 16
  private static let rate = 100.0
  /// Seconds before what is measured, in which windows fill.
  private static let warmUp = 130

  var servers: Int
  var seconds: Int

  func run() {
    let traffic = (0..<Self.kinds).map { reports(seed: $0 + 1) }
    let length = traffic.map(\.count).min() ?? 0
    var pipeline = Pipeline(options)
    let reader = BlockReader(source: SilentSource())
    var costs = Costs()
    for second in 0..<min(length, Self.warmUp + seconds) {
      if second == Self.warmUp { costs = Costs() }
      let messages = (0..<servers).map { server in
        SentReport(
          sender: Name("web\(server):/var/log/nginx/access.log"), series: UInt64(server),
          sequence: UInt64(second + 1), report: traffic[server % Self.kinds][second]
        ).encoded
      }
      costs.messages += messages.count
      costs.bytes += messages.reduce(0) { $0 + $1.count + 1 }
      let start = Resources.now().processor
      count(messages, &pipeline, reader, second)
      costs.analysis += Resources.now().processor - start
      let drawing = Resources.now().processor
      _ = pipeline.snapshot(window: .last(seconds: 10), rows: 40, includingPending: true)
      costs.snapshots.append(Resources.now().processor - drawing)
    }
    print(costs, pipeline)
  }

  private var options: PipelineOptions {
    var options = PipelineOptions()
    options.analysis.following = true
    options.analysis.idleGrace = 0
    options.streams = [0]
    return options
  }

  private func count(
    _ messages: [[UInt8]], _ pipeline: inout Pipeline, _ reader: BlockReader, _ second: Int
  ) {
    let clock = ClockReading(wall: EpochSecond(4_000_000_000), monotonic: Double(second))
    for message in messages { pipeline.receive(message[...], through: 0, clock) }
    var events: [MonitorEvent] = []
    do {
      _ = try pipeline.step(
        [reader], until: .everything, clock: clock, isOverBudget: { false }, events: &events)
    } catch {
      Measurement.stop("\(error)")
    }
  }

  /// What a server reports of its traffic.
  private func reports(seed: Int) -> [SecondReport] {
    let lines = Int(Self.rate) * (Self.warmUp + seconds + 10)
    let log = SimulatedLog(
      .dense.with {
        $0.rate = Self.rate
        $0.seed = seed
      }, lines: lines)
    defer { log.remove() }
    var options = PipelineOptions()
    options.analysis.reportsSeconds = true
    var pipeline = Pipeline(options)
    var events: [MonitorEvent] = []
    do {
      let reader = BlockReader(source: try FileSource(path: Name(log.path)))
      let clock = ClockReading(wall: EpochSecond(4_000_000_000), monotonic: 0)
      while try pipeline.step(
        [reader], until: .everything, clock: clock, isOverBudget: { false }, events: &events)
        != .finished
      {}
    } catch {
      Measurement.stop("\(log.path): \(error)")
    }
    return events.compactMap { event in
      if case .second(let report) = event, !report.isEnd { report } else { nil }
    }
  }

  private struct Costs {
    var messages = 0
    var bytes = 0
    /// Processor time in seconds.
    var analysis = 0.0
    var snapshots: [Double] = []
  }

  private func print(_ costs: Costs, _ pipeline: Pipeline) {
    let seconds = Double(max(1, costs.messages / max(1, servers)))
    let messages = Double(max(1, costs.messages))
    Swift.print(
      """
      \(servers) servers, \(Int(Self.rate)) hits a second each, \(Int(seconds)) s
      bytes a second and server   \(Int(Double(costs.bytes) / messages))
      analysis, of a core         \(String(format: "%.1f %%", costs.analysis / seconds * 100))
      analysis, µs a report       \(String(format: "%.1f", costs.analysis / messages * 1e6))
      snapshot, ms                \(String(format: "%.2f", Spread(costs.snapshots).median * 1e3))
      hits                        \(pipeline.linesRead)
      memory, MiB                 \(Resources.now().memory >> 20)
      """)
  }
}

/// A source that brings nothing: the reports come from elsewhere.
private final class SilentSource: ByteSource {
  func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    .caughtUp
  }
}
