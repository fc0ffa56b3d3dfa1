import Foundation
import Testing

/// The details of alerts, and what the cursor of the chart reads out.
@Suite(.ownThreads, .serialized) struct AlertDetailsTests {
  private struct Event: Decodable {
    struct Change: Decodable {
      var dimension: String
      var name: String
      var before: Double
      var now: Double
    }

    var event: String
    var state: String?
    var time: Int?
    var changes: [Change]?
  }

  /// The alerts in the JSON lines about the fixture, which are independent of the screen.
  private static func alerts() throws -> [Event] {
    let ended = try Ended.running("\(Built.program) --output ndjson \(Built.fixture)")
    let events = try ended.output.split(separator: "\n").map {
      try JSONDecoder().decode(Event.self, from: Data($0.utf8))
    }
    return events.filter { $0.state == "triggered" }
  }

  private static func open(columns: Int = 120, rows: Int = 36) throws -> Terminal {
    let terminal = try Terminal(
      "\(Built.program) --no-follow --utc \(Built.fixture)", columns: columns, rows: rows)
    try terminal.wait(for: "END")
    return terminal
  }

  @Test func theDetailsAreThoseOfTheJSONLines() throws {
    let alerts = try Self.alerts()
    #expect(alerts.count == 2)
    let terminal = try Self.open()
    // The newest one is the first row.
    for (key, alert) in zip(["g", "G"], alerts.reversed()) {
      let time = Written.clock(try #require(alert.time))
      try terminal.type("4", key, "Enter")
      let screen = try terminal.wait(for: "⁴alert \(time)")
      let pane = try #require(ShownPane("⁴alert \(time)", on: screen))
      let changes = try #require(alert.changes)
      #expect(changes.count == 9)
      for change in changes {
        #expect(Self.shows(change, pane), "\(change)\n\(screen)")
      }
      try terminal.type("Escape")
      try terminal.wait(for: "⁴alerts")
    }
    try terminal.type("q", "q")
    try terminal.wait(for: "exit=0")
  }

  /// Whether a pane has the name with its rates before, during, and their difference, which is that of
  /// the rates before they were rounded.
  private static func shows(_ change: Event.Change, _ pane: ShownPane) -> Bool {
    let rates = [change.before, change.now].map { String(format: "%.2f", $0) }
    return pane.rows.contains { row in
      let words = row.split(separator: " ").map(String.init)
      return words.indices.dropLast(3).contains {
        let growth = Double(words[$0 + 3].dropFirst()) ?? -1
        return words[$0] == change.name && words[($0 + 1)...($0 + 2)].elementsEqual(rates)
          && words[$0 + 3].hasPrefix("+")
          && abs(growth - (change.now - change.before)) < 0.011
      }
    }
  }

  @Test func theDetailsSayHowGreatAndHowLongTheAlertWas() throws {
    let terminal = try Self.open(columns: 80, rows: 24)
    try terminal.type("4", "Enter")
    let alert = try #require(LogTruth.fixture.alerts.last)
    let window = LogTruth.fixture.count(in: alert.start - 119...alert.start)
    let screen = try terminal.wait(for: "⁴alert \(Written.clock(alert.start))")
    for text in [
      "mean of 2 min \(Written.rate(window, over: 120))/s over 10",
      "peak \(Written.rate(alert.mostHits, over: 120))/s",
      "lasted \(Written.duration(alert.duration))",
      "\(Written.clock(alert.start - 119)) to \(Written.clock(alert.start))",
    ] {
      #expect(screen.contains(text), "\(text)\n\(screen)")
    }
  }

  // MARK: - The cursor of the chart

  /// The first and the last second that the cursor reads out, and the text after them.
  private static func readout(_ screen: String) -> (seconds: ClosedRange<Int>, text: String)? {
    let edge = ShownPane("¹hits per second", on: screen)?.footnote ?? ""
    let pattern = /─ (\d\d:\d\d:\d\d)(?: to (\d\d:\d\d:\d\d))?  (.*)/
    guard let match = edge.firstMatch(of: pattern) else { return nil }
    let first = Written.second(match.output.1)
    return (first...(match.output.2.map { Written.second($0) } ?? first), String(match.output.3))
  }

  @Test func theCursorReadsOutTimeRateErrorsMeanAndTheNamesWithMostHits() throws {
    let log = LogTruth.fixture
    let terminal = try Self.open()
    try terminal.type("1")
    var last = LogTruth.fixtureEnd + 1
    for keys in [["Left"], ["Left"], ["Home"], ["Right"], ["End"]] {
      try terminal.type(keys)
      let screen = try terminal.wait("the cursor has moved") {
        Self.readout($0).map { $0.seconds.lowerBound != last } ?? false
      }
      let (seconds, text) = try #require(Self.readout(screen))
      last = seconds.lowerBound
      // The last column is not complete, and the log is known from two seconds before its first hit.
      let known = seconds.clamped(to: 1_773_478_798...LogTruth.fixtureEnd)
      let hits = log.hits.filter { known.contains($0.second) }
      let tenths = (hits.count * 20 + known.count) / (2 * known.count)
      // Slower rates are written by the minute.
      if tenths == 0 || tenths >= 10 {
        #expect(text.hasPrefix("\(tenths / 10).\(tenths % 10)/s  "), "\(text)")
      }
      let (server, client) = (
        hits.count(where: \.isServerError), hits.count(where: \.isClientError)
      )
      #expect(text.contains("5xx \(server) ") == (server > 0), "\(text)")
      #expect(text.contains("4xx \(client) ") == (client > 0), "\(text)")
      let mean = log.count(in: known.upperBound - 119...known.upperBound)
      #expect(text.contains("mean \(Written.rate(mean, over: 120))"), "\(text)")
      for name: (LogTruth.Hit) -> String in [\.section, \.client] {
        let tops = log.top(name, in: known)
        guard !tops.isEmpty else { continue }
        let count = log.figures(of: name, in: known)[tops[0]]?.hits ?? 0
        #expect(tops.contains { text.contains("\($0) \(count) ") }, "\(tops) \(text)")
      }
    }
    #expect(last > LogTruth.fixtureEnd - 10)
    try terminal.type("Escape")
    try terminal.wait("the cursor is gone") { Self.readout($0) == nil }
  }

  @Test func theKeysOfAlertsMoveTheCursorToTheirBeginnings() throws {
    let terminal = try Self.open()
    let starts = LogTruth.fixture.alerts.map(\.start)
    func expect(_ alert: Int) throws {
      try terminal.wait("the cursor is at \(Written.clock(alert))") {
        Self.readout($0)?.seconds.contains(alert) ?? false
      }
    }
    try terminal.type("A")
    try expect(starts[1])
    try terminal.type("A")
    try expect(starts[0])
    try terminal.type("A")
    try terminal.wait(for: "no earlier alert")
    try terminal.type("a")
    try expect(starts[1])
    try terminal.type("a")
    try terminal.wait(for: "no further alert")
  }
}
