import Foundation
import Testing

/// A replay in a real terminal: every key, and screens at known moments, whose figures are counted
/// independently from the lines of the fixture.
@Suite(.ownThreads, .serialized) struct ReplayTests {
  /// What the screen must display at a moment, by an independent count.
  private struct Moment {
    var clock: String
    var rate: String
    var mean: String
    var isAlert: Bool
    /// Over the last 10 seconds.
    var sections: [String: Int]

    init(_ clock: String, isAlert: Bool) {
      let now = Written.second(clock)
      let log = LogTruth.fixture
      self.clock = clock
      self.isAlert = isAlert
      let recent = log.count(in: now - 9...now)
      rate = " \(recent / 10).\(recent % 10)/s "
      let windowMean = "\(Written.rate(log.count(in: now - 119...now), over: 120))/s"
      mean = "mean " + String(repeating: " ", count: max(0, 8 - windowMean.count)) + windowMean
      sections = log.figures(of: \.section, in: now - 9...now).mapValues(\.hits)
    }

    /// The parts that are missing on a screen.
    func missing(on screen: String) -> [String] {
      let header = screen.split(separator: "\n").first.map(String.init) ?? ""
      var missing = [rate, mean, isAlert ? " ALERT " : " normal "].filter { !header.contains($0) }
      if Shown.clock(of: screen) != clock { missing.append(clock) }
      let table = ShownTable("²sections", of: "section", on: screen)
      for (name, hits) in sections {
        // Only the two sections with the most hits: not all fit.
        guard sections.values.count(where: { $0 > hits }) < 2 else { continue }
        if table?.cell("hits", of: name) != "\(hits)" { missing.append("\(name) \(hits)") }
      }
      return missing
    }
  }

  private static func play(_ options: String = "--speed 2") throws -> Terminal {
    let terminal = try Terminal(
      "\(Built.program) --replay \(options) --utc \(Built.fixture)", columns: 99, rows: 50)
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

  @Test func theScreenAtAMomentAgreesWithTheLog() throws {
    let terminal = try Self.play()
    try terminal.type("a")
    try Self.expect("09:03:40", isAlert: true, on: terminal)
    try terminal.wait(for: "PAUSED")
    for (key, clock, isAlert) in [
      ("{", "09:02:40", false), ("]", "09:02:50", false), ("}", "09:03:50", true),
      ("[", "09:03:40", true), ("[", "09:03:30", false), ("a", "09:03:40", true),
      ("a", "09:08:06", true), ("]", "09:08:16", true), (".", "09:08:50", true),
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
    for text in ["09:10:59", "4,950 hits", "all, 11 min", "2 alerts", "lasted 1:55"] {
      #expect(end.contains(text), "\(text)\n\(end)")
    }
    // Two alerts on the bar.
    let bar = end.split(separator: "\n").first { $0.contains("100 %") } ?? ""
    #expect(bar.split(separator: "▄").count == 3, "\(bar)")
    try terminal.type("a")
    try terminal.wait(for: "no further alert")
    // The oldest row is the first alert; later alerts stay on the timeline.
    try terminal.type("4", "G", "Enter")
    try terminal.wait(for: "⁴alert 09:03:40")
    try terminal.type("Enter")
    try terminal.wait("its beginning") { Shown.clock(of: $0) == "09:03:40" }
    try terminal.type("Escape")
    try Self.expect("09:03:40", isAlert: true, on: terminal)
    let back = try terminal.screen
    #expect(!back.contains("END") && back.contains("PAUSED"))
    #expect((back.split(separator: "\n").dropFirst(2).first ?? "").contains("▄"), "\(back)")
    try terminal.type("Space")
    try terminal.wait(for: "END")
    try terminal.type("0", "p", "{")
    try terminal.wait("a minute back") {
      Shown.clock(of: $0) == "09:09:59" && $0.contains("PAUSED") && !$0.contains("END")
    }
    try terminal.type("p", "}")
    try terminal.wait(for: "END")
    try terminal.type("{")
    let again = try terminal.wait("a minute back, and on again") {
      !$0.contains("END") && !$0.contains("PAUSED")
    }
    #expect(try #require(Shown.clock(of: again)) < "09:10:59")
    try terminal.wait("the replay continues") { (Shown.clock(of: $0) ?? "") >= "09:10:02" }
    // The first row is the last alert.
    try terminal.type("4", "g", "Enter")
    try terminal.wait(for: "⁴alert 09:08:06")
    try terminal.type("Enter")
    try terminal.wait("its beginning") { Shown.clock(of: $0) == "09:08:06" }
    try terminal.type("Escape")
    try Self.expect("09:08:06", isAlert: true, on: terminal)
    try terminal.type("q", "q")
    try terminal.wait(for: "exit=0")
  }

  @Test func standardInputIsReplayedButCannotGoBack() throws {
    let terminal = try Terminal(
      "cat \(Built.fixture) | \(Built.program) --replay --speed 50 --utc -")
    try terminal.wait("it plays") { Shown.clock(of: $0) != nil }
    try terminal.type("{")
    try terminal.wait(for: "standard input cannot be rewound")
    try terminal.type("a")
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
    try terminal.type("a")
    try terminal.wait("the progress") { $0.contains("SEEKING") && $0.contains(" %") }
    try terminal.type("x")
    let screen = try terminal.wait(for: "seek cancelled")
    #expect(screen.contains("09:00:") && !screen.contains("SEEKING"))
    try terminal.type("a")
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
