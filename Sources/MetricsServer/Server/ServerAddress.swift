import AccessLog

/// Where a server listens, as the command line says it.
package struct ServerAddress: Hashable, Sendable {
  /// The address of the machine that the server is bound to.
  package let address: NetworkAddress
  package let port: UInt16

  /// Parses `ADDRESS:PORT`, `[ADDRESS]:PORT`, or `:PORT` and `PORT`, which mean the loopback address
  /// of version 4, as does the name `localhost`.
  ///
  /// - Returns: `nil` if the text is anything else; names are not looked up.
  package init?(_ text: String) {
    let colon = text.lastIndex(of: ":")
    let digits = colon.map { text[text.index(after: $0)...] } ?? text[...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let port = UInt16(digits), port > 0
    else { return nil }
    self.port = port
    var host = colon.map { String(text[..<$0]) } ?? ""
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = String(host.dropFirst().dropLast()) }
    if !isBracketed, host.isEmpty || host == "localhost" { host = "127.0.0.1" }
    // Without brackets the last group of an address could be taken for the port.
    guard isBracketed == host.contains(":"), !host.contains("%"),
      let address = Array(host.utf8).withUnsafeBufferPointer({ NetworkAddress($0) })
    else { return nil }
    self.address = address
  }

  /// Whether only this machine can reach it.
  package var isLoopback: Bool {
    address.isVersion4 ? address.value >> 24 == 127 : address.value == 1
  }
}

extension ServerAddress: CustomStringConvertible {
  /// The address as it is written in a URL: `127.0.0.1:9145`, `[::1]:9145`.
  package var description: String {
    if address.isVersion4 {
      let groups = [24, 16, 8, 0].map { "\(address.value >> UInt128($0) & 0xFF)" }
      return groups.joined(separator: ".") + ":\(port)"
    }
    return "[\(Self.version6(address.value))]:\(port)"
  }

  /// The address with its first longest run of two or more zero groups shortened. (RFC 5952)
  private static func version6(_ value: UInt128) -> String {
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: value >> UInt128(112 - 16 * $0)) }
    var longest = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 { start = index + 1 }
      if index + 1 - start > max(1, longest.count) { longest = start..<(index + 1) }
    }
    func text(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard !longest.isEmpty else { return text(groups[...]) }
    return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
  }
}
