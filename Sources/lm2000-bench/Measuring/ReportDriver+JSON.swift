import Engine
import EventOutput
import TrafficAnalysis

extension ReportDriver {
  /// Writes the whole report of a log to nowhere.
  ///
  /// - Parameter lateness: in seconds.
  /// - Returns: its length in bytes; 0 where the log cannot be read.
  @MainActor static func writeJSON(of path: String, lateness: Int64 = 2) -> Int {
    var options = PipelineOptions()
    options.analysis.lateness = lateness
    options.analysis.isForDisplay = false
    let sink = CountingSink()
    var writer = NDJSONWriter(sink: sink)
    let lines = ReportDriver.run(path, options) { events in
      for event in events { try writer.handle(event) }
    }
    return lines == nil ? 0 : sink.count
  }
}

/// Counts the bytes that are written.
private final class CountingSink: ByteSink {
  private(set) var count = 0

  func write(_ bytes: UnsafeBufferPointer<UInt8>) { count += bytes.count }

  func flush() {}
}
