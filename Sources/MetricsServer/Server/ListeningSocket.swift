import AccessLog
import Glibc

/// Why a server cannot listen.
package struct ListenFailure: Error, Equatable, Sendable {
  /// In words, such as `Address already in use`.
  package var reason: String

  package init(_ reason: String) { self.reason = reason }

  /// The reason that the system gives. (errno(3))
  fileprivate init(code: Int32) { reason = String(cString: strerror(code)) }
}

/// Sockets that wait for connections.
enum ListeningSocket {
  private static let backlog: Int32 = 16

  /// Opens a socket that listens, is not inherited by programs, and never blocks. (socket(2), bind(2),
  /// listen(2))
  static func open(_ address: ServerAddress) throws(ListenFailure) -> Int32 {
    let family = address.address.isVersion4 ? AF_INET : AF_INET6
    let kind = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue
    let descriptor = socket(family, Int32(kind), 0)
    guard descriptor >= 0 else { throw ListenFailure(code: errno) }
    // A port whose last connections have just ended can be used again.
    var on: Int32 = 1
    setsockopt(
      descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    guard bind(descriptor, to: address) == 0, listen(descriptor, backlog) == 0 else {
      let code = errno
      close(descriptor)
      throw ListenFailure(code: code)
    }
    return descriptor
  }

  private static func bind(_ descriptor: Int32, to address: ServerAddress) -> Int32 {
    guard address.address.isVersion4 else {
      var name = sockaddr_in6()
      name.sin6_family = sa_family_t(AF_INET6)
      name.sin6_port = address.port.bigEndian
      withUnsafeMutableBytes(of: &name.sin6_addr) { bytes in
        withUnsafeBytes(of: address.address.value.bigEndian) { bytes.copyMemory(from: $0) }
      }
      return bind(descriptor, &name)
    }
    var name = sockaddr_in()
    name.sin_family = sa_family_t(AF_INET)
    name.sin_port = address.port.bigEndian
    name.sin_addr.s_addr = UInt32(truncatingIfNeeded: address.address.value).bigEndian
    return bind(descriptor, &name)
  }

  private static func bind<Address>(_ descriptor: Int32, _ name: inout Address) -> Int32 {
    withUnsafePointer(to: &name) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
      }
    }
  }
}
