/// A message on its way to a broker.
package struct StreamMessage: Equatable, Sendable {
  /// Messages with one key stay in order.
  package var key: [UInt8]
  package var value: [UInt8]

  package init(key: [UInt8], value: [UInt8]) {
    self.key = key
    self.value = value
  }
}

/// What became of a message.
package struct MessageOutcome: Equatable, Sendable {
  package enum Result: Equatable, Sendable {
    /// The broker has it.
    case acknowledged
    /// Another attempt may succeed. The reason is for people.
    case failed(String)
    /// Another attempt would fail too.
    case refused(String)
    /// The broker does not take it, or what was sent together with it.
    case refusedTogether(String)
  }

  /// The number that the message was handed over with.
  package var id: UInt64
  package var result: Result

  package init(id: UInt64, result: Result) {
    self.id = id
    self.result = result
  }
}

/// Takes messages to a broker, in order and without waiting for it. Used by one thread only.
package protocol MessageCarrier: Sendable {
  /// Takes a message.
  ///
  /// - Parameter id: by which its outcome is reported.
  /// - Returns: whether there was room for it.
  func submit(_ message: StreamMessage, id: UInt64) -> Bool

  /// What became of messages since the last call.
  ///
  /// - Parameter patience: how long to wait if nothing is known, in seconds.
  func outcomes(waiting patience: Double) -> [MessageOutcome]

  /// Gives up all messages without an outcome. Some of them may have reached the broker.
  func discard()

  /// Why messages do not get through, for people; `nil` if they do, or if that is not known.
  var problem: String? { get }
}
