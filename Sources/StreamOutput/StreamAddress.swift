import KafkaTransfer

/// Where seconds or events are sent.
package enum StreamAddress: Equatable, Sendable {
  /// Standard output, one JSON object a line.
  case standardOutput
  case kafka(KafkaAddress)
}
