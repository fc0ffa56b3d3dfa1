import AccessLog

/// Draws who asks for what, and what the answer is.
struct Visits: Sendable {
  private let site: Site
  private var random: SplitMix64

  init(site: Site, seed: UInt64) {
    self.site = site
    random = SplitMix64(seed: seed)
  }

  /// - Parameter serial: makes the client and the section ones that nobody else has.
  mutating func hit(at time: EpochSecond, surging: Bool, serial: Int?) -> SimulatedHit {
    let who = random.next()
    let what = random.next()
    // A surge comes from few clients.
    let client = site.clients[
      surging ? Int(who % UInt64(min(12, site.clients.count))) : site.clientTable.draw(who)]
    let page = site.pages[(surging ? site.surgeTable : site.pageTable).draw(what)]
    let answer = Answer(to: page, random: what >> 16, surging: surging)
    return SimulatedHit(
      time: time, host: site.hosts[Int(who >> 32 & 0xFF) % site.hosts.count],
      client: serial.map(Self.address) ?? client.address, user: client.user,
      method: answer.method, target: serial.map(Self.target) ?? page.target,
      version: who >> 40 & 3 == 0 ? Self.http1 : Self.http2, status: answer.status,
      bytes: answer.bytes, referer: site.referers[Int(who >> 48 & 0xFF) % site.referers.count],
      agent: client.agent)
  }

  /// Whether one of `part` things is drawn out of `whole`.
  mutating func chance(of part: Int, in whole: Int) -> Bool {
    part > 0 && random.next() % UInt64(whole) < UInt64(part)
  }

  /// 0 to `longest` seconds, most often 0.
  mutating func delay(upTo longest: Int64) -> Int64 {
    let drawn = random.next()
    return drawn & 3 != 0 ? 0 : Int64((drawn >> 8) % UInt64(longest &+ 1))
  }

  mutating func garbage() -> [UInt8] {
    let number = Int(random.next() % UInt64(Self.garbageLines.count))
    return Self.garbageLines[number]
  }

  private static let garbageLines = [
    "\u{16}\u{3}\u{1}\n",
    "-- MARK --\n",
    "{\"half\": \n",
    "\u{1B}[2J\u{1B}]0;title\u{7}\n",
    "10.0.0.1 - - [32/Jan/2026:00:00:00 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"\n",
    "10.0.0.1 - - [14/Mar/2026:09:00:00 +0000] \"GET / HTTP/1.1\" 20x 1 \"-\" \"-\"\n",
    "10.0.0.1 - - [14/Mar/2026:09:00:00 +0000] \"GET / HTTP/1.1\" 200 1e3 \"-\" \"-\"\n",
  ].map { Array($0.utf8) }

  private static let http1 = Array("HTTP/1.1".utf8)
  private static let http2 = Array("HTTP/2.0".utf8)

  private static func address(_ serial: Int) -> [UInt8] {
    Array("10.\(serial >> 16 & 255).\(serial >> 8 & 255).\(serial & 255)".utf8)
  }

  private static func target(_ serial: Int) -> [UInt8] {
    Array("/u\(String(serial, radix: 36))/x".utf8)
  }
}

/// How a request is made and answered.
private struct Answer {
  var method: [UInt8]
  var status: Int
  var bytes: Int?

  init(to page: Site.Page, random: UInt64, surging: Bool) {
    let kind = page.kind.rawValue
    method = Self.methods[kind][Int(random & 15)]
    let table = surging ? Self.strained : Self.statuses
    status = Self.codes[table[kind].draw(random >> 4)]
    let spread = Int(random >> 16 & 0xFFFF)
    switch status {
    case 204, 304: bytes = nil
    case 400...: bytes = 160 + spread % 400
    default: bytes = page.size / 2 + page.size * spread / 0xFFFF
    }
    if method == Self.head { bytes = nil }
  }

  private static let head = Array("HEAD".utf8)

  /// Sixteen of each kind of page.
  private static let methods: [[[UInt8]]] = [
    words(["HEAD": 1, "GET": 15]), words(["GET": 16]),
    words(["POST": 4, "PUT": 1, "DELETE": 1, "GET": 10]), words(["POST": 11, "GET": 5]),
  ]

  private static func words(_ shares: KeyValuePairs<String, Int>) -> [[UInt8]] {
    shares.flatMap { repeatElement(Array($0.key.utf8), count: $0.value) }
  }

  private static let codes = [200, 201, 204, 206, 301, 302, 304, 400, 401, 403, 404, 500, 502, 503]

  /// Weights of the codes for each kind of page, as things usually are.
  private static let statuses = [
    [930, 0, 0, 0, 10, 20, 10, 2, 0, 3, 20, 3, 1, 1],
    [700, 0, 0, 20, 0, 0, 260, 0, 0, 0, 20, 0, 0, 0],
    [880, 30, 20, 0, 0, 0, 10, 15, 15, 5, 10, 10, 3, 2],
    [450, 0, 0, 0, 0, 430, 0, 15, 80, 15, 5, 3, 1, 1],
  ].map { WeightedTable(weights: $0, bits: 10) }

  /// The same when there is too much of it.
  private static let strained = [
    [880, 0, 0, 0, 10, 20, 10, 2, 0, 3, 20, 15, 10, 30],
    [700, 0, 0, 20, 0, 0, 250, 0, 0, 0, 20, 0, 0, 10],
    [790, 20, 10, 0, 0, 0, 10, 15, 15, 15, 10, 35, 20, 60],
    [300, 0, 0, 0, 0, 200, 0, 15, 400, 45, 5, 10, 5, 20],
  ].map { WeightedTable(weights: $0, bits: 10) }
}
