import AccessLog

/// A source without lines of its own: those that send them are sources that appear while the program
/// runs, such as the peers of a syslog listener, or the partitions of a topic.
///
/// Nothing blocks: `receive` takes what has arrived.
package protocol Listener: ByteSource {
  /// As it stands on the command line.
  var path: Name { get }
  /// Readable while something is to be received.
  var descriptor: Int32 { get }

  /// Receives what has arrived, a limited amount at once.
  ///
  /// - Returns: whether anything has.
  @discardableResult
  func receive() -> Bool

  /// Whether more may be received although there was no time to read everything.
  var hasRoom: Bool { get }

  /// Whether something waits that nothing will tell of.
  var hasMore: Bool { get }

  /// Removes and returns the peers that have appeared since the last call, which become sources.
  func drainNewPeers() -> [any Peer]

  /// Notes that peers have been read, as far as there was time.
  func peersWereRead()

  /// Notes that a peer that was given up is no source any more.
  func peerWasRemoved()

  /// Counts what waits to be received as dropped here: nobody will read it.
  func dropWaiting()

  /// Counts what a peer has sent and nobody will read as dropped here.
  func dropUnread(of peer: any Peer)

  /// What was received.
  var figures: ListenerFigures { get }

  /// Removes and returns what the user should know.
  func drainNotices() -> [Notice]
}

/// One who sends lines to a listener. What it sends is read like a log that grows.
package protocol Peer: ByteSource {
  /// The name of the source.
  var name: Name { get }
  /// The name of its records where nothing else names them.
  var label: Name { get }
  /// Whether each line has a label before it.
  var isLabelled: Bool { get }
  /// Whether something of it has not been read.
  var hasUnread: Bool { get }
  /// Whether it is to be removed from the sources once it has ended.
  var isRemovedAtEnd: Bool { get }
}
