import AccessLog
import EventOutput
import Foundation
import Testing
import TrafficAnalysis

@testable import History

/// Files that somebody has changed: whatever stands in them, it is shown or left out.
@Suite struct HostileFileTests {
  private let folder: Folder

  init() throws { folder = try Folder() }

  private static let columns = [
    "alerts.rule", "alerts.key", "alerts.state", "alerts.time", "alerts.value", "alerts.hits",
    "alerts.duration", "alert_details.definition", "alert_details.exact", "rules.rule",
    "rules.metric", "rules.comparison", "rules.threshold", "rules.window", "rules.delay",
    "rules.clear", "rules.least_hits", "rules.subject", "rules.condition", "minutes.time",
    "minutes.hits", "minutes.bytes", "minutes.status_5xx", "minutes.unique_clients",
    "minutes.p50", "minutes.p99", "names.time", "names.name", "names.hits", "names.bytes",
  ]

  @Test(arguments: [
    "9223372036854775807", "-9223372036854775808", "1e308", "-1e308", "'x'", "x'ff00'", "''", "0",
    "zeroblob(100000)",
  ])
  func anyValueInAnyColumnIsHarmless(value: String) throws {
    let store = try HistoryStore(folder.history, context())
    store.add(alert: alert("r", key: Name("/a"), at: start))
    store.add(alert: alert("r", key: Name("/a"), at: start + 9, lasted: 9))
    store.add(minute: minute(hits: 3, names: [("/a", 3)], latency: 5))
    #expect(store.finish(within: 30) == nil)
    let connection = try Connection(folder.history, .write)
    let reader = try HistoryReader(folder.history)
    let json = JSONText(asciiOnly: true)
    for column in Self.columns {
      let parts = column.split(separator: ".")
      try connection.run("BEGIN")
      try? connection.run("UPDATE OR IGNORE \(parts[0]) SET \(parts[1]) = \(value)")
      try connection.run("COMMIT")
      try reader.forEach(in: TimeRange()) { entry in
        switch entry {
        case .alert(let transition): _ = EventJSON.bytes(of: .alert(transition))
        case .minute(let minute): minute.write(to: json)
        }
      }
      _ = try reader.activeAlerts()
      _ = try reader.newestSecond()
      _ = try reader.names(of: .section, in: TimeRange())
    }
  }

  /// The details of an alert are read back, or refused.
  @Test func changedDetailsOfAnAlertAreHarmless() {
    let changes = [
      NameChange(
        name: Name([0xFF, 0]), before: Rate(hits: 1, seconds: 600), now: Rate(hits: 9, seconds: 1))
    ]
    let details = AlertDetails(alert(changes: changes))
    #expect((try? AlertDetails(details.bytes)) == details)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      var bytes = details.bytes
      for _ in 0...Int.random(in: 0...3, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count)) }
      if let read = try? AlertDetails(bytes) {
        var transition = alert()
        (transition.value, transition.peak, transition.changes) = (
          read.value, read.peak, read.changes
        )
        _ = EventJSON.bytes(of: .alert(transition))
      }
    }
  }
}
