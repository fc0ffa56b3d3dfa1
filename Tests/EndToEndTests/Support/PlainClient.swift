import Foundation
import Glibc
import LoopbackKit
import Testing

/// What a server answered.
struct Answer: Sendable {
  var status: Int
  /// The size of everything that was received, and of what follows the header.
  var bytes: Int
  var bodyBytes: Int
}

/// A client that writes requests to a socket as they are.
enum PlainClient {
  /// Whether this machine has the loopback address of IPv6.
  static let hasIPv6: Bool = {
    let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    return descriptor >= 0 && withLoopback6(port: 0) { bind(descriptor, $0, $1) } == 0
  }()

  /// Sends a request on a connection of its own, and reads until the server closes it.
  static func send(_ request: SentRequest, to port: UInt16) throws -> Answer {
    let descriptor = try connected(to: port, overIPv6: request.usesIPv6 && hasIPv6)
    defer { close(descriptor) }
    let bytes = request.bytes
    try #require(Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
    let received = try readAll(descriptor)
    let text = String(decoding: received.prefix(64), as: UTF8.self)
    let status = try #require(
      text.firstMatch(of: /^HTTP\/1\.[01] (\d\d\d)/).flatMap { Int($0.output.1) },
      "\(request.method) \(request.target ?? ""): \(text)")
    let end = try #require(Data(received).firstRange(of: Data("\r\n\r\n".utf8)))
    return Answer(
      status: status, bytes: received.count, bodyBytes: received.count - end.upperBound)
  }

  /// Waits until a server accepts connections.
  static func waitForServer(on port: UInt16) throws {
    try poll("a server listens on port \(port)") {
      (try? connected(to: port, overIPv6: false)).map { close($0) == 0 }
    }
  }

  private static func connected(to port: UInt16, overIPv6: Bool) throws -> Int32 {
    let family = overIPv6 ? AF_INET6 : AF_INET
    let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
    let result =
      overIPv6
      ? withLoopback6(port: port) { connect(descriptor, $0, $1) }
      : withLoopback4(port: port) { connect(descriptor, $0, $1) }
    guard result == 0 else {
      close(descriptor)
      throw CancellationError()
    }
    return descriptor
  }

  /// Reads until the other side closes the connection.
  private static func readAll(_ descriptor: Int32) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count < 0, errno == EINTR { continue }
      try #require(count >= 0, "the server hung up")
      if count == 0 { return bytes }
      bytes += buffer[..<count]
    }
  }

  private static func withLoopback6<Result>(
    port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = port.bigEndian
    address.sin6_addr = in6addr_loopback
    return withSocketAddress(of: &address, body)
  }

  private static func withLoopback4<Result>(
    port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var address = loopback(port)
    return withSocketAddress(of: &address, body)
  }

  private static func withSocketAddress<Address, Result>(
    of address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        body($0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }
}
