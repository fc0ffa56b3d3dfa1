import AccessLog
import Foundation
import Synchronization
import TrafficAnalysis

@testable import History

/// 2019-02-07 21:12:00 UTC, the beginning of a minute.
let start: Int64 = 1_549_573_920

/// A change of an alert.
///
/// - Parameter lasted: how long the alert was active, which makes it a recovery.
func alert(
  _ rule: String = "high-traffic", key: Name? = nil, at second: Int64 = start, lasted: Int64? = nil,
  changes: [NameChange] = []
) -> AlertTransition {
  var definition = RuleDefinition.highTraffic(threshold: Threshold(whole: 10), window: 120)
  definition.name = rule
  if key != nil { definition.subject = .dimension(.section) }
  var transition = AlertTransition(
    rule: definition, key: key,
    change: lasted.map { .recovered(since: EpochSecond(second - $0)) } ?? .triggered,
    second: EpochSecond(second), hits: 1206, value: .ratio(Rate(hits: 1206, seconds: 120)))
  transition.changes[.section] = changes
  return transition
}

/// A minute.
///
/// - Parameters:
///   - number: counts minutes from `start`.
///   - names: the sections with their hits.
func minute(
  _ number: Int64 = 0, hits: Int, names: [(String, Int)] = [], clients: Int = 1,
  partial: Bool = false, latency: Double? = nil
) -> IntervalReport {
  var traffic = Traffic()
  for _ in 0..<hits { traffic.add(bytes: 100, status: .successful, method: .get) }
  var rankings = PerDimension<[RankedName]>(repeating: [])
  rankings[.section] = names.map { RankedName(name: Name($0.0), hits: $0.1, bytes: 7) }
  let from = EpochSecond(start + 60 * number)
  return IntervalReport(
    from: from, to: from.advanced(by: 60), traffic: traffic, rankings: rankings,
    uniqueClients: DistinctCount(clients),
    latency: latency.map {
      LatencyFigures(count: hits, p50: $0, p95: $0 * 2, p99: $0 * 3, max: Int64($0 * 4))
    }, partial: partial)
}

/// The real clocks, with limits that let a test go on at once.
func context(wall: Int64 = start + 3_600, limits: HistoryLimits? = nil) -> HistoryContext {
  let begin = ContinuousClock.now
  var context = HistoryContext(
    monotonic: {
      let passed = begin.duration(to: .now).components
      return Double(passed.seconds) + Double(passed.attoseconds) / 1e18
    }, wall: { EpochSecond(wall) })
  var quick = HistoryLimits()
  quick.firstPause = 0.01
  quick.longestPause = 0.05
  quick.watch = 0.05
  context.limits = limits ?? quick
  return context
}

extension HistoryStore {
  /// Waits until everything that was added is saved.
  func drained() -> Bool { poll { self.state.waiting == 0 && self.state.failure == nil } }
}

extension Folder {
  var history: String { path("history.db") }

  /// What the program `sqlite3` answers.
  func sqlite(_ sql: String, _ file: String = "history.db") throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/sqlite3")
    process.arguments = [path(file), sql]
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
  }

  static var hasSQLite: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3") }
}
