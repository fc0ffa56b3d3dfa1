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
  /// Its number.
  let id: Int32
  private var messages = MessageBuffer()
  private let keepsPositions: Bool
  /// The messages that were received and not yet taken as analyzed, with the number of bytes of lines up
  /// to the end of each group. Empty where no positions are kept.
  private var received: [(offsets: ClosedRange<Int64>, end: Int64)] = []
  /// The number of bytes of all lines.
  private var bytes: Int64 = 0
  /// Whether the next message begins another group.
  private var beginsGroup = true
  private var prefix: [UInt8] = []
  /// Whether everything that it held at the start was received, or cannot be at the moment.
  var isCaughtUp = false
  /// Whether nothing more will come: it is read to its end.
  var isClosed = false
  /// Whether its messages are something else than lines.
  private(set) var isUnused = false
  /// Why it can be read no further.
  var failure: InputFailure?

  /// - Parameter keepsPositions: whether `takeAnalyzed` will be called.
  init(_ topic: String, _ partition: Int32, keepsPositions: Bool) {
    id = partition
    self.keepsPositions = keepsPositions
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
    let before = messages.count
    prefix.withUnsafeBytes { messages.append(message.value, label: $0) }
    guard keepsPositions else { return }
    bytes += Int64(messages.count - before)
    if !beginsGroup, let first = received.popLast()?.offsets.lowerBound {
      received.append((first...message.offset, bytes))
    } else {
      received.append((message.offset...message.offset, bytes))
    }
    beginsGroup = false
  }

  /// Lets the messages that follow be a group, of which the position is noted as a whole.
  func beginGroup() { beginsGroup = true }

  /// Removes the groups of messages whose lines were analyzed.
  ///
  /// - Parameter count: the number of bytes that were analyzed.
  /// - Returns: the offsets of their messages; `nil` if there are none.
  func takeAnalyzed(through count: Int64) -> ClosedRange<Int64>? {
    let groups = received.prefix { $0.end <= count }
    guard let first = groups.first, let last = groups.last else { return nil }
    defer { received.removeFirst(groups.count) }
    return first.offsets.lowerBound...last.offsets.upperBound
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
