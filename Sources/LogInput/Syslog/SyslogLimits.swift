/// The bounds of what senders can make a listener do.
package struct SyslogLimits: Sendable {
  /// The number of machines that may send by UDP, and by TCP.
  package var udpPeers = 1024
  package var tcpPeers = 256
  /// The number of connections.
  package var connections = 256
  /// The number of peers that were given up and are not yet closed in the figures.
  package var endingPeers = 512
  /// How long a connection may be silent, in seconds.
  package var silence = 60.0
  /// What a peer may have sent that is not read, in bytes.
  package var waitingBytes = 1 << 20
  /// The same of all peers of UDP; a connection waits instead.
  package var allWaitingBytes = 16 << 20
  /// The buffer of a socket that is asked for, in bytes. The kernel gives at most `net.core.rmem_max`,
  /// unless the program is privileged.
  package var receiveBuffer = 8 << 20
  /// The most datagrams that are received in one call.
  package var datagramsAtOnce = 2048
  /// The time between two notices of one kind, in seconds.
  package var noticeInterval = 10.0

  package init() {}
}
