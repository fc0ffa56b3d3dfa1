import AccessLog
import Engine
import EventOutput
import Foundation
import LogInput
import TrafficAnalysis

/// What a line costs where every second holds just one, also with a great lateness, beside a log with
/// many lines a second: JSON lines included.
enum Sparseness {
  static func measure(lines: Int) {
    print("combined, \(lines) lines; the best of 5 runs, one core, JSON lines included")
    let dense = withLog(lines: lines, rate: 200) { path in
      time("200 hits a second", path, lines, lateness: 2)
    }
    report(dense, beside: dense)
    withLog(lines: lines, rate: 1) { path in
      for lateness: Int64 in [2, 3600, 86_400] {
        let name = "1 a second, --lateness \(lateness)"
        report(time(name, path, lines, lateness: lateness), beside: dense)
      }
    }
    Measurement.reportPeakMemory()
  }

  private static func withLog<Result>(
    lines: Int, rate: Double, _ body: (String) -> Result
  ) -> Result {
    let log = SimulatedLog(lines: lines, format: .combined, rate: rate)
    defer { log.remove() }
    return body(log.path)
  }

  private static func time(
    _ name: String, _ path: String, _ lines: Int, lateness: Int64
  ) -> Measurement {
    Measurement.time(name, lines: lines) { report(path, lateness: lateness) }
  }

  private static func report(_ measurement: Measurement, beside dense: Measurement) {
    let cost = measurement.seconds * 1e9 / Double(measurement.lines)
    let ratio = measurement.seconds / dense.seconds
    let name = measurement.name.padding(toLength: 28, withPad: " ", startingAt: 0)
    print(name + String(format: "%8.0f ns a line %8.2f", cost, ratio))
  }

  /// The whole report of a log, thrown away.
  ///
  /// - Returns: how many bytes it has.
  private static func report(_ path: String, lateness: Int64) -> Int {
    guard let source = try? FileSource(path: Name(path)) else { return 0 }
    var options = PipelineOptions()
    options.analysis.lateness = lateness
    options.analysis.keepsTables = false
    let sink = CountingSink()
    var writer = NDJSONWriter(sink: sink)
    let clock = ClockReading(wall: EpochSecond(4_000_000_000), monotonic: 0)
    _ = try? BatchRun.run(BlockReader(source: source), options, clock: clock) { events in
      for event in events { try writer.handle(event) }
    }
    return sink.count
  }
}

/// Counts what is written.
private final class CountingSink: ByteSink {
  private(set) var count = 0

  func write(_ bytes: UnsafeBufferPointer<UInt8>) { count += bytes.count }

  func flush() {}
}
