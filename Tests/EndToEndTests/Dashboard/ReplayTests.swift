import Foundation
import Testing

/// A replay in a real terminal: every key, and screens at known moments, whose figures are counted
/// independently from the lines of the fixture.
@Suite(.serialized) struct ReplayTests {
  /// The hits of the fixture.
  private static let hits: [(second: Int, section: String)] = {
    let text = (try? String(contentsOfFile: Built.fixture, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let words = fields[4].split(separator: " ")
      let path = words[1].prefix { $0 != "?" }.split(
        separator: "/", omittingEmptySubsequences: false)
      return Int(fields[3]).map { ($0, "/" + (path.count > 1 ? path[1] : "")) }
    }
  }()

  /// 09:00:00 on the day of the fixture.
  private static let nine = 1_773_478_800

  /// What the screen must display at a moment, by an independent count.
  private struct Moment {
    var clock: String
    var rate: String
    var mean: String
    var isAlert: Bool
    /// Over the last 10 seconds.
    var sections: [(name: String, hits: Int)]

    init(_ clock: String, isAlert: Bool) {
      let parts = clock.split(separator: ":").compactMap { Int($0) }
      let now = nine + (parts[0] - 9) * 3600 + parts[1] * 60 + parts[2]
      self.clock = clock + " UTC"
      self.isAlert = isAlert
      let recent = hits.filter { $0.second > now - 10 && $0.second <= now }
      rate = "\(recent.count / 10).\(recent.count % 10)/s"
      let window = hits.count { $0.second > now - 120 && $0.second <= now }
      // Rounds half away from zero, in integers because binary fractions are inexact.
      let hundredths = (window * 100 * 2 + 120) / 240
      mean = "mean 2 min \(hundredths / 100)." + String(format: "%02d/s", hundredths % 100)
      var counts: [String: Int] = [:]
      for hit in recent { counts[hit.section, default: 0] += 1 }
      sections = counts.map { ($0.key, $0.value) }
    }

    /// The parts that are missing on a screen.
    func missing(on screen: String) -> [String] {
      var missing = [clock, rate, mean, isAlert ? "ALERT" : "normal"].filter {
        !screen.contains($0)
      }
      let rows = screen.split(separator: "\n").filter { $0.hasPrefix("│ /") }
      for section in sections {
        // Only the two sections with the most hits: not all fit.
        guard sections.count(where: { $0.hits > section.hits }) < 2 else { continue }
        let row = rows.first { $0.hasPrefix("│ \(section.name) ") } ?? ""
        if !row.split(separator: " ").contains("\(section.hits)") {
          missing.append("\(section.name) \(section.hits)")
        }
      }
      return missing
    }
  }

  private static func play(_ options: String = "--speed 2") throws -> Terminal {
    let terminal = try Terminal(
      "\(Built.program) --replay \(options) --utc \(Built.fixture)", columns: 120, rows: 50)
    try terminal.wait(for: "REPLAY")
    return terminal
  }

  private static func expect(
    _ clock: String, isAlert: Bool, on terminal: Terminal,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let moment = Moment(clock, isAlert: isAlert)
    try terminal.wait("\(moment)", location: location) { moment.missing(on: $0).isEmpty }
  }

  /// The time on the screen.
  private static func clock(_ screen: String) -> Substring? {
    screen.firstMatch(of: /\d\d:\d\d:\d\d UTC/)?.output
  }

  @Test func theScreenAtAMomentAgreesWithTheLog() throws {
    let terminal = try Self.play()
    try terminal.type("A")
    try Self.expect("09:03:40", isAlert: true, on: terminal)
    try terminal.wait(for: "PAUSED")
    for (key, clock, isAlert) in [
      ("{", "09:02:40", false), ("]", "09:02:50", false), ("}", "09:03:50", true),
      ("[", "09:03:40", true), ("[", "09:03:30", false), ("A", "09:03:40", true),
      ("A", "09:08:06", true), ("]", "09:08:16", true), (".", "09:08:50", true),
      ("}", "09:09:50", true), ("]", "09:10:00", true), ("]", "09:10:10", false),
      ("{", "09:09:10", true),
    ] {
      try terminal.type(key)
      try Self.expect(clock, isAlert: isAlert, on: terminal)
    }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func theSpeedIncreasesDecreasesAndReturnsToOne() throws {
    let terminal = try Self.play("--speed 1")
    for speed in ["x2", "x5", "x10"] {
      try terminal.type(">")
      try terminal.wait(for: "REPLAY \(speed) ")
    }
    try terminal.type("<")
    try terminal.wait(for: "REPLAY x5 ")
    try terminal.type("0")
    try terminal.wait(for: "REPLAY x1 ")
    try terminal.type("p")
    try terminal.wait(for: "PAUSED")
    try terminal.type("Space")
    try terminal.wait("the replay continues") { !$0.contains("PAUSED") }
    try terminal.type(".")
    try terminal.wait(for: "no silence to skip")
  }

  @Test func everyMomentCanBeVisitedAfterTheEnd() throws {
    let terminal = try Self.play("--speed max")
    let end = try terminal.wait("the end") { $0.contains("END") && $0.contains("100 %") }
    for text in ["09:10:59", "4,950 hits", "all, 11 min", "2 alerts", "09:10:01"] {
      #expect(end.contains(text), "\(text)\n\(end)")
    }
    // Two alerts on the bar.
    let bar = end.split(separator: "\n").first { $0.contains("100 %") } ?? ""
    #expect(bar.split(separator: "█").count == 3, "\(bar)")
    try terminal.type("A")
    try terminal.wait(for: "no further alert")
    // The oldest row is the first alert; later alerts stay on the timeline.
    try terminal.type("3", "G", "Enter")
    try Self.expect("09:03:40", isAlert: true, on: terminal)
    let back = try terminal.screen
    #expect(!back.contains("END") && back.contains("PAUSED"))
    #expect((back.split(separator: "\n").dropFirst(2).first ?? "").contains("█"), "\(back)")
    try terminal.type("Space")
    try terminal.wait(for: "END")
    try terminal.type("0", "p", "{")
    try terminal.wait("a minute back") {
      $0.contains("09:09:59 UTC") && $0.contains("PAUSED") && !$0.contains("END")
    }
    try terminal.type("p", "}")
    try terminal.wait(for: "END")
    try terminal.type("{")
    let again = try terminal.wait("a minute back, and on again") {
      !$0.contains("END") && !$0.contains("PAUSED")
    }
    #expect(try #require(Self.clock(again)) < "09:10:59 UTC")
    try terminal.wait("the replay continues") { (Self.clock($0) ?? "") >= "09:10:02 UTC" }
    // The first row is the last recovery.
    try terminal.type("3", "g", "Enter")
    try Self.expect("09:10:01", isAlert: false, on: terminal)
    try terminal.type("q", "q")
    try terminal.wait(for: "exit=0")
  }

  @Test func standardInputIsReplayedButCannotGoBack() throws {
    let terminal = try Terminal(
      "cat \(Built.fixture) | \(Built.program) --replay --speed 50 --utc -")
    try terminal.wait("it plays") { Self.clock($0) != nil }
    try terminal.type("{")
    try terminal.wait(for: "standard input cannot be rewound")
    try terminal.type("A")
    try terminal.wait(for: "standard input cannot be searched ahead")
    try terminal.type("}", ">", ">", ">", ">", ">", ">", ">", ">")
    try terminal.wait(for: "4,950 hits")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func aLongSeekDisplaysItsProgressAndAnyKeyCancelsIt() throws {
    let folder = try Folder()
    let made = try Ended.running(
      "\(Built.folder)/lm2000-traffic --rate 8 --lines 200000 --output \(folder.path("part"))"
        + " && cd \(folder.path("")) && for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do"
        + " cat part; done > log")
    try #require(made.status == 0)
    let terminal = try Terminal("\(Built.program) --replay --utc \(folder.path("log"))")
    try terminal.wait(for: "09:00:")
    try terminal.type("A")
    try terminal.wait("the progress") { $0.contains("SEEKING") && $0.contains(" %") }
    try terminal.type("x")
    let screen = try terminal.wait(for: "seek cancelled")
    #expect(screen.contains("09:00:") && !screen.contains("SEEKING"))
    try terminal.type("A")
    try terminal.wait(for: "SEEKING")
    try terminal.type("C-c")
    // The shell ends with the program, and so does the terminal.
    try terminal.wait("ended by the signal") { $0.isEmpty }
  }

  @Test func aReplayAtAnySpeedHasTheEventsOfAPlainRun() throws {
    let folder = try Folder()
    let log = folder.path("log")
    let run = "\(Built.program) --output ndjson"
    let made = try Ended.running(
      "\(Built.folder)/lm2000-traffic --rate 200 --seconds 150 --jitter 2 --late-every 500"
        + " --garbage-every 300 --output \(log)")
    try #require(made.status == 0)
    let plain = try Ended.running("\(run) \(log)")
    #expect(plain.output.contains("\"triggered\""))
    for speed in ["max", "50"] {
      let replay = try Ended.running("\(run) --replay --speed \(speed) \(log)")
      #expect(replay.output == plain.output, "speed \(speed)")
    }
  }
}
