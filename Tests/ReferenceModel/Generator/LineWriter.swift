/// Writes generated lines of a log format, ordinary ones and odd ones.
struct LineWriter {
  let format: String
  /// How many of a thousand fields are odd.
  private let oddity: Int
  /// How many of a thousand fields are written in one of the less usual ways that servers have.
  private let variety: Int
  /// Whether it writes lines near the length limit, which take long to read.
  private let writesLongLines: Bool
  private let clients: ClientWriter
  private let stamps: StampWriter
  private let requests: RequestWriter
  private let facts: FactWriter
  /// What writes the lines of a W3C log.
  private var w3c: W3CLineWriter

  /// - Parameters:
  ///   - isPlain: no field is odd.
  ///   - isOdd: many fields are odd, but no line is long.
  ///   - zone: the offset of times without a zone, in seconds east of UTC.
  init(
    format: String, isPlain: Bool = false, isOdd: Bool = false, zone: Int64 = 0,
    _ random: inout RandomSource
  ) {
    self.format = format
    oddity = isPlain ? 0 : isOdd ? 50 : random.pick([0, 20, 150])
    variety = isPlain ? 0 : isOdd ? 200 : random.pick([0, 0, 100, 400])
    writesLongLines = random.chance(40) && !isOdd
    clients = ClientWriter(variety: variety)
    stamps = StampWriter(variety: variety, oddity: oddity / 4, zone: zone)
    requests = RequestWriter(oddity: oddity, variety: variety / 2)
    facts = FactWriter(oddity: oddity)
    w3c = W3CLineWriter(
      isCloudFront: format == "cloudfront", oddity: oddity, variety: variety, clients: clients,
      requests: requests, facts: facts, &random)
  }

  /// Whether the format has fixed places that its lines always keep: a damaged line is no line of it,
  /// but what it is rejected for is not said.
  var isStrict: Bool {
    format == "traefik" || ModelServer(rawValue: format) != nil || !formatNames.contains(format)
  }

  /// A line of a record, and sometimes before it lines that say how it is written.
  mutating func lines(at time: Int64, _ random: inout RandomSource) -> [[UInt8]] {
    let isW3C = format == "w3c" || format == "cloudfront"
    return (isW3C ? w3c.headings(&random) : []) + [line(at: time, &random)]
  }

  func line(at time: Int64, _ random: inout RandomSource) -> [UInt8] {
    switch format {
    case "csv": Array(csvLine(time, &random).utf8)
    case "vcombined", "combined", "common", "traefik": Array(commonLogLine(time, &random).utf8)
    case "w3c", "cloudfront": w3c.line(at: time, &random)
    case "json", "caddy":
      JSONLineWriter(
        isCaddy: format == "caddy", oddity: oddity, variety: variety, clients: clients,
        stamps: stamps, requests: requests, facts: facts
      ).line(at: time, &random)
    default: otherLine(at: time, &random)
    }
  }

  private func otherLine(at time: Int64, _ random: inout RandomSource) -> [UInt8] {
    guard let server = ModelServer(rawValue: format) else {
      return LayoutLineWriter(
        layout: ModelLayout(format), clients: clients, stamps: stamps,
        requests: requests, facts: facts
      ).line(at: time, &random)
    }
    return ServerLineWriter(
      server: server, clients: clients, stamps: stamps, requests: requests, facts: facts
    ).line(at: time, &random)
  }

  private func csvLine(_ time: Int64, _ random: inout RandomSource) -> String {
    let client = random.chance(oddity) ? random.pick(oddClients) : clients.client(&random)
    let user = field(["-", "-", "dana"], oddUsers, &random)
    let request = requests.request(&random)
    var epoch = String(time)
    if random.chance(oddity) { epoch = random.pick([epoch + ".5", epoch + ".0", epoch + "."]) }
    func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
    let host = random.chance(variety) && !client.contains(",") ? client : quoted(client)
    return "\(host),\"-\",\(quoted(user)),\(epoch),\(quoted(request)),"
      + "\(status(&random)),\(bytes(&random))"
  }

