import Engine
import EventOutput
import TrafficAnalysis

extension ReportDriver {
  /// Writes the whole report of a log to nowhere.
  ///
  /// - Returns: its length in bytes; 0 where the log cannot be read.
  @MainActor static func writeJSON(of path: String) -> Int {
    let sink = CountingSink()
    var writer = NDJSONWriter(sink: sink)
    let lines = run(path) { events in
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
