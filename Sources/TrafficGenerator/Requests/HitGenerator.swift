import AccessLog

/// Generates random requests and their responses.
struct HitGenerator: Sendable {
  private let site: Site
  private var random: SplitMix64

  init(site: Site, seed: UInt64) {
    self.site = site
    random = SplitMix64(seed: seed)
  }

  /// Generates a hit.
  ///
  /// - Parameters:
  ///   - isSurge: whether the hit is part of a surge.
  ///   - serial: a number from which a client and a section are made that occur nowhere else.
  ///   - isPopular: whether the section is `/popular`.
  mutating func hit(
    at time: EpochSecond, isSurge: Bool, serial: Int?, isPopular: Bool
  ) -> SimulatedHit {
    let clientBits = random.next()
    let pageBits = random.next()
    // A surge comes from few clients.
    let client = site.clients[
      isSurge
        ? Int(clientBits % UInt64(min(12, site.clients.count)))
        : site.clientTable.draw(clientBits)]
    let page = site.pages[(isSurge ? site.surgeTable : site.pageTable).draw(pageBits)]
    let response = SimulatedResponse(to: page, random: pageBits >> 16, isSurge: isSurge)
    return SimulatedHit(
      time: time, host: site.hosts[Int(clientBits >> 32 & 0xFF) % site.hosts.count],
      client: serial.map(Self.address) ?? client.address, user: client.user,
      method: response.method,
      target: isPopular ? Self.popularTarget : serial.map(Self.target) ?? page.target,
      version: clientBits >> 40 & 3 == 0 ? Self.http1 : Self.http2, status: response.status,
      bytes: response.bytes,
      referer: site.referers[Int(clientBits >> 48 & 0xFF) % site.referers.count],
      agent: client.agent)
  }

  /// Returns true with the probability `part` / `whole`.
  mutating func chance(of part: Int, in whole: Int) -> Bool {
    part > 0 && random.next() % UInt64(whole) < UInt64(part)
  }

  /// A random number of seconds from 0 to `longest`; 0 in three of four cases.
  mutating func delay(upTo longest: Int64) -> Int64 {
    let bits = random.next()
    return bits & 3 != 0 ? 0 : Int64((bits >> 8) % UInt64(longest &+ 1))
  }

  /// A line that matches no format, line end included.
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

  private static let popularTarget = Array("/popular/x".utf8)
  private static let http1 = Array("HTTP/1.1".utf8)
  private static let http2 = Array("HTTP/2.0".utf8)

  private static func address(_ serial: Int) -> [UInt8] {
    Array("10.\(serial >> 16 & 255).\(serial >> 8 & 255).\(serial & 255)".utf8)
  }

  private static func target(_ serial: Int) -> [UInt8] {
    Array("/u\(String(serial, radix: 36))/x".utf8)
  }
}
