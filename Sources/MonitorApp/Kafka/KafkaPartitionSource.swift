import AccessLog
import KafkaTransfer
import LogInput
import LogParsing

/// A partition of a topic with log lines, as a source. The key of a message, if it has one, is the label
/// of its record.
final class KafkaPartitionSource: Peer {
  /// What may wait to be read, in bytes. The rest waits at the broker.
  private static let waitingBytes = 1 << 20

  let name: Name
  let label: Name
  private var messages = MessageBuffer()
  private var prefix: [UInt8] = []
  /// Whether everything that it held at the start was received, or cannot be at the moment.
  var isCaughtUp = false
  /// Whether nothing more will come: it is read to its end.
  var isClosed = false
  /// Whether its messages are something else than lines.
  private(set) var isUnused = false
  /// Why it can be read no further.
  var failure: InputFailure?

  init(_ topic: String, _ partition: Int32) {
    name = Name("\(topic)/\(partition)")
    label = Name(topic)
  }

  var isLabelled: Bool { true }
  var hasUnread: Bool { messages.count > 0 }
  var isRemovedAtEnd: Bool { isUnused }
  /// Whether more may be received.
  var hasRoom: Bool { messages.count < Self.waitingBytes }
  /// Whether it had no room when it was last received from: more may wait at the broker.
  var wasFull = false

  /// Adds a message, a line.
  func add(_ message: KafkaMessage) {
    prefix.removeAll(keepingCapacity: true)
    for byte in message.key.prefix(LabelledLine.longestLabel) {
      prefix.append(LabelledLine.isAllowed(byte) ? byte : UInt8(ascii: "?"))
    }
    prefix.append(LabelledLine.separator)
    prefix.withUnsafeBytes { messages.append(message.value, label: $0) }
  }

  /// Notes that it holds no lines, so that it is no source any more.
  func giveUp() {
    guard messages.messages == 0 else { return }
    isUnused = true
    isClosed = true
  }

  /// Removes everything that has not been read.
  ///
  /// - Returns: the number of messages of which the end was not read.
  func dropUnread() -> Int { messages.removeAll() }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputFailure) -> ReadResult {
    let count = messages.read(into: buffer)
    if count > 0 { return .bytes(count) }
    if let failure { throw failure }
    if isClosed { return .end }
    return isCaughtUp ? .caughtUp : .pending
  }
}
