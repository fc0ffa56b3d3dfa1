import AccessLog
import TrafficAnalysis

/// The JSON object of a single event, for those who send it elsewhere.
package enum EventJSON {
  /// The object as `NDJSONWriter` writes it, without the end of the line; empty for a notice.
  ///
  /// - Parameters:
  ///   - ranked: the dimensions that are reported besides those that always are.
  ///   - hasID: whether the object ends with the `id` of the event.
  package static func bytes(
    of event: MonitorEvent, ranked: DimensionSet = [], hasID: Bool = false
  ) -> [UInt8] {
    let sink = MemorySink()
    var writer = NDJSONWriter(sink: sink, ranked: ranked, hasIDs: hasID)
    try? writer.handle(event)
    return sink.bytes.last == UInt8(ascii: "\n") ? sink.bytes.dropLast() : sink.bytes
  }

  /// What grew when an alert triggered, as the array in its event.
  package static func changes(of transition: AlertTransition) -> String {
    let json = JSONText(asciiOnly: false)
    json.array(transition.changes)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}

/// Keeps what is written.
private final class MemorySink: ByteSink {
  private(set) var bytes: [UInt8] = []

  func write(_ bytes: UnsafeBufferPointer<UInt8>) throws(OutputFailure) { self.bytes += bytes }
  func flush() throws(OutputFailure) {}
}
