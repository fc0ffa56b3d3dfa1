import ReferenceModel

/// A line of the common-log family as a server writes it, with what a client that wants to mislead can
/// put into it, and what is true of it.
struct HostileLine {
  /// What a reader must find in the line.
  struct Truth: Equatable {
    var client: [UInt8]
    var section: [UInt8]
    /// 1 to 5, or 0 for others.
    var statusClass: Int
    var bytes: Int64
    var time: Int64
  }

  var text: [UInt8]
  var truth: Truth
  var client: HostileClient
  /// Empty without one.
  var virtualHost: String

  init(_ random: inout RandomSource) {
    let server = random.pick(HostileServer.allCases)
    client = HostileClient(&random)
    let hasVirtualHost = !client.isQuoted && random.chance(350)
    virtualHost =
      hasVirtualHost ? HostileVirtualHost.name(before: client, &random) : ""
    let user = Self.user(server, mayBeBlank: !hasVirtualHost, &random)
    let time = HostileTime(&random)
    let request = HostileRequest(of: server, &random)
    let status = random.pick(["200", "304", "404", "502", "101", "-", "999", "000", "099", "600"])
    let bytes = random.pick(["0", "5", "-", "9223372036854775807", "00012"])

    text = Array((hasVirtualHost ? virtualHost + " " : "").utf8)
    text += Array("\(client.text) - ".utf8) + user
    text += Array(" [\(time.text)] \"".utf8) + request.text
    text += Array("\" \(status) \(bytes)".utf8)
    text += Self.tail(server, isHarmless: request.endsInBackslash, &random)
    truth = Truth(
      client: Array(client.name.utf8), section: request.section,
      statusClass: Int(status).map { (1...5).contains($0 / 100) ? $0 / 100 : 0 } ?? 0,
      bytes: Int64(bytes) ?? 0, time: time.epoch)
  }

  func contains(_ part: String) -> Bool { text.firstRange(of: Array(part.utf8)) != nil }

  /// The name of a user, which the client chooses.
  ///
  /// - Parameter mayBeBlank: whether it may hold spaces alone.
  private static func user(
    _ server: HostileServer, mayBeBlank: Bool, _ random: inout RandomSource
  ) -> [UInt8] {
    guard random.chance(600) else { return Array("-".utf8) }
    while true {
      let user = server.escaped(HostileText.any(&random))
      if !mayBeBlank && user.allSatisfy({ $0 == 0x20 }) { continue }
      if server != .unescaping || !Forgery.endsTime(user) { return user }
    }
  }

  /// The referrer and the user agent, if the log holds them.
  ///
  /// - Parameter isHarmless: whether they must not hold anything that looks like the end of a request,
  ///   because the quote at the end of the request seems to be escaped.
  private static func tail(
    _ server: HostileServer, isHarmless: Bool, _ random: inout RandomSource
  ) -> [UInt8] {
    guard random.chance(700) else { return [] }
    guard !isHarmless else { return Array(" \"-\" \"curl/8.12.1\"".utf8) }
    let referrer = server.escaped(HostileText.any(&random))
    let agent = server.escaped(HostileText.any(&random))
    let quoted = " \"".utf8 + referrer + "\" \"".utf8 + agent
    // A line may be cut, and more may follow.
    return quoted + Array(random.pick(["\"", "\"", "\"", "", "\" \"10.0.0.9\" 0.5"]).utf8)
  }
}