  private func commonLogLine(_ time: Int64, _ random: inout RandomSource) -> String {
    var text = random.chance(variety / 4) ? random.pick([" ", "   "]) : ""
    let host = virtualHost(&random)
    if host.isEmpty && random.chance(variety / 4) {
      text += "\"\(clients.list(&random))\"" + random.pick(["", " -", " - -", "- -", " - jo doe"])
    } else {
      let client = random.chance(oddity) ? random.pick(oddClients) : clients.client(&random)
      text += host + client
      text += gap(&random) + field(["-", "-", "-", "-"], ["", "x", "10.0.0.9"], &random)
      text += gap(&random) + field(["-", "-", "dana"], oddUsers, &random)
    }
    text += gap(&random) + "[\(stamps.stamp(time, &random))]" + gap(&random)
    text += requests.quotedRequest(&random)
    text += random.chance(variety / 4) ? random.pick(["", "  "]) : " "
    text += status(&random) + gap(&random) + bytes(&random)
    if format == "traefik" && !random.chance(oddity) {
      text += " \"-\" \"\(facts.agent(&random).replacing("\"", with: ""))\" 17203 \"blog@docker\" "
      text += "\"http://172.19.0.4:8080\" \(random.number(0...900))ms"
    } else if format != "common" {
      text += tail(&random)
    }
    return random.chance(variety / 8) && format != "traefik"
      ? "\"" + text + random.pick(["\"", ""]) : text
  }

  /// The virtual host before a line of its own format, and sometimes of another one.
  private func virtualHost(_ random: inout RandomSource) -> String {
    let isUsual = format == "vcombined"
    guard isUsual ? !random.chance(variety / 3) : random.chance(variety / 6) else { return "" }
    if random.chance(variety) { return random.pick(variousHosts) + gap(&random) }
    return random.pick(["shop.example.org:443 ", "a ", "::1 "])
  }

  private func gap(_ random: inout RandomSource) -> String {
    random.chance(variety / 8) ? random.pick(["  ", "   ", "\t", ""]) : " "
  }

  private func status(_ random: inout RandomSource) -> String {
    field(["200", "200", "304", "404", "500"], oddStatuses, &random)
  }

  private func bytes(_ random: inout RandomSource) -> String {
    field(["0", "1", "512", "1234", "-"], oddNumbers, &random)
  }

  /// What may follow the bytes field.
  private func tail(_ random: inout RandomSource) -> String {
    field([" \"-\" \"curl/8\"", " \"http://a/\" \"M (X; \\\"y\\\")\" 12"], oddTails, &random)
  }

  private func field(
    _ usual: [String], _ odd: [String], _ random: inout RandomSource
  ) -> String {
    random.chance(oddity) ? random.pick(odd) : random.pick(usual)
  }

  /// A line that is not a record, or an unusual one.
  func oddLine(_ random: inout RandomSource) -> [UInt8] {
    switch random.number(0...29) {
    case 0...9: return Array(random.pick(oddLines).utf8)
    case 10...12: return [UInt8](repeating: 0, count: random.number(1...5))
    case 13...15 where !isStrict:
      return [0, 0] + line(at: 1_700_000_000 + random.number(Int64(0)...100), &random)
    case 16...18: return header(&random)
    case 19 where writesLongLines: return longLine(&random)
    case 20...22 where !isStrict:
      // Of a format without fixed places.
      let other = LineWriter(format: random.pick(Array(formatNames.prefix(9))), &random)
      return other.line(at: 1_700_000_000, &random)
    default: return (0..<random.number(0...40)).map { _ in UInt8(random.number(0...255)) }
    }
  }

  /// A line of about the maximum length.
  private func longLine(_ random: inout RandomSource) -> [UInt8] {
    if random.chance(300) { return [UInt8](repeating: 32, count: lineLimit + 10) }
    var line = line(at: 1_700_000_000, &random)
    let filler = [UInt8](repeating: UInt8(ascii: "x"), count: lineLimit)
    line += filler.dropFirst(line.count - random.number(-1...2))
    return line
  }

  /// A CSV header, which may have another order, missing columns or extra ones.
  func header(_ random: inout RandomSource) -> [UInt8] {
    var names = ["remotehost", "rfc931", "authuser", "date", "request", "status", "bytes"]
    switch random.number(0...5) {
    case 0: names.swapAt(0, 1)
    case 1: names = ["date", "RemoteHost", "STATUS", "request", "x", "y", "z"]
    case 2: names.removeLast()
    case 3: names.append("more")
    default: break
    }
    let mark = random.pick(["", "\""])
    return Array(names.map { mark + $0 + mark }.joined(separator: ",").utf8)
  }
}

