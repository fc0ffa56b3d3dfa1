import Foundation
import Testing

/// The built program in a real terminal.
@Suite(.ownThreads, .serialized) struct DashboardTests {
  private static func line(_ path: String = "/a/b", client: String = "10.0.0.1") -> String {
    "\(client) - - [\(LogTime.now)] \"GET \(path) HTTP/1.1\" 200 5 \"-\" \"ua\"\n"
  }

  @Test func aFinishedLogIsDisplayedWithItsTwoAlerts() throws {
    let terminal = try Terminal(
      "\(Built.program) --no-follow --utc \(Built.fixture)", columns: 120)
    try terminal.wait(for: "END")
    let screen = try terminal.wait(for: "since 09:10:01")
    for text in ["two-alerts.csv", "csv", "4,950 hits", "hits per second", "sections", "/api"] {
      #expect(screen.contains(text), "\(text)")
    }
    // The greatest mean of each alert and its duration, from its trigger to its recovery.
    for row in [
      ["09:03:40  12.50/s over 10 ", "lasted 1:39"], ["09:08:06  12.92/s over 10 ", "lasted 1:55"],
    ] {
      let line = screen.split(separator: "\n").first { $0.contains(row[0]) }
      #expect(line?.contains(row[1]) == true, "\(row)")
    }
    #expect(try terminal.value("alternate_on") == "1")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
    #expect(try terminal.value("alternate_on") == "0")
    #expect(try terminal.value("cursor_flag") == "1")
  }

