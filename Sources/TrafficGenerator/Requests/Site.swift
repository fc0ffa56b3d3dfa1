/// A simulated web site: its resources and its clients.
package struct Site: Sendable {
  /// A resource of the site.
  struct Page: Sendable {
    /// The kind of a resource determines the methods and the status codes of its requests.
    enum Kind: Int, CaseIterable, Sendable { case page, asset, api, form }

    var target: [UInt8]
    var kind: Kind
    /// The typical size of a response in bytes.
    var size: Int
  }

  /// A client of the site.
  struct Client: Sendable {
    var address: [UInt8]
    var user: [UInt8]
    var agent: [UInt8]
  }

  let pages: [Page]
  /// The distribution of ordinary requests over `pages`.
  let pageTable: WeightedTable
  /// The distribution of a surge's requests over `pages`.
  let surgeTable: WeightedTable
  let clients: [Client]
  let clientTable: WeightedTable
  let referers = Site.referers.map { Array($0.utf8) }
  let hosts = ["shop.example.org:443", "www.example.org:443", "api.example.org:8443"]
    .map { Array($0.utf8) }

  /// Creates a site.
  ///
  /// - Parameters:
  ///   - count: the number of clients, from 1 to 60,000.
  ///   - hasLongAgents: whether all clients are browsers and crawlers, whose names are long: a
  ///     combined line then has about 200 bytes instead of 160.
  package init(clients count: Int = 400, hasLongAgents: Bool = false) {
    let listed = Self.sections.flatMap { section in
      section.pages.map { (section, $0) }
    }
    pages = listed.map { section, path in
      Page(target: Array(path.utf8), kind: section.kind, size: section.size)
    }
    pageTable = WeightedTable(weights: listed.map { $0.0.weight / $0.0.pages.count }, bits: 12)
    surgeTable = WeightedTable(weights: listed.map { $0.0.surge / $0.0.pages.count }, bits: 12)
    let agents = (hasLongAgents ? Self.agents.filter { $0.utf8.count > 60 } : Self.agents)
      .map { Array($0.utf8) }
    clients = (0..<max(1, min(count, 60_000))).map { Self.client($0, agents) }
    clientTable = .zipf(count: clients.count, bits: 16)
  }

  /// Creates a client. The addresses are from the ranges for private use and for documentation (RFC
  /// 1918, 5737, 3849).
  private static func client(_ index: Int, _ agents: [[UInt8]]) -> Client {
    let low = index / 7 % 250 + 1
    let high = index / 1750
    let address =
      switch index % 7 {
      case 0: "10.0.\(high).\(low)"
      case 1: "203.0.113.\(low)"
      case 2: "198.51.100.\(low)"
      case 3: "10.4.\(high).\(low)"
      case 4: "192.0.2.\(low)"
      case 5: "172.19.\(high).\(low)"
      default: "2001:db8::\(String(high + 1, radix: 16)):\(String(index * 31 % 65_536, radix: 16))"
      }
    let user = index % 19 == 4 ? ["dana", "lee", "noor", "sam"][index / 19 % 4] : "-"
    return Client(
      address: Array(address.utf8), user: Array(user.utf8),
      agent: agents[index * 5 / 3 % agents.count])
  }
}

// MARK: - Content

extension Site {
  private struct Section {
    var kind: Page.Kind
    /// The share of ordinary traffic. Only the ratio to other sections matters.
    var weight: Int
    /// The share of a surge.
    var surge: Int
    /// The typical size of a response in bytes.
    var size: Int
    var pages: [String]
  }

  private static let sections = [
    Section(
      kind: .api, weight: 3400, surge: 6400, size: 1_400,
      pages: [
        "/api/user", "/api/orders?page=2", "/api/stock/91", "/api/cart", "/api/search?q=lamp",
      ]
    ),
    Section(
      kind: .page, weight: 1800, surge: 900, size: 14_000,
      pages: ["/shop", "/shop/cart?item=91", "/shop/lamps/brass", "/shop/chairs?sort=price"]),
    Section(
      kind: .asset, weight: 1500, surge: 300, size: 32_000,
      pages: ["/img/logo.svg", "/img/hero.webp", "/img/lamp-91.jpg"]),
    Section(
      kind: .asset, weight: 1000, surge: 200, size: 21_000,
      pages: ["/static/app.js", "/static/site.css", "/static/fonts/text.woff2"]),
    Section(
      kind: .page, weight: 900, surge: 200, size: 9_000,
      pages: ["/blog/pi-day", "/blog/how-we-ship", "/blog/feed.xml"]),
    Section(kind: .page, weight: 600, surge: 200, size: 7_000, pages: ["/"]),
    Section(
      kind: .form, weight: 500, surge: 1500, size: 600, pages: ["/login", "/login?next=/shop"]),
    Section(kind: .form, weight: 300, surge: 200, size: 900, pages: ["/checkout/pay"]),
    Section(
      kind: .api, weight: 250, surge: 50, size: 45_000, pages: ["/report", "/report/daily?d=1"]),
    Section(kind: .page, weight: 150, surge: 50, size: 2_500, pages: ["/help/returns"]),
    Section(kind: .asset, weight: 100, surge: 0, size: 70, pages: ["/robots.txt"]),
    Section(kind: .api, weight: 80, surge: 0, size: 20, pages: ["/health"]),
    Section(kind: .form, weight: 40, surge: 0, size: 300, pages: ["/wp-login.php"]),
  ]

  private static let agents = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
      + "Chrome/138.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
      + "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://example.net/bot)",
    "okhttp/4.12.0",
    "curl/8.12.1",
    "-",
  ]

  private static let referers = [
    "-", "-", "-", "https://example.org/shop", "https://example.org/", "-",
    "https://search.example.com/?q=brass+lamp", "https://example.org/blog/pi-day",
  ]
}
