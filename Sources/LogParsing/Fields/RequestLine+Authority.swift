extension RequestLine {
  /// The host that a target names, perhaps with a port: the authority of an absolute URL (RFC 3986
  /// section 3.2), or the target of a CONNECT; empty if it names none.
  ///
  /// - Parameter target: may be followed by a space and the protocol.
  static func authority(of target: TextRange, method: TextRange) -> TextRange {
    let target = target.prefix(target.firstIndex(of: .space) ?? target.count)
    var letters = 0
    while letters < target.count, target[letters].isLetter { letters += 1 }
    guard letters > 0, target.from(letters).hasPrefix("://") else {
      return method.elementsEqual("CONNECT") ? target : target.prefix(0)
    }
    let rest = target.from(letters + 3)
    var end = 0
    while end < rest.count, rest[end] != .slash, rest[end] != UInt8(ascii: "?"),
      rest[end] != UInt8(ascii: "#")
    {
      end += 1
    }
    var host = rest.prefix(end)
    if let user = host.firstIndex(of: UInt8(ascii: "@")) { host = host.from(user + 1) }
    return host
  }
}
