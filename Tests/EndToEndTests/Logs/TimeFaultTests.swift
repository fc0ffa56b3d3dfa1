import Foundation
import Testing

/// Faults in the times of a log, and the built program's zone and locale.
@Suite(.ownThreads) struct TimeFaultTests {
  /// Figures depend neither on the zone nor on the locale of the machine, installed or not.
  @Test(
    arguments: ["UTC", "Asia/Kathmandu", "America/New_York"],
    ["C", "fr_FR.UTF-8", "ja_JP.UTF-8"])
  func neitherZoneNorLocaleChangesAFigure(zone: String, locale: String) throws {
    for log in ["two-alerts.csv", "late-and-garbage.combined.log", "three-a-second.vcombined.log"] {
      let command = "\(Built.program) --output ndjson \(Built.root)Fixtures/\(log)"
      let plain = try Ended.running(command, environment: [:])
      let other = try Ended.running(command, environment: ["TZ": zone, "LC_ALL": locale])
      #expect(plain.output.contains("\"event\":\"end\""))
      #expect(other.output == plain.output)
    }
  }

  /// Thirty quiet days take no longer than `--max-gap`.
  @Test func aReplaySkipsThirtyQuietDays() throws {
    let folder = try Folder()
    for time in [0, 1, 30 * 86_400, 30 * 86_400 + 2] {
      try folder.append(
        "\"h\",\"-\",\"-\",\(1_700_000_000 + time),\"GET /a HTTP/1.0\",200,1\n", to: "gap.csv")
    }
    let options = "--output ndjson --max-jump 10000000 \(folder.path("gap.csv"))"
    let plain = try Ended.running("\(Built.program) \(options)")
    #expect(plain.output.contains("\"event\":\"gap\",\"from\":1700000010,\"to\":1702592000"))
    let replay = try Ended.running(
      "prlimit --cpu=10 \(Built.program) --replay --speed 1000 --max-gap 0.5 \(options)")
    #expect(replay.status == 0, "\(replay.errors)")
    #expect(replay.output == plain.output)
  }

  @Test func aMillionLinesOfOneSecondAreCounted() throws {
    let line = "\"h\",\"-\",\"-\",1700000000,\"GET /a HTTP/1.0\",200,1"
    let ended = try Ended.running(
      "yes '\(line)' | head -n 1000000 | prlimit --cpu=60 \(Built.program) --output ndjson -")
    #expect(ended.status == 0, "\(ended.errors)")
    // The start, the alert, one interval and the end.
    #expect(ended.output.split(separator: "\n").count == 4)
    #expect(ended.output.contains("\"hits\":1000000,\"rate\":100000,"))
  }

  /// Every line is older than the one before it. Lines within the lateness of the first still count in
  /// their seconds.
  @Test func aMillionLinesInDescendingOrderAreCounted() throws {
    let ended = try Ended.running(
      "seq 1701000000 -1 1700000001 | sed 's/.*/\"h\",\"-\",\"-\",&,\"GET \\/a HTTP\\/1.0\",200,1/'"
        + " | prlimit --cpu=60 \(Built.program) --output ndjson --max-jump 100 -")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("\"lines\":1000000,\"hits\":1000000,\"late\":999997,"))
  }

  private static let stepsBack: [(first: [Int], second: [Int])] = [
    // The step is among the records that are set aside until the time of the log is known.
    ((0..<50).map { 2 * $0 }, (0..<250).map { $0 / 10 }),
    (Array(0..<2000), Array(0..<500)),
  ]

  @Test(arguments: stepsBack)
  func whereALogStepsBackIsSaidInEveryOutput(first: [Int], second: [Int]) throws {
    let folder = try Folder()
    for time in first + second {
      try folder.append(
        "\"h\",\"-\",\"-\",\(1_700_000_000 + time),\"GET /a HTTP/1.0\",200,1\n", to: "a.csv")
    }
    let command = "\(Built.program) --no-totals --local --output"
    let environment = ["TZ": "America/New_York"]
    for output in ["ndjson", "lines"] {
      let ended = try Ended.running(
        "\(command) \(output) -v \(folder.path("a.csv"))", environment: environment)
      let words = "the log steps back in time, first at line \(first.count + 1) from 2023-11-14T22:"
      #expect(ended.errors.contains(words), "\(ended.errors)")
    }
    let text = try Ended.running(
      "\(command) text \(folder.path("a.csv"))", environment: environment)
    #expect(text.errors == "")
    #expect(
      text.output.contains("first at line \(first.count + 1) from 2023-11-14 17:"), "\(text.output)"
    )
  }
}
