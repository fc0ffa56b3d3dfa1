/// What a listener has received, and what it could not read.
package struct ListenerFigures: Equatable, Sendable {
  /// Whether it is a topic, whose peers are its partitions.
  package var isTopic = false
  /// The peers that are sources at the moment.
  package var peers = 0
  /// The messages that were passed on, of any kind.
  package var messages = 0
  /// The datagrams that the kernel dropped because they came faster than they were read.
  package var droppedByKernel = 0
  /// The messages that were dropped here: their peer had too much that was not read, or there was no
  /// room for another peer.
  package var droppedHere = 0
  /// The peers and connections that were given up for new ones, because there were too many.
  package var displaced = 0
  /// The connections that were closed because of what they sent, or in the middle of a message.
  package var faultyConnections = 0
  /// Whether others than this machine can reach it.
  package var isOpenToOthers = false

  package init() {}

  /// The messages that were received but not read.
  package var lost: Int { droppedByKernel + droppedHere }

  /// The figures of two listeners together.
  package static func + (left: ListenerFigures, right: ListenerFigures) -> ListenerFigures {
    var sum = left
    sum.isTopic = left.isTopic && right.isTopic
    sum.peers += right.peers
    sum.messages += right.messages
    sum.droppedByKernel += right.droppedByKernel
    sum.droppedHere += right.droppedHere
    sum.displaced += right.displaced
    sum.faultyConnections += right.faultyConnections
    sum.isOpenToOthers = left.isOpenToOthers || right.isOpenToOthers
    return sum
  }
}

/// Why the connection of a peer was closed, or its last message does not count.
package enum FramingFault: Error, CaseIterable, Sendable {
  /// A message must begin with its length, and does not.
  case invalidLength
  /// A message is said to be far longer than any can be.
  case excessiveLength
  /// The connection ended in the middle of a message.
  case cutMessage
}
