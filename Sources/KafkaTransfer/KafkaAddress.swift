/// A topic of a broker, written `kafka://BROKER[,BROKER]/TOPIC`.
package struct KafkaAddress: Equatable, Sendable {
  /// The brokers to begin with, each `HOST` or `HOST:PORT`; at least one.
  package var brokers: [String]
  package var topic: String
}
