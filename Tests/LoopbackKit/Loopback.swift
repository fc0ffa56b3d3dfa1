import Glibc

/// A port of the loopback address.
package func loopback(_ port: UInt16) -> sockaddr_in {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  return address
}

/// A port of TCP (`SOCK_STREAM`) or UDP (`SOCK_DGRAM`) that nobody listens on.
///
/// - Returns: `nil` if there is none. (bind(2))
package func unusedPort(_ type: __socket_type = SOCK_STREAM) -> UInt16? {
  let descriptor = socket(AF_INET, Int32(type.rawValue), 0)
  defer { close(descriptor) }
  var address = loopback(0)
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let found = withUnsafeMutablePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
    }
  }
  return found ? UInt16(bigEndian: address.sin_port) : nil
}
