/// Writes generated lines of a log format, ordinary ones and odd ones.
struct LineWriter {
  let format: String
  /// How many of a thousand fields are odd.
  private let oddity: Int
  /// Whether it writes lines near the length limit, which take long to read.
  private let writesLongLines: Bool

  /// - Parameter isPlain: no field is odd.
  init(format: String, isPlain: Bool = false, _ random: inout RandomSource) {
    self.format = format
    oddity = isPlain ? 0 : random.pick([0, 20, 150])
    writesLongLines = random.chance(40)
  }

  func line(at time: Int64, _ random: inout RandomSource) -> [UInt8] {
    let client = field(["10.0.0.1", "10.0.0.2", "2001:db8::7f3"], oddClients, &random)
    let request = self.request(&random)
    let status = field(["200", "200", "304", "404", "500"], oddStatuses, &random)
    let bytes = field(["0", "1", "512", "1234", "-"], oddNumbers, &random)
    let user = field(["-", "-", "dana"], ["", "jo doe", "a[b", "a[b]c", "[x]", "é"], &random)
    if format == "csv" {
      var epoch = String(time)
      if random.chance(oddity) { epoch = random.pick([epoch + ".5", epoch + ".0", epoch + "."]) }
      let quotedRequest = "\"" + request.replacing("\"", with: "\"\"") + "\""
      return Array("\"\(client)\",\"-\",\"\(user)\",\(epoch),\(quotedRequest),".utf8)
        + Array("\(status),\(bytes)".utf8)
    }
    let host = format == "vcombined" ? random.pick(["shop.example.org:443 ", "a ", "::1 "]) : ""
    let escaped = request.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    var text = "\(host)\(client) - \(user) [\(stamp(time, &random))] \"\(escaped)\" "
    text += "\(status) \(bytes)"
    if format != "common" { text += tail(&random) }
    return Array(text.utf8)
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

  private func request(_ random: inout RandomSource) -> String {
    if random.chance(oddity) { return random.pick(oddRequests) }
    let method = field(["GET", "GET", "GET", "POST"], oddMethods, &random)
    let path = field(usualPaths, oddPaths, &random)
    return random.chance(oddity) ? "\(method) \(path)" : "\(method) \(path) HTTP/1.1"
  }

  /// A line that is not a record, or an unusual one.
  func oddLine(_ random: inout RandomSource) -> [UInt8] {
    switch random.number(0...29) {
    case 0...9: return Array(random.pick(oddLines).utf8)
    case 10...12: return [UInt8](repeating: 0, count: random.number(1...5))
    case 13...15:
      return [0, 0] + line(at: 1_700_000_000 + random.number(Int64(0)...100), &random)
    case 16...18: return header(&random)
    case 19 where writesLongLines: return longLine(&random)
    case 20...22:
      let other = LineWriter(format: random.pick(formatNames), &random)
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

  /// A time such as `14/Mar/2026:09:26:53 +0100`, in a random zone.
  private func stamp(_ time: Int64, _ random: inout RandomSource) -> String {
    if random.chance(oddity / 4) { return random.pick(oddStamps) }
    let zone = random.chance(800) ? 0 : random.pick([60, -300, 330, -210, 840, -899])
    let text = Array(isoTime(time + Int64(zone) * 60))
    let names = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let month = names[Int(String(text[5..<7]))! - 1]
    let date = String(text[8..<10]) + "/" + month + "/" + String(text[0..<4])
    let minutes = abs(zone)
    let clock: Int = minutes / 60 * 100 + minutes % 60
    let offset = String(String(10_000 + clock).dropFirst())
    let sign = zone < 0 ? "-" : "+"
    let timeOfDay = String(text[11..<19])
    return "\(date):\(timeOfDay) \(sign)\(offset)"
  }
}

private let oddClients = ["-", "host.example.org", "é", "a,b", "x\u{1B}[31m", "[::1]", ""]
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
private let oddMethods = [
  "HEAD", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "get", "PURGE", "", "é",
  "\0POST", "\0\0\0\0GET", "POST\0", "OPTIONSX",
]
private let oddRequests = [
  "", "-", "--", " ", "  ", "GET", "GET ", " /a", "GET  /a", "GET /", "GET /a", "GET a/b HTTP/1.1",
  "\u{16}\u{3}\u{1}\u{2}", "CONNECT h:443 HTTP/1.1", "CONNECT /a HTTP/1.1", "OPTIONS * HTTP/1.1",
  "CONNECT * HTTP/1.1", "CONNECT http://h/x HTTP/1.1", "CONNECT ", "GET /a\"b/x HTTP/1.1",
  "GET /a\\x22b HTTP/1.1", "GET /a\\b/c \\", "GET /a b c d",
]
private let usualPaths = [
  "/", "/api/user?x=1", "/api", "/report", "/a/b/c", "/login;jsessionid=1", "/login;jsessionid=2",
]
private let oddPaths = [
  "//", "///", "//a//b", "/a?b/c", "/a#x", "/#", "/?", "*", "*x", "?a", "http://h/a/x", "HTTPS://h",
  "http://", "http://h?q=/a/b", "http://h#f/x", "http:/a", "http//a", "h2://h/a", "://h/a",
  "http://h//a/b", "/http://h/a", "/é/x", "/\u{7F}", "/\u{85}", "/\t", "/\u{202E}", "/a\u{0}b/x",
  "/;", "/;v=1/b", "//;v=1//b", "//a;b/c", "/a;b;c", "/a;", "/a;?b", "/a#b;c", "/a?b;c", "/a/b;c/d",
  ";/a", "*;a", "http://h;x/a;b/c", "http://h;x", "http://h/;a/b", "/a%3Bb",
]
private let oddLines = [
  "", " ", "\t \t", "\r", "x", "#Fields: a b", "\"", ",,,,,,", "[", "] \"", "- - - [] \"\" 200 1",
  "\"a\",\"-\",\"-\",1700000000,\"GET /open HTTP/1.1,200,1", "a,b,c,1700000000,GET /q,200,5,extra",
  "a,b,c,-1,GET /q,200,5", "a,b,c,-0.5,GET /q,200,5", "a,b,c,1.7e9,GET /q,200,5",
  "a,b,c,99999999999999999999,GET /q,200,5", "a,b,c,253402300800,GET /q,200,5",
  "a,b,c,-62135596800.5,GET /q,200,5", ",b\"\"c,,1700000000,G\"E\"T /q,200,5",
  "a, \"b\",c,1700000000,GET /q,200,5", "a,b,c,1700000000,\"GET /q\"x,200,5",
  "a,b,c,1700000000,,,", "a,b,c,1700000000,\"\"\"\",200,",
  "date,remotehost,status", "\"Date\",remotehost,\"STATUS", "date,date,remotehost,status",
]
private let oddStamps = [
  "", "-", "1700000000", "31/Dec/2016:23:59:60 +0000", "31/Dec/2016:23:59:61 +0000",
  "32/Jan/2023:00:00:00 +0000", "29/Feb/2023:00:00:00 +0000", "29/Feb/2024:12:00:00 +0000",
  "29/Feb/1900:12:00:00 +0000", "00/Jan/2023:00:00:00 +0000", "01/Foo/2023:00:00:00 +0000",
  "01/jan/2023:00:00:00 +0000", "01/Jan/2023:24:00:00 +0000", "01/Jan/2023:00:60:00 +0000",
  "01/Jan/2023:00:00:00 +1500", "01/Jan/2023:00:00:00 +0060", "01/Jan/2023:00:00:00",
  "01/Jan/2023:00:00:00 Z", "1/Jan/2023:00:00:00 +0000", "01/Jan/2023:00:00:00.5 +0000",
  "01/Jan/0000:00:00:00 +0000", "01/Jan/0001:00:00:00 +0000", "01/Jan/0001:00:00:00 +0100",
  "31/Dec/9999:23:59:60 -1459", "01-Jan-2023:00:00:00 +0000", "01/Jan/2023 00:00:00 +0000",
]
