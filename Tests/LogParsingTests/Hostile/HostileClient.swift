import ReferenceModel

/// A client as it stands in the log, and what it is called.
struct HostileClient {
  var text: String
  var name: String
  var isAddress: Bool
  /// Whether the first word is an address, perhaps with a port, brackets or a comma.
  var startsWithAddress: Bool

  /// One client, or a list of them.
  init(_ random: inout RandomSource) {
    self = random.chance(120) ? Self.list(&random) : Self.single(&random)
  }

  private init(_ text: String, name: String, isAddress: Bool) {
    self.text = text
    self.name = name
    self.isAddress = isAddress
    startsWithAddress = isAddress
  }

  private static func single(_ random: inout RandomSource) -> HostileClient {
    let v4 = "\(random.number(1...255)).0.\(random.number(0...255)).\(random.number(0...9))"
    let v6 = random.pick(["2001:db8::7f3", "::1", "fe80::1%eth0", "::ffff:10.0.0.1", "a::", "::"])
    let port = String(random.number(1...65_535))
    let host = random.pick(hosts)
    return switch random.number(0...11) {
    case 0...3: HostileClient(v4, name: v4, isAddress: true)
    case 4: HostileClient("\(v4):\(port)", name: v4, isAddress: true)
    case 5, 6: HostileClient(v6, name: v6, isAddress: true)
    case 7: HostileClient("[\(v6)]", name: v6, isAddress: true)
    case 8: HostileClient("[\(v6)]:\(port)", name: v6, isAddress: true)
    case 9: HostileClient("\(host):\(port)", name: host, isAddress: false)
    default: HostileClient(host, name: host, isAddress: false)
    }
  }

  /// Names that the domain name system may give a client. They hold no spaces.
  private static let hosts = [
    "host-9.example.net", "host-9", "localhost", "1.2.3.4.example.net", "nginx-1", "web1", "pod",
    "Nov", "stdout", "container", "x_y.example", "deadbeef", "12345", "2026-11-25", "unknown",
    "200", "9.113.0.203.in-addr.arpa", "a", "nginx-5c9d7-x2k8p", "F", "1.2.3", "xn--bcher-kva",
  ]

  /// A list of clients, the first of which may name nobody. Perhaps it stands in quotes.
  private static func list(_ random: inout RandomSource) -> HostileClient {
    let nobody = HostileClient(random.pick(["-", "unknown"]), name: "unknown", isAddress: false)
    let namesNobody = random.chance(100)
    var parts = random.chance(300) ? [nobody] : []
    for _ in 0..<random.number(2...4) { parts.append(namesNobody ? nobody : single(&random)) }
    let somebody = parts.first { $0.name != "unknown" }
    var list = parts[0]
    list.text = parts.map(\.text).joined(separator: random.pick([", ", ",  "]))
    list.name = somebody?.name ?? "-"
    list.isAddress = somebody?.isAddress ?? false
    if random.chance(200) {
      list.text = "\"" + list.text + "\""
      list.startsWithAddress = false
    }
    return list
  }

  var isQuoted: Bool { text.hasPrefix("\"") }
  var isList: Bool { text.contains(",") }
}

/// A virtual host that the administrator of the server named.
enum HostileVirtualHost {
  /// A virtual host that can be told from the client after it. A name without a port needs an address
  /// or a dot in the first word of the client.
  static func name(before client: HostileClient, _ random: inout RandomSource) -> String {
    let name = random.pick(["shop.example.org", "shop", "_", "localhost", "a-b.example", "web1"])
    let address = random.pick(["192.0.2.80", "[2001:db8::80]"])
    let port = ":" + random.pick(["80", "443", "8443", "65535"])
    if client.startsWithAddress {
      return random.pick([name, name + port, address, address + port])
    }
    let firstWord = client.text.prefix { $0 != " " }
    if firstWord.contains(".") { return random.pick([name, name + port, address + port]) }
    return random.pick([name, address]) + port
  }
}
