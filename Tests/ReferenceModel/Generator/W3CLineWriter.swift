/// Writes generated lines of the W3C extended log file format, as IIS and CloudFront do.
struct W3CLineWriter {
  let isCloudFront: Bool
  /// How many of a thousand fields are odd.
  let oddity: Int
  let variety: Int
  let clients: ClientWriter
  let requests: RequestWriter
  let facts: FactWriter
  /// The columns at this line.
  private var columns: [String]
  /// Whether the columns were written.
  private var hasHeading: Bool

  init(
    isCloudFront: Bool, oddity: Int, variety: Int, clients: ClientWriter,
    requests: RequestWriter, facts: FactWriter, _ random: inout RandomSource
  ) {
    (self.isCloudFront, self.oddity, self.variety) = (isCloudFront, oddity, variety)
    (self.clients, self.requests, self.facts) = (clients, requests, facts)
    columns =
      written(isCloudFront ? cloudFrontColumns : iisColumns)
    hasHeading = random.chance(150)
  }

  /// The directives before the next line: at the start, and now and then after it.
  mutating func headings(_ random: inout RandomSource) -> [[UInt8]] {
    if hasHeading {
      if !random.chance(variety / 10) { return [] }
      changeColumns(&random)
    }
    hasHeading = true
    let fields = "#Fields:" + random.pick([" ", " ", "  "]) + columns.joined(separator: " ")
    let before = random.pick([
      [], ["#Version: 1.0"], ["#Software: IIS 10.0", "#Date: 2026-03-14 08:00:00"],
    ])
    return (before + [fields]).map { Array($0.utf8) }
  }

  private mutating func changeColumns(_ random: inout RandomSource) {
    columns = isCloudFront ? written(cloudFrontColumns) : w3cColumns
    for index in columns.indices.dropLast() where random.chance(300) {
      columns.swapAt(index, random.number(index...(columns.count - 1)))
    }
    let needed = ["date", "time", "c-ip", "sc-status", "x-edge-location"]
    columns.removeAll { random.chance(200) && !needed.contains($0) }
    if random.chance(oddity) { columns.remove(at: random.number(0...(columns.count - 1))) }
    if random.chance(oddity) { columns.append(random.pick(columns)) }
  }

  func line(at time: Int64, _ random: inout RandomSource) -> [UInt8] {
    let request = requests.request(&random)
    let separator = isCloudFront ? "\t" : " "
    var fields = columns.map { column in
      escaped(value(of: column, time, request, &random), column)
    }
    if random.chance(oddity / 4) { fields.append("x") }
    if random.chance(oddity / 4) { fields.removeLast() }
    return Array(fields.joined(separator: separator).utf8)
  }

  private func value(
    of column: String, _ time: Int64, _ request: String, _ random: inout RandomSource
  ) -> String {
    let words = request.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    let target = words.count > 1 ? words[1] : ""
    let query = target.firstIndex(of: "?")
    switch column {
    case "date":
      return random.chance(oddity) ? random.pick(oddDates) : String(isoTime(time).prefix(10))
    case "time":
      return random.chance(oddity)
        ? random.pick(oddTimes) : String(isoTime(time).dropFirst(11).prefix(8))
    case "c-ip": return clients.client(&random)
    case "cs-method": return words[0]
    case "cs-uri-stem": return String(target[..<(query ?? target.endIndex)])
    case "cs-uri-query": return query.map { String(target[target.index(after: $0)...]) } ?? "-"
    case "sc-status": return facts.status(&random)
    case "sc-bytes": return facts.bytes(&random)
    case "cs-username": return facts.user(&random)
    case "cs(User-Agent)": return facts.agent(&random)
    case "cs(Referer)": return facts.referrer(&random)
    case "cs-host", "cs(Host)", "x-host-header": return facts.host(&random)
    case "time-taken": return isCloudFront ? facts.seconds(&random) : facts.whole(10_000, &random)
    default: return random.pick(["-", "0", "443", "FRA2-C1", "Miss", "x"])
    }
  }

  /// The value as one word, which is never empty.
  private func escaped(_ value: String, _ column: String) -> String {
    if value.isEmpty { return "-" }
    let space = isCloudFront ? "%20" : "+"
    return value.replacing(" ", with: space).replacing("\t", with: space)
  }
}

private func written(_ columns: [[UInt8]]) -> [String] {
  columns.map { String(decoding: $0, as: UTF8.self) }
}

private let w3cColumns = [
  "date", "time", "s-sitename", "s-ip", "cs-method", "cs-uri-stem", "cs-uri-query", "s-port",
  "cs-username", "c-ip", "cs(User-Agent)", "cs(Referer)", "cs-host", "sc-status", "sc-substatus",
  "sc-bytes", "cs-bytes", "time-taken",
]
private let oddDates = ["2026-02-29", "2024-02-29", "2026-13-01", "-", "14/Mar/2026", "0000-01-01"]
private let oddTimes = ["24:00:00", "23:59:60", "00:00:61", "08:26:53.5", "8:26:53", "-", "08:26"]
