import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// `--since` and `--until` with times of day and durations, and ranges without a record.
@Suite(.ownThreads) struct TimeRangeTests {
  private let folder: Folder

  init() throws {
    folder = try Folder()
  }

  private func counts(_ command: String, zone: String = "UTC") throws -> [Substring] {
    let ended = try Ended.running(command, environment: ["TZ": zone, "LANG": "C.UTF-8"])
    let end = ended.output.split(separator: "\n").last ?? ""
    let match = try #require(end.firstMatch(of: /"hits":(\d+).*"ignored":(\d+)/), "\(end)")
    return [match.output.1, match.output.2]
  }

  /// An hour of a log with a line every ten seconds, from 23:40 to 00:39:50 the next day.
  private func hourOverMidnight() throws -> String {
    let lines = (0..<360).map { index in
      let (minute, second) = (40 + index / 6, index % 6 * 10)
      let day = minute < 60 ? "24/Nov/2026:23" : "25/Nov/2026:00"
      let time = "\(day):\(minute % 60 / 10)\(minute % 10):\(second / 10)\(second % 10)"
      return "203.0.113.1 - - [\(time) +0000] \"GET /a HTTP/1.1\" 200 1\n"
    }
    try folder.append(lines.joined(), to: "a.log")
    return folder.path("a.log")
  }

  @Test(arguments: [
    ("--since 23:50", 300), ("--since 23:50 --until 00:10", 120), ("--since 10m", 60),
    ("--since 10m --until 5m", 30), ("--until 1h", 0), ("--since 2h", 360), ("--until 00:00", 120),
    ("--since 00:39:50", 1),
  ])
  func aRangeMayCrossMidnight(options: String, hits: Int) throws {
    let log = try hourOverMidnight()
    let found = try counts("\(Built.program) --output ndjson --utc \(options) '\(log)'")
    #expect(found == ["\(hits)", "\(360 - hits)"])
    for replay in ["--replay --speed max", "--replay --speed 100000"] {
      let played = try counts(
        "\(Built.program) --output ndjson --utc \(replay) \(options) '\(log)'")
      #expect(played == found)
    }
  }

  private static let times = "log: 2026-11-24 23:40:00 to 2026-11-25 00:39:50; asked: "
  private static let jsonTimes = "log: 2026-11-24T23:40:00Z to 2026-11-25T00:39:50Z; asked: "

  @Test(arguments: [
    ("--utc --since 2026-11-25T01:00", times + "since 2026-11-25 01:00:00"),
    ("--utc --until 2026-11-24", times + "until 2026-11-24 00:00:00"),
    (
      "--since 2026-11-25T02:00",
      "log: 2026-11-25 00:40:00 to 01:39:50; asked: since 2026-11-25 02:00:00"
    ),
    ("--utc --output ndjson --since 2026-11-26", jsonTimes + "since 2026-11-26T00:00:00Z"),
    ("--utc --replay --speed max --since 2026-11-26", times + "since 2026-11-26 00:00:00"),
    (
      "--utc --since 23:50 --until 2026-11-24T12:00",
      times + "since 2026-11-24 23:50:00, until 2026-11-24 12:00:00"
    ),
  ])
  func aRangeWithoutARecordIsReported(options: String, words: String) throws {
    let log = try hourOverMidnight()
    let ended = try Ended.running(
      "\(Built.program) \(options) '\(log)'",
      environment: ["TZ": "Europe/Berlin", "LANG": "C.UTF-8"])
    #expect(ended.status == 0)
    #expect(ended.errors.split(separator: "\n").count == 1, "\(ended.errors)")
    #expect(ended.errors.hasSuffix(words + "\n"), "\(ended.errors)")
  }

