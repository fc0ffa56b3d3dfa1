import Foundation
import Testing

/// Alerts that are active when a run of the built program stops.
@Suite(.ownThreads, .enabled(if: hasSQLite, "sqlite3 is not installed"))
struct ResumeAlertTests {
  private let log: ContinuedLog

  init() throws { log = try ContinuedLog() }

  private static let rules = [
    "--high-traffic-threshold 1 --high-traffic-interval 30", "--alert 'busy: rate > 1 over 30s'",
    "--alert 'names: rate > 1 over 30s by section'", "--alert 'grown: growth > 2 over 1m'",
    "--alert 'bytes: bandwidth > 1000 over 20s'", "--alert 'visitors: clients > 25 over 30s'",
    "--alert 'quiet: rate < 1 over 1m for 30s'",
  ]

  /// A line every five seconds.
  private func quiet(_ range: Range<Int>) -> [Int] {
    stride(from: 0, to: range.count, by: 5).map { range.lowerBound + $0 }
  }
  /// Three lines a second.
  private func busy(_ range: Range<Int>) -> [Int] { range.flatMap { [$0, $0, $0] } }

  private func alerts(_ watcher: Watcher) -> [NSDictionary] {
    watcher.events("alert").map { $0 as NSDictionary }
  }

  /// What one run over the whole log reports.
  private func expected(_ rule: String) throws -> [NSDictionary] {
    let output = try log.shell(
      "lm2000 --output ndjson --stats-interval 1 --lateness 1 \(rule) access.log | grep '\"alert\"'"
    )
    return try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary)
    }
  }

  /// The log goes on at once, or is silent for more than an hour.
  @Test(arguments: rules, [700, 4_700])
  func anAlertThatIsActiveAtTheStopRecoversInTheNextRun(rule: String, next: Int) throws {
    try log.append(quiet(0..<1_200) + busy(1_200..<1_250))
    let first = try log.run(hits: 390, through: 1_249, rule)
    let rest = quiet(next + 550..<next + 900)
    try log.append(rest)
    let second = try log.run(hits: rest.count, through: next + 895, rule)
    #expect(second.errors == "")
    let expected = try expected(rule)
    #expect(expected.count > 1)
    #expect(alerts(first) + alerts(second) == expected)
    let times = try log.sqlite("SELECT time, state, ifnull(duration, '-') FROM alerts ORDER BY id")
    let inHistory = expected.map { alert in
      "\(alert["time"] ?? "")|\(alert["state"] ?? "")|\(alert["duration"] ?? "-")"
    }
    #expect(times == inHistory.joined(separator: "\n"))
  }

  /// The run is killed again and again while the alert is active.
  @Test func anAlertIsReportedOnceHoweverOftenTheProgramIsKilled() throws {
    let rule = "--alert 'names: rate > 1 over 30s by section'"
    try log.append(quiet(0..<1_200))
    var reported: [NSDictionary] = []
    for number in 0..<4 {
      let end = 1_220 + number * 20
      try log.append(number < 3 ? busy(end - 20..<end) : quiet(end..<end + 200))
      let watcher = try log.follow(rule)
      try log.wait(for: number < 3 ? end - 1 : end + 195, watcher)
      // Whatever was reported is saved with the next position.
      let closed = log.start + (number < 3 ? end - 3 : end + 193)
      try poll("it is saved") {
        Int(try log.sqlite("SELECT ifnull(max(time), 0) FROM checkpoints")) ?? 0 >= closed
          ? true : nil
      }
      try watcher.kill()
      reported += alerts(watcher)
    }
    #expect(try Set(reported) == Set(expected(rule)))
    #expect(try log.sqlite("SELECT group_concat(state) FROM alerts") == "triggered,recovered")
  }

  /// Text reports the recovery, and nothing again.
  @Test func textGoesOnWithTheRecovery() throws {
    let rule = "--alert 'busy: rate > 1 over 30s'"
    try log.append(quiet(0..<1_200) + busy(1_200..<1_250))
    try log.run(hits: 390, through: 1_249, rule)
    try log.append(quiet(1_250..<1_600))
    let watcher = try log.follow("--output text \(rule)")
    try poll("it recovers") { watcher.output.contains("RECOVERED") ? true : nil }
    try watcher.stop()
    #expect(!watcher.output.contains("ALERT"), "\(watcher.output)")
    #expect(watcher.output.contains("70 lines: 70 hits"), "\(watcher.output)")
  }

  /// The dashboard lists the alerts from before, and shows the one that is active.
  @Test func theDashboardListsTheAlertsFromBefore() throws {
    let rule = "--alert 'busy: rate > 1 over 30s'"
    try log.append(busy(0..<60) + quiet(60..<1_200) + busy(1_200..<1_250))
    try log.run(hits: 558, through: 1_249, rule)
    let shown = try log.sqlite("SELECT count(*) FROM alerts")
    #expect(shown == "3")
    let terminal = try Terminal(
      "cd '\(log.folder.path(""))' && \(Built.program) --utc --history h.db \(rule) access.log",
      columns: 120, rows: 36)
    let screen = try terminal.wait("the alerts are listed") {
      $0.matches(of: /busy/).count >= 2
    }
    #expect(screen.contains("busy"), "\(screen)")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
    #expect(try log.sqlite("SELECT count(*) FROM alerts") == "3")
    #expect(try log.savedHits == 558)
  }
}