  @Test func anAlertTriggersWhileTheLogIsWrittenAndRecoversInSilence() throws {
    let folder = try Folder()
    try folder.append(Self.line(), to: "access.log")
    let terminal = try Terminal(
      "\(Built.program) --high-traffic-interval 3 --high-traffic-threshold 2 --lateness 0"
        + " --idle-grace 1 \(folder.path("access.log"))")
    try terminal.wait(for: "following")
    let stop = Date().addingTimeInterval(60)
    while Date() < stop, !(try terminal.screen.contains("ALERT")) {
      for _ in 0..<5 { try folder.append(Self.line(), to: "access.log") }
      usleep(200_000)
    }
    try terminal.wait(for: "ALERT 0:0")
    try terminal.wait("it has recovered") { $0.contains("lasted 0:") && $0.contains("normal") }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func keysScrollZoomPauseAndHelp() throws {
    let terminal = try Terminal("\(Built.program) --no-follow --utc \(Built.fixture)")
    try terminal.wait(for: "END")
    try terminal.type("?")
    try terminal.wait(for: "Ctrl-C")
    try terminal.type("Escape")
    try terminal.wait("help is gone") { !$0.contains("Ctrl-C") }
    try terminal.type("4", "z")
    let zoomed = try terminal.wait("only the alerts") { !$0.contains("sections") }
    #expect(zoomed.contains("09:03:40"))
    try terminal.type("j", "j", "G", "g", "k", "q", "q")
    try terminal.wait(for: "sections")
    try terminal.type("Space")
    try terminal.wait(for: "PAUSED")
    try terminal.type("p")
    try terminal.wait("the display continues") { !$0.contains("PAUSED") }
    try terminal.type("w")
    try terminal.wait(for: "last 10 s")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func resizesAreDrawn() throws {
    let terminal = try Terminal("\(Built.program) --no-follow --utc \(Built.fixture)")
    try terminal.wait(for: "END")
    for (columns, rows) in [(80, 24), (40, 10), (20, 3), (2, 2), (200, 60)] {
      try terminal.resize(columns: columns, rows: rows)
    }
    try terminal.wait(for: "clients")
    try terminal.resize(columns: 40, rows: 10)
    try terminal.wait("small") { $0.contains("/api") && $0.contains("/s") }
    try terminal.resize(columns: 80, rows: 24)
    try terminal.wait(for: "alerts")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test(arguments: [("TERM", 143), ("INT", 130), ("HUP", 129), ("QUIT", 131), ("SEGV", 139)])
  func aSignalLeavesTheTerminalClean(signal: String, status: Int) throws {
    let folder = try Folder()
    let terminal = try Terminal(
      "stty -g > \(folder.path("before")); \(Built.program) --no-follow \(Built.fixture) & "
        + "echo $! > \(folder.path("pid")); fg >/dev/null 2>&1 || wait $!; s=$?; "
        + "stty -g > \(folder.path("after")); (exit $s)")
    try terminal.wait(for: "END")
    let pid = try String(contentsOfFile: folder.path("pid"), encoding: .utf8)
    _ = try Ended.running("kill -\(signal) \(pid)")
    try terminal.wait(for: "exit=\(status)")
    #expect(try terminal.value("alternate_on") == "0")
    #expect(try terminal.value("cursor_flag") == "1")
    let before = try String(contentsOfFile: folder.path("before"), encoding: .utf8)
    #expect(try String(contentsOfFile: folder.path("after"), encoding: .utf8) == before)
  }

  @Test func keysComeFromTheTerminalWhileTheLogComesThroughAPipe() throws {
    let terminal = try Terminal(
      "cat \(Built.fixture) | \(Built.program) --output dashboard --utc -")
    try terminal.wait(for: "4,950 hits")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func keysControlAReplay() throws {
    let terminal = try Terminal("\(Built.program) --replay --speed 2 --utc \(Built.fixture)")
    try terminal.wait(for: "REPLAY x2")
    try terminal.type(">")
    try terminal.wait(for: "REPLAY x5")
    try terminal.type("Space")
    try terminal.wait(for: "PAUSED")
    try terminal.type("a")
    try terminal.wait("the first alert") { $0.contains("09:03:40 UTC") && $0.contains("ALERT") }
    try terminal.type("a")
    try terminal.wait("the second alert") { $0.contains("09:08:06 UTC") && $0.contains("ALERT") }
    try terminal.type("{")
    try terminal.wait("a minute back") { $0.contains("09:07:06 UTC") && $0.contains("normal") }
    try terminal.type("]")
    try terminal.wait(for: "09:07:16 UTC")
    try terminal.type("Space")
    for _ in 0..<16 { try terminal.type(">") }
    try terminal.wait(for: "END")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func contentOfALogReachesTheTerminalEscaped() throws {
    let folder = try Folder()
    for payload in ["\u{1B}]0;PWNED\u{7}", "\u{1B}[2J", "\u{9B}31m", "\u{202E}", "a\u{301}\u{301}"]
    {
      try folder.append(Self.line("/" + payload), to: "access.log")
    }
    // A section ends at a semicolon; a client does not.
    try folder.append(Self.line(client: "\u{1B}]0;PWNED\u{7}"), to: "access.log")
    let terminal = try Terminal(
      "\(Built.program) --no-follow --utc \(folder.path("access.log"))", rows: 40)
    try terminal.wait("the sections") {
      $0.contains("END") && $0.contains("/\\x1B]0 ") && $0.contains("/\\u{202E}")
    }
    try terminal.type("3", "z")
    try terminal.wait(for: "\\x1B]0;PWNED\\x07")
    #expect(try terminal.value("pane_title") != "PWNED")
    try terminal.type("z")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func nothingIsLostWhenTheLogIsRotated() throws {
    let folder = try Folder()
    try folder.append(Self.line(), to: "access.log")
    let terminal = try Terminal("\(Built.program) \(folder.path("access.log"))")
    try terminal.wait(for: "1 hits")
    for _ in 0..<10 { try folder.append(Self.line(), to: "access.log") }
    try FileManager.default.moveItem(
      atPath: folder.path("access.log"), toPath: folder.path("access.log.1"))
    try folder.append(Self.line(), to: "access.log.1")
    for _ in 0..<10 { try folder.append(Self.line(), to: "access.log") }
    try terminal.wait(for: "22 hits")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func aMissingLogIsWaitedFor() throws {
    let folder = try Folder()
    let terminal = try Terminal("\(Built.program) \(folder.path("access.log"))")
    try terminal.wait(for: "waiting for access.log to appear")
    try folder.append(Self.line(), to: "access.log")
    try terminal.wait(for: "1 hits")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }
}
