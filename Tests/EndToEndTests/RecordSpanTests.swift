import Testing

/// `--since` and `--until` by the time of day.
@Suite struct RecordSpanTests {
  private func counts(_ command: String, zone: String = "UTC") throws -> [Substring] {
    let ended = try Ended.running(command, environment: ["TZ": zone, "LANG": "C.UTF-8"])
    let end = ended.output.split(separator: "\n").last ?? ""
    let match = try #require(end.firstMatch(of: /"hits":(\d+).*"ignored":(\d+)/), "\(end)")
    return [match.output.1, match.output.2]
  }

  /// Three days in the log; the last record is of the 16th, the first of the 14th.
  @Test(arguments: [
    ("--since 09:00", "UTC", 2), ("--since 09:00 --until 09:30", "UTC", 1),
    ("--until 09:30", "UTC", 4), ("--utc --since 09:30", "Asia/Kathmandu", 1),
    ("--since 15:15", "Asia/Kathmandu", 1), ("--log-time --since 10:30", "Asia/Kathmandu", 1),
    ("--utc --since 2026-03-15", "America/New_York", 4), ("--since 2026-03-15T20:00", "UTC", 2),
  ])
  func aTimeOfDayIsOnTheDayOfTheLastRecord(options: String, zone: String, hits: Int) throws {
    let folder = try Folder()
    for time in ["14/Mar/2026:09", "15/Mar/2026:09", "15/Mar/2026:13", "16/Mar/2026:10"] {
      try folder.append(
        "10.0.0.1 - - [\(time):15:00 +0100] \"GET / HTTP/1.1\" 200 1\n", to: "log")
    }
    try folder.append(
      "10.0.0.1 - - [16/Mar/2026:10:45:00 +0100] \"GET / HTTP/1.1\" 200 1\n", to: "log")
    let found = try counts(
      "\(Built.program) --output ndjson \(options) '\(folder.path("log"))'", zone: zone)
    #expect(found == ["\(hits)", "\(5 - hits)"])
    // From a file it is the same however it is given.
    let input = try counts(
      "\(Built.program) --output ndjson \(options) < '\(folder.path("log"))'", zone: zone)
    #expect(input == found)
  }

  @Test func onAPipeItIsOnTheDayOfTheFirstRecord() throws {
    let folder = try Folder()
    for time in ["14/Mar/2026:08", "14/Mar/2026:10", "15/Mar/2026:08"] {
      try folder.append(
        "10.0.0.1 - - [\(time):00:00 +0000] \"GET / HTTP/1.1\" 200 1\n", to: "log")
    }
    let found = try counts(
      "cat '\(folder.path("log"))' | \(Built.program) --output ndjson --utc --until 09:00 -")
    #expect(found == ["1", "2"])
  }
}
