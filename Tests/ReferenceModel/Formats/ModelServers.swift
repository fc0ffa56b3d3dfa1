// Formats whose fields have fixed places: those of load balancers and proxies.

/// A format of this kind, in the order of how specific they are.
enum ModelServer: String, CaseIterable {
  case npm, envoy, s3, haproxy, alb, elb, squid

  func judge(_ line: [UInt8], zone: Int64) -> Judgement {
    let fields = ModelFields(line)
    let raw: RawFields? =
      switch self {
      case .npm: npm(fields, zone)
      case .envoy: envoy(fields, zone)
      case .s3: s3(fields, zone)
      case .haproxy: haproxy(fields, zone)
      case .alb: loadBalancer(fields, zone, hasType: true)
      case .elb: loadBalancer(fields, zone, hasType: false)
      case .squid: squid(fields)
      }
    return raw?.judgement ?? .rejected(.shape)
  }

  private func npm(_ start: ModelFields, _ zone: Int64) -> RawFields? {
    var fields = start
    guard let time = fields.bracketed(), let before = fields.words(3),
      let request = fields.words(4),
      request[0] == Array("-".utf8), let target = fields.quoted(),
      let client = fields.bracketed("Client "), let length = fields.bracketed("Length "),
      fields.bracketed("Gzip ") != nil, fields.bracketed("Sent-to ") != nil,
      let agent = fields.quoted(), let referrer = fields.quoted()
    else { return nil }
    return RawFields(
      client: clientName(client), time: bracketTime(time, zone: zone),
      request: ModelRequest(method: request[1], target: target), status: before[2], bytes: length,
      extras: ModelExtras(host: cleanClient(request[3]), referrer: referrer, agent: agent))
  }

  private func envoy(_ start: ModelFields, _ zone: Int64) -> RawFields? {
    var fields = start
    guard let time = fields.bracketed(), let request = fields.requestBeforeStatus(),
      let figures = fields.words(6), let client = fields.quoted(), let agent = fields.quoted(),
      fields.quoted() != nil, let host = fields.quoted(), fields.quoted() != nil
    else { return nil }
    return RawFields(
      client: clientName(client), time: bracketTime(time, zone: zone),
      request: ModelRequest(request), status: figures[0], bytes: figures[3],
      extras: ModelExtras(
        host: cleanClient(host), agent: agent, latency: latency(figures[4], in: .milliseconds)))
  }

  private func s3(_ start: ModelFields, _ zone: Int64) -> RawFields? {
    var fields = start
    guard fields.words(2) != nil, let time = fields.bracketed(), let words = fields.words(5),
      let request = fields.requestBeforeStatus(), let figures = fields.words(6),
      let referrer = fields.quoted(), let agent = fields.quoted()
    else { return nil }
    return RawFields(
      client: clientName(words[0]), time: bracketTime(time, zone: zone),
      request: ModelRequest(request), status: figures[0], bytes: figures[2],
      extras: ModelExtras(
        user: words[1], referrer: referrer, agent: agent,
        latency: latency(figures[4], in: .milliseconds)))
  }

  private func haproxy(_ start: ModelFields, _ zone: Int64) -> RawFields? {
    var fields = start
    guard let client = fields.word(), let time = fields.bracketed(), fields.words(2) != nil,
      let timers = fields.word(), let figures = fields.words(2), fields.words(5) != nil,
      let request = fields.quoted(hasEscapes: false)
    else { return nil }
    let last = timers.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
    let isNone = figures[0] == Array("-1".utf8)
    return RawFields(
      client: clientName(client), time: bracketTime(time, zone: zone),
      request: ModelRequest(withoutHashEscapes(request)),
      status: isNone ? Array("-".utf8) : figures[0], bytes: withoutPlus(figures[1]),
      extras: ModelExtras(latency: latency(withoutPlus(last), in: .milliseconds)))
  }

  /// What `option logasap` writes before a number that may still grow.
  private func withoutPlus(_ text: [UInt8]) -> [UInt8] {
    text.first == UInt8(ascii: "+") ? Array(text.dropFirst()) : text
  }

  private func withoutHashEscapes(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var cursor = ModelCursor(text)
    while let byte = cursor.byte() {
      let digits = cursor.rest.prefix(2)
      if byte == UInt8(ascii: "#"), digits.count == 2, digits.allSatisfy(isHexadecimal) {
        result.append(UInt8(String(decoding: digits, as: UTF8.self), radix: 16)!)
        _ = (cursor.byte(), cursor.byte())
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private func loadBalancer(
    _ start: ModelFields, _ zone: Int64, hasType: Bool
  ) -> RawFields? {
    var fields = start
    if hasType && fields.word() == nil { return nil }
    guard let words = fields.words(4), let times = fields.words(3), let figures = fields.words(4),
      let request = fields.quoted(), let agent = fields.quoted(), isAddress(words[2]),
      isDigit(words[0][0]), words[0].contains(UInt8(ascii: "T")),
      times.allSatisfy({ latency($0, in: .seconds) != nil || $0 == Array("-1".utf8) })
    else { return nil }
    return RawFields(
      client: clientName(words[2]), time: bracketTime(words[0], zone: zone),
      request: ModelRequest(request), status: figures[0], bytes: figures[3],
      extras: ModelExtras(
        host: hostOfRequest(request), agent: agent,
        latency: latencySum(times)))
  }

  private func squid(_ start: ModelFields) -> RawFields? {
    var fields = start
    guard let words = fields.words(10), let slash = words[3].lastIndex(of: UInt8(ascii: "/")),
      epochTime(words[0]) != nil
    else { return nil }
    let isTunnel = words[5] == Array("CONNECT".utf8)
    let host = authority(words[6])
    return RawFields(
      client: clientName(words[2]), time: epochTime(words[0]),
      request: ModelRequest(method: words[5], target: words[6]),
      status: Array(words[3][(slash + 1)...]), bytes: words[4],
      extras: ModelExtras(
        host: isTunnel && pathOfAbsoluteAddress(words[6]) == nil ? cleanClient(words[6]) : host,
        user: words[7],
        latency: latency(words[1], in: .milliseconds)))
  }

  /// The host in the absolute address that is requested.
  private func hostOfRequest(_ request: [UInt8]) -> [UInt8] {
    let words = request.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    return words.count < 2 ? [] : authority(Array(words[1]))
  }

  private func authority(_ target: [UInt8]) -> [UInt8] {
    var cursor = ModelCursor(target)
    guard !cursor.run(where: isLetter).isEmpty, cursor.take("://") else { return [] }
    return cleanClient(cursor.run { !Array("/?#".utf8).contains($0) })
  }
}
