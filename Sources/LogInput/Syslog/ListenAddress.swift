import AccessLog
import CSockets
import Glibc

/// Where a listener receives messages: `syslog:PORT` on the loopback addresses, `syslog:ADDRESS:PORT`
/// on another one. An address of IPv6 stands in brackets.
package struct ListenAddress: Equatable, Sendable {
  /// Why a text is no such address.
  package enum Mistake: Error, Equatable, Sendable {
    case port
    case address
  }

  private static let scheme = Array("syslog:".utf8)

  /// The addresses. The first one must exist; another one may not, where IPv6 is switched off.
  let addresses: [PeerAddress]
  package let port: UInt16

  /// Whether a source on the command line is a listener and not a file.
  package static func isListener(_ source: Name) -> Bool { source.bytes.starts(with: scheme) }

  /// - Parameter source: as it stands on the command line.
  package init(_ source: Name) throws(Mistake) {
    let text = String(decoding: source.bytes.dropFirst(Self.scheme.count), as: UTF8.self)
    let colon = text.lastIndex(of: ":")
    let digits = colon.map { text[text.index(after: $0)...] } ?? text[...]
    guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = UInt16(digits), port > 0
    else { throw .port }
    self.port = port
    guard let colon else {
      addresses = PeerAddress.loopback
      return
    }
    var address = text[..<colon]
    if address.hasPrefix("["), address.hasSuffix("]") {
      address = address.dropFirst().dropLast()
      guard address.contains(":") else { throw .address }
    } else if address.contains(":") {
      throw .address
    }
    guard let parsed = PeerAddress(String(address)) else { throw .address }
    addresses = [parsed]
  }

  /// Whether nobody but this machine can reach it.
  package var isLoopback: Bool { addresses.allSatisfy(\.isLoopback) }
}

/// The address of a machine. (inet_pton(3))
struct PeerAddress: Hashable, Sendable {
  /// The 16 bytes of an address of IPv6; one of IPv4 is mapped into it.
  private let high: UInt64
  private let low: UInt64
  /// The number of the interface, for an address that is valid on one link only.
  private let scope: UInt32

  static let loopback = ["127.0.0.1", "::1"].compactMap { PeerAddress($0) }

  /// - Parameter text: an address, not a name.
  init?(_ text: String) {
    var peer = csockets_peer()
    let isRead = withUnsafeMutableBytes(of: &peer.address) { bytes -> Bool in
      guard let start = bytes.baseAddress else { return false }
      if inet_pton(AF_INET6, text, start) == 1 { return true }
      bytes[10] = 0xFF
      bytes[11] = 0xFF
      return inet_pton(AF_INET, text, start + 12) == 1
    }
    guard isRead else { return nil }
    self.init(peer)
  }

  init(_ peer: csockets_peer) {
    (high, low) = withUnsafeBytes(of: peer.address) {
      ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    }
    scope = peer.scope
  }

  /// The address as C has it.
  var system: csockets_peer {
    var peer = csockets_peer()
    peer.scope = scope
    withUnsafeMutableBytes(of: &peer.address) {
      $0.storeBytes(of: high, as: UInt64.self)
      $0.storeBytes(of: low, toByteOffset: 8, as: UInt64.self)
    }
    return peer
  }

  private var isMapped: Bool { high == 0 && UInt64(bigEndian: low) >> 32 == 0xFFFF }

  var isLoopback: Bool {
    let last = UInt64(bigEndian: low)
    return isMapped ? last >> 24 & 0xFF == 127 : high == 0 && last == 1
  }

  /// The address as people write it. (inet_ntop(3))
  var text: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let size = socklen_t(text.count)
    let isMapped = isMapped
    _ = withUnsafeBytes(of: system.address) { bytes in
      bytes.baseAddress.map {
        isMapped ? inet_ntop(AF_INET, $0 + 12, &text, size) : inet_ntop(AF_INET6, $0, &text, size)
      }
    }
    let address = String(
      decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return scope == 0 ? address : "\(address)%\(scope)"
  }
}
