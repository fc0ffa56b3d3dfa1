/// Writes the clients of generated lines: addresses and host names, alone or in a list, with what
/// servers and proxies write around them.
struct ClientWriter {
  /// How many of a thousand clients are written in an unusual way.
  let variety: Int

  /// A client of a line whose fields have spaces between them, or of a CSV field.
  func client(_ random: inout RandomSource) -> String {
    guard random.chance(variety) else { return random.pick(usualClients) }
    return random.chance(500) ? decorated(&random) : list(&random)
  }

  /// A list of clients as `X-Forwarded-For` holds it.
  func list(_ random: inout RandomSource) -> String {
    var parts = (0..<random.number(1...4)).map { _ in part(&random) }
    if random.chance(150) { parts.append("") }
    return parts.joined(separator: random.pick([", ", ", ", ",", ",  ", " , "]))
  }

  private func part(_ random: inout RandomSource) -> String {
    random.chance(400) ? random.pick(["-", "unknown", "", "\"\"", "[]"]) : decorated(&random)
  }

  /// An address or a host name, perhaps with brackets, a port and quotes.
  private func decorated(_ random: inout RandomSource) -> String {
    var text = random.pick(usualClients + variousClients)
    if text.contains(":") {
      let port = random.pick(["", ":443", ":1", ":", ":123456"])
      if random.chance(500) { text = "[\(text)]" + port }
    } else if random.chance(500) {
      text += random.pick([":40212", ":1", ":65535", ":", ":123456", ":x"])
    }
    return random.chance(150) ? "\"\(text)\"" : text
  }
}

private let usualClients = ["10.0.0.1", "10.0.0.2", "2001:db8::7f3"]
private let variousClients = [
  "host.example.org", "localhost", "::1", "::", "::ffff:10.0.0.3", "fe80::1%eth0", "fe80::1%",
  "999.1.1.1", "1.2.3", "1.2.3.4.5", "a:b", "a:b:c", "g::1", "1::10.0.0", "unknown", "-", "web-1",
]
