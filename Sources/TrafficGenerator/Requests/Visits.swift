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
