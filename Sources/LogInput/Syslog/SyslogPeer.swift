import AccessLog

/// A machine that sends messages, as a source: what it sends is read like a log that grows.
///
/// It is known by its address alone. A server keeps no port for good, has one for each of its
/// processes, and opens connections anew; but a machine has one clock. What comes by UDP is a source
/// of its own, since its address is easily forged.
package final class SyslogPeer: Peer {
  /// How messages come.
  package enum Transport: String, Hashable, Sendable { case udp, tcp }

  struct Key: Hashable {
    var transport: Transport
    var address: PeerAddress
  }

  let key: Key
  /// The name of the source, such as `udp:192.0.2.7`.
  package let name: Name
  /// The address, by which its records are called that name no host.
  package let label: Name
  /// What has not been read.
  var messages = MessageBuffer()
  /// When its last message came, in monotonic seconds.
  var lastArrival: Double
  /// Whether nothing more will come: it is read to its end.
  private(set) var isClosed = false

  init(_ key: Key, now: Double) {
    self.key = key
    label = Name(key.address.text)
    name = Name("\(key.transport.rawValue):\(key.address.text)")
    lastArrival = now
  }

  func close() { isClosed = true }

  package var hasUnread: Bool { messages.count > 0 }
  package var isLabelled: Bool { false }
  package var isRemovedAtEnd: Bool { true }

  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult {
    let count = messages.read(into: buffer)
    if count > 0 { return .bytes(count) }
    return isClosed ? .end : .caughtUp
  }
}
