import AccessLog
import DashboardModel
import TrafficAnalysis

/// Servers that send reports, in different conditions.
enum SampleFleet {
  /// The time by the clock that tells when reports came.
  private static let moment: Int64 = 5000

  /// The host of each server, its hits a second, how long it has been silent in seconds, and how many
  /// of its reports are missing.
  private static let servers: [(host: String, rate: Int, silence: Int64, missing: Int)] =
    (1...14).map { ("web\($0)", 20 + $0 * 7 % 30, $0 == 4 ? 192 : 1, $0 == 11 ? 12 : 0) } + [
      ("api1.eu-west-1.example.org", 812, 0, 0), ("api2.eu-west-1.example.org", 790, 4000, 0),
      ("db", 0, 2, 0), ("日本\u{1B}[2J", 3, 0, 0), ("batch", 0, 90, 0),
    ]

  static let states: [SourceState] = servers.map { server in
    let path = Name("\(server.host):/var/log/nginx/access.log")
    var state = SourceState(
      path: path, format: "combined", phase: server.host == "batch" ? .ended : .following)
    state.sender = SenderFigures(lastMessage: Double(moment - server.silence))
    state.sender?.missing = server.missing
    state.sender?.duplicates = server.missing / 4
    return state
  }

  static let figures: [SourceFigures] = servers.enumerated().map { index, server in
    var figures = SourceFigures()
    figures.isLive = server.silence < 10
    let end = SampleLog.end - server.silence
    figures.time = EpochSecond(server.host == "web7" ? end + 3600 : end - Int64(index % 3))
    guard server.rate > 0 else { return figures }
    let errors = index % 5 == 0 ? 1 : 0
    for second in min(end, SampleLog.end - 300)...end {
      let hits = server.rate + Int(second * Int64(index + 3) % 9)
      figures.recent.append(
        SecondTotals(hits: hits, serverErrors: errors), at: EpochSecond(second))
    }
    figures.current = figures.recent.total(10, through: EpochSecond(SampleLog.end))
    figures.tally.hits = server.rate * 1234
    figures.tally.lines = figures.tally.hits
    figures.tally.late = index % 4 == 0 ? index : 0
    return figures
  }

  /// Adds the servers, of which one is shown alone if it has an index.
  static func add(to status: inout RunStatus, shown: Int? = nil) {
    status.sources = states
    status.source = SourceState(joining: states, named: Name("kafka://10.0.0.9/seconds"))
    status.senderClocks.now = moment
    guard let shown else { return }
    status.source = states[shown]
    status.shownSource = RunStatus.ShownName(name: "web11", isServer: true)
    status.allTraffic = Rate(hits: 18_340, seconds: 10)
  }
}
