/// A partition that is being read.
package struct KafkaPartition: @unchecked Sendable {
  // The queue may be used from any thread.

  package let id: Int32
  /// The offset of the first message to be read.
  package let start: Int64
  /// The offset behind the last message when the partition was found, or first read: some brokers only
  /// then say what it is.
  package private(set) var goal: Int64
  /// The number of messages behind the kept position that the brokers have removed.
  package let missing: Int64
  /// What the brokers keep for this client; `nil` for nothing, or if it was not asked for.
  package let kept: KafkaPosition?
  /// The offset of the next message to be read.
  package internal(set) var next: Int64

  /// Whether the brokers have answered to reading.
  private(set) var hasAnswered = false

  /// Whether everything that it held when it was found has been read.
  package var isCaughtUp: Bool { hasAnswered && next >= goal }

  /// Notes the first answer of the brokers.
  ///
  /// - Parameter end: the offset behind the last message; negative if it is not known.
  mutating func noteAnswer(end: Int64) {
    hasAnswered = true
    goal = max(goal, end)
  }

  /// Its messages.
  let queue: OpaquePointer

  /// - Parameter start: where reading begins.
  init(_ extent: KafkaExtent, start: Int64, queue: OpaquePointer) {
    self.queue = queue
    id = extent.partition
    self.start = start
    goal = extent.high
    missing = max(0, extent.low - (extent.committed?.offset ?? extent.low))
    kept = extent.committed
    next = start
  }
}
