import AccessLog
import EventOutput
import TrafficAnalysis

/// Sends each event except notices to a broker, as the JSON object that `NDJSONWriter` writes, with its
/// id.
package struct EventStreamAction: Action {
  private let stream: SpooledStream
  /// The dimensions that are reported besides those that always are.
  private let ranked: DimensionSet

  package init(_ stream: SpooledStream, ranked: DimensionSet = []) {
    self.stream = stream
    self.ranked = ranked
  }

  package mutating func handle(_ event: MonitorEvent) {
    let object = EventJSON.bytes(of: event, ranked: ranked, hasID: true)
    guard !object.isEmpty else { return }
    // One key keeps all events in order.
    let message = StreamMessage(key: stream.sender.bytes, value: object)
    stream.add(StreamTurn(messages: [message]))
  }
}
