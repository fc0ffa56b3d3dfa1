extension RequestLine {
  /// The host that a target names, perhaps with a port: the authority of an absolute URL (RFC 3986
  /// section 3.2), or the target of a CONNECT; empty if it names none.
  ///
  /// - Parameter target: may be followed by a space and the protocol.
  static func authority(of target: TextRange, method: TextRange) -> TextRange {
    let target = target.prefix(target.firstIndex(of: .space) ?? target.count)
    guard let first = authorityOfURI(target.start, count: target.count) else {
      return method.elementsEqual("CONNECT") ? target : target.prefix(0)
    }
    let rest = target.from(first)
    var host = rest.prefix(ByteSearch.endOfAuthority(in: rest.start, count: rest.count))
    if let user = host.firstIndex(of: UInt8(ascii: "@")) { host = host.from(user + 1) }
    return host
  }
}