  @Test func aRangeWithoutARecordIsReportedWhileALogIsFollowed() throws {
    let log = try hourOverMidnight()
    let watcher = try Watcher("--follow --output ndjson --since 10m '\(log)'")
    try poll("the notice") { watcher.errors.contains(Self.jsonTimes + "since 20") ? true : nil }
    let line = "10.0.0.1 - - [\(LogTime.now)] \"GET /a HTTP/1.1\" 200 512\n"
    try folder.append(String(repeating: line, count: 3), to: "a.log")
    try watcher.wait(forHits: 3)
    try watcher.stop()
    #expect(watcher.errors.split(separator: "\n").count == 1, "\(watcher.errors)")
    #expect(try watcher.end["ignored"] as? Int == 360)
  }

  @Test(arguments: ["", "--no-follow", "--replay"])
  func theDashboardReportsARangeWithoutARecordAsLongAsThatIsTrue(option: String) throws {
    let log = try hourOverMidnight()
    let options =
      option.split(separator: " ").map(String.init) + ["--utc", "--since", "2026-11-26"]
    let program = try TerminalProgram(
      [Built.program] + options + [log], size: Size(rows: 24, columns: 120))
    try program.wait(for: "no record in the span; " + Self.times + "since 2026-11-26")
    guard option.isEmpty else { return }
    try folder.append(
      "10.0.0.1 - - [26/Nov/2026:00:00:00 +0000] \"GET /a HTTP/1.1\" 200 512\n", to: "a.log")
    try program.wait("the notice is gone") {
      program.screen.contains("no record in the span") ? nil : true
    }
  }

  @Test func aPipeHasNoEndToCountBackFrom() throws {
    let ended = try Ended.running(
      "echo x | \(Built.program) --output text --since 10m -")
    #expect(ended.status == 2)
    #expect(ended.errors.hasPrefix("lm2000: --since: "), "\(ended.errors)")
    #expect(ended.output.isEmpty)
  }

  /// The log has three days, from the 14th to the 16th.
  @Test(arguments: [
    ("--since 09:00", "UTC", 2), ("--since 09:00 --until 09:30", "UTC", 1),
    ("--since 09:30 --until 09:00", "UTC", 1), ("--since 10:00", "UTC", 3),
    ("--until 09:30", "UTC", 4), ("--utc --since 09:30", "Asia/Kathmandu", 1),
    ("--since 15:15", "Asia/Kathmandu", 1), ("--log-time --since 10:30", "Asia/Kathmandu", 1),
    ("--utc --since 2026-03-15", "America/New_York", 4), ("--since 2026-03-15T20:00", "UTC", 2),
  ])
  func aTimeOfDayIsItsLastOccurrenceInTheLog(options: String, zone: String, hits: Int) throws {
    for time in ["14/Mar/2026:09", "15/Mar/2026:09", "15/Mar/2026:13", "16/Mar/2026:10"] {
      try folder.append(
        "10.0.0.1 - - [\(time):15:00 +0100] \"GET / HTTP/1.1\" 200 1\n", to: "log")
    }
    try folder.append(
      "10.0.0.1 - - [16/Mar/2026:10:45:00 +0100] \"GET / HTTP/1.1\" 200 1\n", to: "log")
    let found = try counts(
      "\(Built.program) --output ndjson \(options) '\(folder.path("log"))'", zone: zone)
    #expect(found == ["\(hits)", "\(5 - hits)"])
    // A file as standard input gives the same result.
    let input = try counts(
      "\(Built.program) --output ndjson \(options) < '\(folder.path("log"))'", zone: zone)
    #expect(input == found)
  }

  @Test func onAPipeATimeOfDayIsOnTheDayOfTheFirstRecord() throws {
    for time in ["14/Mar/2026:08", "14/Mar/2026:10", "15/Mar/2026:08"] {
      try folder.append(
        "10.0.0.1 - - [\(time):00:00 +0000] \"GET / HTTP/1.1\" 200 1\n", to: "log")
    }
    let found = try counts(
      "cat '\(folder.path("log"))' | \(Built.program) --output ndjson --utc --until 09:00 -")
    #expect(found == ["1", "2"])
  }
}
