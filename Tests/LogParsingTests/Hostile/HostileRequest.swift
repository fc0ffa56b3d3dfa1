import ReferenceModel

/// A request line as it stands in the log, and the section it belongs to.
struct HostileRequest {
  var text: [UInt8]
  var section: [UInt8]

  init(of server: HostileServer, _ random: inout RandomSource) {
    (text, section) = Self.any(server, &random)
    guard server == .unescaping else { return }
    // Without escapes nobody can tell a request that writes its own end.
    while Forgery.endsRequest(text, countsEscaped: endsInBackslash) {
      (text, section) = Self.any(server, &random)
    }
  }

  /// Whether the request ends so that the quote after it seems to be escaped.
  var endsInBackslash: Bool { Forgery.endsInOddBackslashes(text[...]) }

  private static func any(
    _ server: HostileServer, _ random: inout RandomSource
  ) -> (text: [UInt8], section: [UInt8]) {
    let version = random.pick([" HTTP/1.1", " HTTP/2.0", "", " ", " x"])
    let tail = server.escaped(HostileText.any(&random)) + version.utf8
    switch random.number(0...15) {
    case 0: return ([], Array("(no request)".utf8))
    case 1: return (Array("-".utf8), Array("(no request)".utf8))
    case 2: return withoutSpaces(server, &random)
    case 3: return (Array("CONNECT h:443".utf8) + version.utf8, Array("(connect)".utf8))
    case 4: return (Array("OPTIONS *".utf8) + version.utf8, Array("*".utf8))
    case 5:
      // Neither a path nor the address of one.
      let target = server.escaped(HostileText.any(without: [" ", "/", ":", "*"], &random))
      return (Array("GET x".utf8) + target + version.utf8, Array("(malformed)".utf8))
    default: return path(server, tail: tail, &random)
    }
  }

  /// A request of one word, such as the first bytes of a TLS connection.
  private static func withoutSpaces(
    _ server: HostileServer, _ random: inout RandomSource
  ) -> (text: [UInt8], section: [UInt8]) {
    let word = [0x16, 0x03, 0x01] + HostileText.any(without: [" "], &random)
    return (server.escaped(word), Array("(malformed)".utf8))
  }

  private static func path(
    _ server: HostileServer, tail: [UInt8], _ random: inout RandomSource
  ) -> (text: [UInt8], section: [UInt8]) {
    let method = random.chance(800) ? random.pick(["GET", "POST", "HEAD"]) : ""
    let odd = method.isEmpty ? HostileText.any(without: [" "], &random, atMost: 2) : []
    let origin = random.chance(100) ? "http://h.example:80" : ""
    let slashes = String(repeating: "/", count: random.number(1...3))
    let name = server.escaped(
      random.chance(400)
        ? Array("api".utf8)
        : HostileText.any(without: [" ", "/", "?", "#", ";"], &random, atMost: 3))
    // After an empty name, more slashes would belong to those before it.
    let ends = name.isEmpty ? ["?", "#", " "] : ["/", "?", "#", ";", " "]
    let end = random.chance(200) ? "" : random.pick(ends)
    let rest = end.isEmpty ? Array(random.pick([" HTTP/1.1", ""]).utf8) : Array(end.utf8) + tail
    let start = Array(method.utf8) + server.escaped(odd) + Array(" \(origin)\(slashes)".utf8)
    return (start + name + rest, Array("/".utf8) + bare(name))
  }

  /// A text of the log without the backslashes of `\"` and `\\`.
  private static func bare(_ text: [UInt8]) -> [UInt8] {
    var bare: [UInt8] = []
    var rest = text[...]
    while let byte = rest.popFirst() {
      bare.append(byte)
      guard byte == HostileServer.backslash, let next = rest.first,
        next == HostileServer.quote || next == HostileServer.backslash
      else { continue }
      rest.removeFirst()
      bare[bare.count - 1] = next
    }
    return bare
  }
}
