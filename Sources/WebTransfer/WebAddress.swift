/// A URL that notifications are posted to: `http` or `https`, checked so that nothing but what the user
/// wrote is ever requested.
package struct WebAddress: Equatable, Sendable {
  /// Why a text is not such a URL.
  package struct Problem: Error, Equatable {
    package var message: String
    /// The first wrong byte, from 0.
    package var index: Int
  }

  /// The whole URL, which may be a secret.
  package let text: String
  private let scheme: String
  private let host: String
  /// Whether the URL names a path besides `/`.
  package let hasPath: Bool

  /// The URL without what may be secret in it: `https://host/...`.
  package var shown: String { "\(scheme)://\(host)/..." }

  /// - Parameter allowsUser: whether the URL may contain a user and a password.
  package init(_ text: String, allowsUser: Bool) throws(Problem) {
    let bytes = Array(text.utf8)
    guard let scheme = ["http", "https"].first(where: { text.lowercased().hasPrefix($0 + "://") })
    else { throw Problem(message: "expected a URL that begins with http:// or https://", index: 0) }
    if let index = bytes.firstIndex(where: { $0 <= 0x20 || $0 >= 0x7F || $0 == 0x5C }) {
      throw Problem(message: "this character must be percent-encoded in a URL", index: index)
    }
    if let index = bytes.firstIndex(where: { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "}") }) {
      throw Problem(message: "a URL is used as it is: it has no placeholders", index: index)
    }
    let start = scheme.utf8.count + 3
    let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.count
    var first = start
    if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) {
      guard allowsUser else {
        throw Problem(
          message: "a user or password belongs in a file of its own: name it as file:PATH",
          index: start)
      }
      first = at + 1
    }
    if let index = Self.firstWrong(in: bytes[first..<end]) {
      throw Problem(message: "expected a host, and possibly a port", index: index)
    }
    self.text = text
    self.scheme = scheme
    host = String(decoding: bytes[first..<end], as: UTF8.self)
    hasPath = end < bytes.count && bytes[end...] != [UInt8(ascii: "/")]
  }

  /// The first byte that cannot be part of `HOST` or `HOST:PORT`; `nil` if there is none.
  package static func firstWrong(in authority: ArraySlice<UInt8>) -> Int? {
    var host = authority
    var afterHost = authority[authority.endIndex...]
    if authority.first == UInt8(ascii: "["), let close = authority.firstIndex(of: UInt8(ascii: "]"))
    {
      host = authority[..<close].dropFirst()
      afterHost = authority[authority.index(after: close)...]
    } else if let colon = authority.firstIndex(of: UInt8(ascii: ":")) {
      host = authority[..<colon]
      afterHost = authority[colon...]
    }
    if host.isEmpty { return host.startIndex }
    let isAddress = host.startIndex > authority.startIndex
    if let index = host.firstIndex(where: { !isHostByte($0, isAddress) }) { return index }
    guard let colon = afterHost.first else { return nil }
    let digits = afterHost.dropFirst()
    guard colon == UInt8(ascii: ":") else { return afterHost.startIndex }
    if let index = digits.firstIndex(where: { !(48...57).contains($0) }) { return index }
    let port = Int(String(decoding: digits, as: UTF8.self)) ?? 0
    return (1...65_535).contains(port) ? nil : digits.startIndex
  }

  /// - Parameter isAddress: whether the byte is part of an address in brackets.
  private static func isHostByte(_ byte: UInt8, _ isAddress: Bool) -> Bool {
    switch byte {
    case UInt8(ascii: ":"): isAddress
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
