import AccessLog
import CSockets
import Glibc

/// Receives messages by UDP and TCP, and sorts them by the machines that send them.
///
/// It is a source without lines of its own; each peer is a source that appears while the program
/// runs. Nothing blocks, and no thread is needed: `receive` takes what has arrived.
package final class SyslogListener: Listener {
  /// As it stands on the command line.
  package let path: Name
  /// Readable while something is to be received.
  package let descriptor: Int32
  let limits: SyslogLimits
  private let monotonic: () -> Double
  private let batch: OpaquePointer
  private var datagramSockets: [DatagramSocket] = []
  private var listeningSockets: Set<Int32> = []
  var connections: [Int32: SyslogConnection] = [:]
  private var peers: PeerTable
  private var lastExpiry = -Double.infinity
  private var figuresSoFar = ListenerFigures()
  private var notices: ListenerNotices

  /// Opens the sockets.
  ///
  /// - Parameters:
  ///   - path: as it stands on the command line.
  ///   - monotonic: the clock that never jumps, in seconds.
  /// - Throws: `InputFailure` if one cannot be opened.
  package init(
    _ address: ListenAddress, path: Name, limits: SyslogLimits = SyslogLimits(),
    monotonic: @escaping () -> Double
  ) throws(InputFailure) {
    guard let batch = csockets_new_batch(64) else { throw .system(code: ENOMEM) }
    self.path = path
    self.limits = limits
    self.monotonic = monotonic
    self.batch = batch
    peers = PeerTable(limits)
    notices = ListenerNotices(interval: limits.noticeInterval)
    descriptor = csockets_new_set()
    guard descriptor >= 0 else { throw .system(code: errno) }
    figuresSoFar.isOpenToOthers = !address.isLoopback
    if figuresSoFar.isOpenToOthers { notices.add(.openToOthers) }
    for (place, host) in address.addresses.enumerated() {
      try open(host, address.port, isOptional: place > 0)
    }
  }

  deinit {
    for socket in datagramSockets { close(socket.descriptor) }
    for socket in listeningSockets { close(socket) }
    for socket in connections.keys { close(socket) }
    if descriptor >= 0 { close(descriptor) }
    csockets_free_batch(batch)
  }

  private func open(
    _ host: PeerAddress, _ port: UInt16, isOptional: Bool
  ) throws(InputFailure) {
    for isTCP in [false, true] {
      var address = host.system
      let socket = csockets_open(&address, port, isTCP ? 1 : 0, Int32(limits.receiveBuffer))
      guard socket >= 0 else {
        // The machine need not have IPv6.
        if isOptional, errno == EADDRNOTAVAIL || errno == EAFNOSUPPORT { return }
        throw .system(code: errno)
      }
      if isTCP {
        listeningSockets.insert(socket)
      } else {
        datagramSockets.append(DatagramSocket(descriptor: socket))
      }
      guard csockets_add(descriptor, socket) == 0 else { throw .system(code: errno) }
    }
  }

  /// Nothing: the lines are those of the peers.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer
  ) throws(InputFailure) -> ReadResult { .caughtUp }

  // MARK: - Receiving

  /// Receives what has arrived, a limited amount at once.
  ///
  /// - Returns: whether anything has.
  @discardableResult
  package func receive() -> Bool {
    let now = monotonic()
    let before = figuresSoFar.messages + figuresSoFar.lost
    var ready = [Int32](repeating: -1, count: 64)
    let count = csockets_ready(descriptor, &ready, Int32(ready.count))
    var hasRead = false
    for socket in ready.prefix(Int(max(0, count))) {
      if let place = datagramSockets.firstIndex(where: { $0.descriptor == socket }) {
        receiveDatagrams(place, now)
      } else if listeningSockets.contains(socket) {
        acceptConnections(socket, now)
      } else if let connection = connections[socket] {
        hasRead = read(connection, now) || hasRead
      }
    }
    closeSilentConnections(now)
    notices.note(figuresSoFar, now)
    return hasRead || figuresSoFar.messages + figuresSoFar.lost > before
  }

  private func receiveDatagrams(_ place: Int, _ now: Double) {
    let socket = datagramSockets[place].descriptor
    var left = limits.datagramsAtOnce
    var drops: Int64 = -1
    while left > 0 {
      let count = csockets_receive(socket, batch, &drops)
      guard count > 0 else { break }
      for index in 0..<count { receiveDatagram(index, now) }
      left -= Int(count)
      if count < 64 { break }
    }
    // What was dropped behind the last datagram is counted here already.
    let latest = csockets_drops(socket)
    figuresSoFar.droppedByKernel += datagramSockets[place].newDrops(latest >= 0 ? latest : drops)
  }

  private func receiveDatagram(_ index: Int32, _ now: Double) {
    var length = 0
    var sender = csockets_peer()
    guard let start = csockets_datagram(batch, index, &length, &sender) else { return }
    let key = SyslogPeer.Key(transport: .udp, address: PeerAddress(sender))
    guard !isEnding, let peer = peer(key, now), peer.messages.count < limits.waitingBytes,
      waitingBytes < limits.allWaitingBytes
    else {
      figuresSoFar.droppedHere += 1
      return
    }
    peer.lastArrival = now
    let before = peer.messages.count
    peer.messages.append(UnsafeRawBufferPointer(start: start, count: length).withoutLeadingNULs)
    waitingBytes += peer.messages.count - before
    figuresSoFar.messages += 1
  }

  /// The bytes of datagrams that have not been read, at most.
  private var waitingBytes = 0
  /// Whether nothing more is passed on.
  private var isEnding = false

  // MARK: - Peers

  /// The peer with a key, which is new if it has not sent anything before.
  ///
  /// - Returns: `nil` if there is no room for it.
  func peer(_ key: SyslogPeer.Key, _ now: Double) -> SyslogPeer? {
    let (peer, displaced) = peers.peer(key, now)
    if let displaced {
      for connection in connections.values where connection.peer === displaced {
        end(connection, because: nil)
      }
      figuresSoFar.displaced += 1
    }
    return peer
  }

  package func drainNewPeers() -> [any Peer] { peers.drainNew() }

  package func peerWasRemoved() { peers.noteRemoval() }

  package func peersWereRead() { waitingBytes = peers.waitingDatagramBytes }

  package func dropUnread(of peer: any Peer) {
    guard let peer = peer as? SyslogPeer else { return }
    let count = peer.messages.removeAll()
    figuresSoFar.messages -= count
    figuresSoFar.droppedHere += count
  }

  /// Counts the datagrams that wait in the kernel as dropped here: nobody will read them.
  package func dropWaiting() {
    isEnding = true
    let now = monotonic()
    for place in datagramSockets.indices {
      // Senders that go on do not keep it busy for good: no more than this fits into the kernel.
      for _ in 0..<16 {
        let before = figuresSoFar.droppedHere
        receiveDatagrams(place, now)
        if figuresSoFar.droppedHere == before { break }
      }
    }
  }

  package var hasRoom: Bool { waitingBytes < limits.waitingBytes / 2 }

  /// Nothing: the descriptor stays readable while datagrams or connections wait.
  package var hasMore: Bool { false }

  // MARK: - Figures

  package var figures: ListenerFigures {
    var figures = figuresSoFar
    figures.peers = peers.count
    return figures
  }

  func update(_ change: (inout ListenerFigures) -> Void) { change(&figuresSoFar) }

  /// Notes why a connection was closed.
  func note(_ fault: FramingFault, of peer: SyslogPeer) {
    figuresSoFar.faultyConnections += 1
    notices.add(fault, of: peer.name)
  }

  package func drainNotices() -> [Notice] { notices.drain() }

  /// Closes the connections that have been silent for too long, once a second.
  private func closeSilentConnections(_ now: Double) {
    guard now - lastExpiry >= 1 else { return }
    lastExpiry = now
    for connection in connections.values where now - connection.lastArrival >= limits.silence {
      end(connection, because: connection.framer.isInMessage ? .cutMessage : nil)
    }
  }

  /// Accepts a connection that waits; `nil` if none does, or it cannot be accepted.
  func accept(from listener: Int32) -> (socket: Int32, address: PeerAddress)? {
    var address = csockets_peer()
    let socket = csockets_accept(listener, &address)
    guard socket >= 0 else { return nil }
    guard csockets_add(descriptor, socket) == 0 else {
      close(socket)
      return nil
    }
    return (socket, PeerAddress(address))
  }
}

/// A socket that receives datagrams.
private struct DatagramSocket {
  let descriptor: Int32
  /// The count of the kernel when it was last read.
  private var drops: UInt32 = 0

  init(descriptor: Int32) { self.descriptor = descriptor }

  /// How many datagrams the kernel has dropped since the last call.
  ///
  /// - Parameter count: what it has counted; negative if it does not say.
  mutating func newDrops(_ count: Int64) -> Int {
    guard count >= 0 else { return 0 }
    let now = UInt32(truncatingIfNeeded: count)
    defer { drops = now }
    // The count starts again after 2^32.
    return Int(now &- drops)
  }
}
