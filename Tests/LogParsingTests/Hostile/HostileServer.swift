/// A web server: how it writes text from outside into its log.
enum HostileServer: CaseIterable {
  /// Writes quotes, backslashes and what is not printable ASCII as `\x22`.
  case nginx
  /// Writes `\"`, `\\`, `\t`, and `\x16` for other bytes that are not printable ASCII.
  case apache
  /// Writes everything as it is.
  case unescaping

  func escaped(_ text: [UInt8]) -> [UInt8] {
    switch self {
    case .unescaping: text
    case .nginx:
      text.flatMap { byte in
        (0x20...0x7E).contains(byte) && byte != Self.quote && byte != Self.backslash
          ? [byte] : Self.code(byte, uppercase: true)
      }
    case .apache: text.flatMap(Self.escapedByApache)
    }
  }

  private static func escapedByApache(_ byte: UInt8) -> [UInt8] {
    switch byte {
    case quote, backslash: [backslash, byte]
    case 0x08: Array("\\b".utf8)
    case 0x09: Array("\\t".utf8)
    case 0x0B: Array("\\v".utf8)
    case 0x0D: Array("\\r".utf8)
    case 0x20...0x7E: [byte]
    default: code(byte, uppercase: false)
    }
  }

  private static func code(_ byte: UInt8, uppercase: Bool) -> [UInt8] {
    let digits = String(byte, radix: 16, uppercase: uppercase)
    return Array(("\\x" + (byte < 0x10 ? "0" : "") + digits).utf8)
  }

  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")
}

/// What may not stand in the log of a server that does not escape, because there nobody can tell it
/// from the real thing.
enum Forgery {
  /// Whether a quote in the request looks like its end: spaces, a status and a space follow.
  ///
  /// - Parameter countsEscaped: whether that holds for quotes after an odd number of backslashes too.
  static func endsRequest(_ request: [UInt8], countsEscaped: Bool) -> Bool {
    request.indices.contains { index in
      guard request[index] == HostileServer.quote else { return false }
      guard countsEscaped || !endsInOddBackslashes(request[..<index]) else { return false }
      let rest = request[(index + 1)...]
      let word = rest.drop { $0 == 0x20 }
      guard word.startIndex > rest.startIndex, let end = word.firstIndex(of: 0x20) else {
        return false
      }
      let status = word[..<end]
      return status.elementsEqual("-".utf8)
        || (status.count == 3 && status.allSatisfy { (0x30...0x39).contains($0) })
    }
  }

  static func endsInOddBackslashes(_ text: ArraySlice<UInt8>) -> Bool {
    text.reversed().prefix { $0 == HostileServer.backslash }.count % 2 == 1
  }

  /// Whether a user name holds a bracket that looks like the end of the time: spaces and a quote
  /// follow.
  static func endsTime(_ user: [UInt8]) -> Bool {
    user.indices.contains { index in
      guard user[index] == UInt8(ascii: "]") else { return false }
      let rest = user[(index + 1)...]
      let next = rest.drop { $0 == 0x20 }
      return next.startIndex > rest.startIndex && next.first == HostileServer.quote
    }
  }
}
