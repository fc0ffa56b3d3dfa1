/// The peers of a listener: at most so many by each transport, of which the one that has been silent for
/// longest makes room for a new one.
struct PeerTable {
  private let limits: SyslogLimits
  private var peers: [SyslogPeer.Key: SyslogPeer] = [:]
  private var counts: [SyslogPeer.Transport: Int] = [:]
  /// The peer that was asked for last, which mostly sends the next message too.
  private var latest: SyslogPeer?
  /// The peers that have not been asked for.
  private var new: [SyslogPeer] = []
  /// The number of peers that were closed, and are still sources.
  private var ending = 0

  init(_ limits: SyslogLimits) {
    self.limits = limits
  }

  var count: Int { peers.count }

  /// The bytes of datagrams that have not been read.
  var waitingDatagramBytes: Int {
    peers.values.reduce(0) { $0 + ($1.key.transport == .udp ? $1.messages.count : 0) }
  }

  /// The peer with a key, which is new if it has not sent anything before, and the one that was closed to
  /// make room for it.
  ///
  /// - Returns: no peer if there is no room: too many that were closed are still sources.
  mutating func peer(
    _ key: SyslogPeer.Key, _ now: Double
  ) -> (peer: SyslogPeer?, displaced: SyslogPeer?) {
    if let latest, latest.key == key { return (latest, nil) }
    if let peer = peers[key] {
      latest = peer
      return (peer, nil)
    }
    var displaced: SyslogPeer?
    if counts[key.transport, default: 0] >= limit(key.transport) {
      guard ending < limits.endingPeers, let idle = longestIdle(key.transport) else {
        return (nil, nil)
      }
      remove(idle)
      displaced = idle
    }
    let peer = SyslogPeer(key, now: now)
    peers[key] = peer
    counts[key.transport, default: 0] += 1
    new.append(peer)
    latest = peer
    return (peer, displaced)
  }

  private func limit(_ transport: SyslogPeer.Transport) -> Int {
    transport == .udp ? limits.udpPeers : limits.tcpPeers
  }

  private func longestIdle(_ transport: SyslogPeer.Transport) -> SyslogPeer? {
    peers.values.lazy.filter { $0.key.transport == transport }
      .min { $0.lastArrival < $1.lastArrival }
  }

  private mutating func remove(_ peer: SyslogPeer) {
    peer.close()
    peers[peer.key] = nil
    counts[peer.key.transport, default: 0] -= 1
    if latest === peer { latest = nil }
    ending += 1
  }

  /// Removes and returns the peers that have appeared since the last call.
  mutating func drainNew() -> [SyslogPeer] {
    defer { new = [] }
    return new
  }

  /// Notes that a peer that was closed is no source any more.
  mutating func noteRemoval() { ending -= 1 }
}
