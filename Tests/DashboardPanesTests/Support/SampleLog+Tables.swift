import AccessLog
import DashboardModel
import TrafficAnalysis

// The tables of the sample log.

extension SampleLog {
  /// The names of a dimension, those with the most hits first.
  func names(of dimension: Dimension) -> [Name] {
    switch (dimension, names) {
    case (.status, _): ["200", "404", "304", "503", "301", "500", "206"].map { Name($0) }
    case (.section, .long):
      (0..<30).map { Name("/" + String(repeating: "long-name-", count: 12) + "\($0)") }
    case (.client, .long): (0..<40).map { Name("2001:db8:85a3:8d3:1319:8a2e:370:\(7000 + $0)") }
    case (.section, .hostile):
      [
        Name("/日本語/ニュース/とても長い名前のセクション"), Name("/e\u{301}te\u{301}"),
        Name("/\u{1B}[2J\u{7}"), Name([0x2F, 0xFF, 0xE2, 0x82]), Name("/\u{202E}gpj.exe"),
        Name("/👩\u{200D}👧"), Name("/a" + String(repeating: "\u{301}", count: 40)), Name(""),
      ]
    case (.client, .hostile): ["::", "日本", "10.0.0.1\r\n", "-"].map { Name($0) }
    case (.section, .scattered): [Name("/")]
    case (.client, .scattered):
      (0..<4000).map { Name("10.\($0 / 256).\($0 % 256).\($0 * 7 % 256)") }
    case (.section, .ordinary):
      [
        "/api", "/images", "/css", "/login", "/search", "/cart", "/checkout", "/health", "/admin",
        "/static", "/docs", "/feed", "/robots.txt", "/favicon.ico", "/wp-login.php", "/.env",
      ].map { Name($0) }
    case (.client, .ordinary):
      (0..<60).map { Name($0 % 5 == 4 ? "2001:db8::\($0)" : "203.0.113.\($0)") }
    default: (0..<12).map { Name("\(dimension) \($0)") }
    }
  }

  /// The figures of the tables, as a pipeline would answer the request.
  func tables(_ request: TableRequest, _ snapshot: Snapshot) -> TableFigures {
    var figures = TableFigures()
    figures.window = request.window
    let total = min(snapshot.rateNow.hits, 100_000_000)
    figures.traffic.hits = total
    figures.uniqueClients = uniqueClients(total)
    if seconds > 0 { figures.hitsBefore = total * 3 / 4 }
    (figures.traffic.status[.successful], figures.traffic.methods[.get]) = (
      total - total / 8, total - total / 5
    )
    figures.traffic.status[.clientError] = total / 8 - total / 40
    figures.traffic.status[.serverError] = total / 40
    figures.traffic.methods[.post] = total / 5
    figures.rankings = request.rankings.map { rows($0, total: total) }
    if let seconds = request.moment {
      figures.moment = moment(seconds, snapshot)
    }
    return figures
  }

  /// The number of clients of some hits: those of the table, under heavy traffic an estimate.
  func uniqueClients(_ hits: Int) -> DistinctCount {
    guard scale > 1 else { return DistinctCount(hits > 0 ? names(of: .client).count : 0) }
    var clients = DistinctCount(hits / 7)
    clients.error = clients.count * 16 / 1000
    return clients
  }

  private func rows(_ request: RankingRequest, total: Int) -> RankedRows {
    guard total > 0 else { return RankedRows() }
    let names = names(of: request.dimension)
    let isScattered = self.names == .scattered && request.dimension == .client
    var rest = total
    let all = names.enumerated().map { index, name in
      let hits = isScattered ? 1 : names.count == 1 ? total : max(1, rest * 2 / 5)
      rest = max(0, rest - hits)
      return row(name, hits, index, request)
    }
    let places = request.places(of: all.count)
    var rows = RankedRows(Array(all[places]), mostHits: all[0].hits)
    (rows.first, rows.count) = (places.lowerBound, all.count)
    return rows
  }

  private func row(
    _ name: Name, _ hits: Int, _ index: Int, _ request: RankingRequest
  ) -> RankedName {
    var row = RankedName(
      name: name, hits: hits, bytes: Int64(hits) * 4_300, clientErrors: index % 3 * hits / 9,
      serverErrors: index == 1 ? max(1, hits / 20) : 0)
    row.before = index == 0 ? hits / 3 : hits * (index % 4 + 2) / 4
    row.trend = (0..<request.trend.count).map { bucket in
      bucket * 4 < request.trend.count - 40 ? nil : max(0, hits + (bucket * 7 + index) % 9 - 4)
    }
    if request.wantsTimes {
      row.peak = hits / 3 + 1
      row.firstSeen = EpochSecond(Self.end - 9)
      row.lastSeen = EpochSecond(Self.end - Int64(index % 4))
    }
    return row
  }

  private func moment(
    _ seconds: ClosedRange<EpochSecond>, _ snapshot: Snapshot
  ) -> MomentFigures {
    var moment = MomentFigures(seconds: seconds)
    moment.totals = snapshot.history.total(from: seconds.lowerBound, through: seconds.upperBound)
    moment.knownSeconds = seconds.upperBound.seconds(since: seconds.lowerBound) + 1
    moment.mean = Rate(hits: 1206, seconds: 120)
    for dimension in [Dimension.section, .client] {
      moment.top[dimension] = RankedName(name: names(of: dimension)[0], hits: 31)
    }
    return moment
  }
}
