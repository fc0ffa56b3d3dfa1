import AccessLog
import Glibc
import LogInput
import Testing

/// A listener on a free port of the loopback addresses, and what its peers have sent.
final class Listening {
  final class Clock {
    var now = 1000.0
  }

  let clock = Clock()
  let listener: SyslogListener
  let port: UInt16
  /// In the order in which they appeared.
  private(set) var peers: [SyslogPeer] = []
  private(set) var lastReceiveBroughtSomething = false

  init(_ limits: SyslogLimits = SyslogLimits(), port: UInt16? = nil) throws {
    self.port = try port ?? TestSocket.freePort()
    let name = Name("syslog:\(self.port)")
    let clock = clock
    listener = try SyslogListener(
      try ListenAddress(name), path: name, limits: limits, monotonic: { clock.now })
  }

  func receive() {
    lastReceiveBroughtSomething = listener.receive()
    peers += listener.drainNewPeers().compactMap { $0 as? SyslogPeer }
  }

  /// Receives until it has a number of messages.
  func receive(messages: Int) throws {
    try receive(until: { listener.figures.messages >= messages })
  }

  func receive(until isDone: () -> Bool) throws {
    for _ in 0..<30_000 {
      receive()
      if isDone() { return }
      usleep(1000)
    }
    Issue.record("not received: \(listener.figures)")
    throw CancellationError()
  }

  /// Sends a datagram.
  func send(_ text: String, from host: String = "127.0.0.1") throws {
    try TestSocket(.udp, from: host, to: port).send(text)
  }

  /// What the peers have sent since it was last asked for.
  var text: [String: String] {
    var texts: [String: String] = [:]
    for peer in peers {
      guard let bytes = try? Self.read(peer).bytes, !bytes.isEmpty else { continue }
      texts["\(peer.name)", default: ""] += String(decoding: bytes, as: UTF8.self)
    }
    return texts
  }

  /// Whether a peer ends once everything was read.
  func ends(_ peer: SyslogPeer) throws -> Bool { try Self.read(peer).ends }

  private static func read(_ peer: SyslogPeer) throws -> (bytes: [UInt8], ends: Bool) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1000)
    while true {
      switch try buffer.withUnsafeMutableBytes({ try peer.read(into: $0) }) {
      case .bytes(let count): bytes += buffer[..<count]
      case .end: return (bytes, true)
      default: return (bytes, false)
      }
    }
  }
}

/// A socket that sends from a loopback address.
final class TestSocket {
  private let descriptor: Int32

  init(_ transport: SyslogPeer.Transport, from host: String, to port: UInt16) throws {
    let type = transport == .udp ? SOCK_DGRAM : SOCK_STREAM
    let isV6 = host.contains(":")
    descriptor = socket(isV6 ? AF_INET6 : AF_INET, Int32(type.rawValue), 0)
    if isV6 {
      var to = Self.loopback6(port)
      try Self.check(Self.with(&to) { connect(descriptor, $0, $1) })
    } else {
      var from = Self.address(host, 0)
      try Self.check(Self.with(&from) { bind(descriptor, $0, $1) })
      var to = Self.address("127.0.0.1", port)
      try Self.check(Self.with(&to) { connect(descriptor, $0, $1) })
    }
  }

  deinit { close(descriptor) }

  func send(_ text: String) throws {
    let bytes = Array(text.utf8)
    let sent = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    try #require(sent == bytes.count, "errno \(errno)")
  }

  /// Waits until the other side has closed the connection.
  func isClosedByPeer() -> Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    guard Glibc.poll(&poll, 1, 30_000) == 1 else { return false }
    var byte: UInt8 = 0
    return recv(descriptor, &byte, 1, 0) <= 0
  }

  /// A port that nobody listens on, by UDP or TCP.
  static func freePort() throws -> UInt16 {
    for _ in 0..<100 {
      let datagrams = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
      let stream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { for descriptor in [datagrams, stream] { close(descriptor) } }
      var own = address("127.0.0.1", 0)
      try check(with(&own) { bind(datagrams, $0, $1) })
      var length = socklen_t(MemoryLayout<sockaddr_in>.size)
      try check(
        with(&own) { address, _ in
          getsockname(datagrams, UnsafeMutablePointer(mutating: address), &length)
        })
      if with(&own, { bind(stream, $0, $1) }) == 0 { return UInt16(bigEndian: own.sin_port) }
    }
    throw CancellationError()
  }

  private static func check(_ result: Int32) throws {
    try #require(result == 0, "errno \(errno)")
  }

  private static func address(_ host: String, _ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = inet_addr(host)
    return address
  }

  private static func loopback6(_ port: UInt16) -> sockaddr_in6 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    address.sin6_addr = in6addr_loopback
    return address
  }

  private static func with<Address>(
    _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Int32 {
    withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }
}
