import KafkaTransfer
import StreamOutput

extension OptionTable {
  /// The options that connect runs with each other.
  static let streams: [OptionRule] = [
    OptionRule(
      "events", nil, "SINK",
      "publish events, one JSON object each with an id: - (standard output, and nothing else) or "
        + "kafka://BROKER[,BROKER]/TOPIC"
    ) { (text, options) throws(UsageError) in
      options.events = try sink(text, "--events")
      options.eventsOrigin = options.origin
    },
    OptionRule(
      "publish", nil, "SINK",
      "publish closed seconds for a run that analyzes those of many servers, instead of analyzing "
        + "them: - (standard output) or kafka://BROKER[,BROKER]/TOPIC"
    ) { (text, options) throws(UsageError) in
      options.publish = try sink(text, "--publish")
    },
    OptionRule(
      "sender", nil, "NAME", "the name of this server in what it publishes [HOST:LOG]"
    ) { (text, options) throws(UsageError) in
      guard !text.isEmpty, text.utf8.count <= 1000 else {
        throw .badValue(option: "--sender", text: text, expected: "a name of 1 to 1,000 bytes")
      }
      options.sender = text
    },
  ]

  /// Parses where seconds or events are sent.
  static func sink(_ text: String, _ option: String) throws(UsageError) -> StreamAddress {
    if text == "-" { return .standardOutput }
    do throws(KafkaAddress.Problem) {
      return .kafka(try KafkaAddress(parsing: text))
    } catch {
      guard text.hasPrefix("kafka://") else {
        throw .badValue(
          option: option, text: text, expected: "- (standard output) or kafka://BROKER/TOPIC")
      }
      throw .conflict(object: "\(option) \(text)", reason: error.message)
    }
  }
}