private let oddClients = ["-", "host.example.org", "é", "a,b", "x\u{1B}[31m", "[::1]", ""]
private let variousHosts = [
  "shop.example.org", "shop.example.org:443", "localhost:8080", "shop:80,", "shop,", "[::1]:443",
  "::1", "10.0.0.1", "10.0.0.1:80", "web-1", "\"a:1\"", "a:", "a:123456", "-",
]
private let oddUsers = [
  "", "jo doe", "a[b", "a[b]c", "[x]", "é", "10.0.0.9", "a.b", "x,", "a, b", "\"", "nginx:",
  "[25/Nov/2026:12:00:01 +0000] x", "[25/Nov/2026:12:00:01 +0000] \"", "[] \"GET / \" 200 1",
]
private let oddStatuses = [
  "-", "000", "099", "100", "199", "599", "600", "999", "20", "2000", "abc",
]
private let oddNumbers = [
  "-", "", "9223372036854775807", "9223372036854775808", "18446744073709551616", "-1", "+1", "1e3",
  "007", " 1", "１２",
]
private let oddTails = [
  "", " ", "  \"-\" \"-\"", " \"-\"", " \"-\" \"unclosed", " 0.5 \"-\" \"-\"", " \"-\"\"-\"", "x",
  " \"-\" \"-\" 17203 \"blog@docker\" 12ms",
]
private let oddLines = [
  "", " ", "\t \t", "\r", "x", "#Fields: a b", "\"", ",,,,,,", "[", "] \"", "- - - [] \"\" 200 1",
  "\"a\",\"-\",\"-\",1700000000,\"GET /open HTTP/1.1,200,1", "a,b,c,1700000000,GET /q,200,5,extra",
  "a,b,c,-1,GET /q,200,5", "a,b,c,-0.5,GET /q,200,5", "a,b,c,1.7e9,GET /q,200,5",
  "a,b,c,99999999999999999999,GET /q,200,5", "a,b,c,253402300800,GET /q,200,5",
  "a,b,c,-62135596800.5,GET /q,200,5", ",b\"\"c,,1700000000,G\"E\"T /q,200,5",
  "a, \"b\",c,1700000000,GET /q,200,5", "a,b,c,1700000000,\"GET /q\"x,200,5",
  "a,b,c,1700000000,,,", "a,b,c,1700000000,\"\"\"\",200,",
  "{}", "{\"time\":1700000000,\"client\":\"a\",\"status\":200}", "{\"status\":200", "[]", "#",
  "{\"ts\":1700000000,\"request\":\"GET /x\",\"client\":\"\",\"status\":\"-\"} ", "#Version: 1.0",
  " {\"msec\":1.5,\"method\":\"GET\",\"path\":\"/p q\",\"client\":\"a:80\",\"status\":\"302\"}",
  "#Fields: time date c-ip sc-status", "#Fields: date time sc-status", "#fields: date",
  " #Fields: x",
  "09:00:00 2023-11-14 10.0.0.8 200", "#Fields: date time c-ip sc-status cs-uri cs-method",
  "2023-11-14 22:13:20 10.0.0.5 GET /q a=1 443 - 10.0.0.6 curl/8 - 200 0 0 17", "{\"log\":5}",
  "date,remotehost,status", "\"Date\",remotehost,\"STATUS", "date,date,remotehost,status",
]
