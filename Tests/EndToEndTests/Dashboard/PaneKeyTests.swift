import Foundation
import Testing

/// Panes, lists, pause and messages of the built program at common sizes.
@Suite(.ownThreads, .serialized) struct PaneKeyTests {
  private static func terminal(
    _ log: String = Built.fixture, _ options: String = "--no-follow", columns: Int, rows: Int
  ) throws -> Terminal {
    let terminal = try Terminal(
      "\(Built.program) \(options) --utc \(log)", columns: columns, rows: rows)
    if options == "--no-follow" { try terminal.wait(for: "END") }
    return terminal
  }

  @Test func onlyPanesOnTheScreenGetTheFocusAndADigitBringsAHiddenOne() throws {
    let terminal = try Self.terminal(columns: 80, rows: 24)
    #expect(try !terminal.screen.contains("³clients"))
    try terminal.type("3j")
    let clients = try terminal.wait(for: "³clients")
    #expect(!clients.contains("²sections"))
    try terminal.type("Tab", "Tab", "Tab", "Tab")
    #expect(try terminal.screen.contains("³clients"))
    try terminal.resize(columns: 120, rows: 36)
    try terminal.wait("all of them") { screen in
      ["¹hits", "²sections", "³clients", "⁴alerts", "⁵status"].allSatisfy(screen.contains)
    }
    try terminal.type("5")
    try terminal.resize(columns: 80, rows: 24)
    try terminal.wait(for: "⁵status")
    try terminal.type("2")
    try terminal.wait("the sections are back") {
      $0.contains("²sections") && !$0.contains("⁵status")
    }
    try terminal.type("z")
    try terminal.wait("only the sections") { !$0.contains("¹hits per second") }
    try terminal.type("Tab")
    try terminal.wait(for: "no other pane is on the screen")
    try terminal.type("1")
    try terminal.wait("only the chart") {
      $0.contains("¹hits per second") && !$0.contains("²sections")
    }
    try terminal.type("q", "q")
    try terminal.wait(for: "exit=0")
  }

  @Test func everyClientCanBeReached() throws {
    let folder = try Folder()
    let lines = (0..<7200).map {
      "10.1.\($0 / 250).\($0 % 250),-,-,\(1_773_476_813 + $0 / 100),GET /a HTTP/1.0,200,1234\n"
    }
    try folder.append(lines.joined(), to: "log")
    let terminal = try Self.terminal(folder.path("log"), columns: 80, rows: 24)
    try terminal.type("3zG")
    let last = try terminal.wait(for: "-7200 of 7200")
    #expect(last.contains("10.1.9.99 "))
    try terminal.type("g")
    try terminal.wait(for: "1-18 of 7200")
    try terminal.type("C-f", "C-f")
    try terminal.wait(for: "18-35 of 7200")
    try terminal.type("q", "G")
    try terminal.wait(for: "-7200 of 7200")
    try terminal.type("q", "q", "q")
    try terminal.wait(for: "exit=0")
  }

  @Test func aPausedDisplayStillAnswersTheKeysOfItsTables() throws {
    let folder = try Folder()
    func write(_ path: String, secondsAgo: Int) throws {
      let second = Int(Date().timeIntervalSince1970) - secondsAgo
      try folder.append("10.0.0.1,-,-,\(second),GET \(path) HTTP/1.0,200,1\n", to: "log")
    }
    for second in stride(from: 600, to: 0, by: -20) { try write("/before", secondsAgo: second) }
    let terminal = try Self.terminal(
      folder.path("log"), "--lateness 0 --idle-grace 1 --high-traffic-threshold 0.3",
      columns: 80, rows: 24)
    try terminal.wait(for: "30 hits")
    try terminal.type("p")
    try terminal.wait(for: "PAUSED")
    for _ in 0..<50 { try write("/after", secondsAgo: 0) }
    let alerting = try terminal.wait("the alert while paused") {
      $0.contains("PAUSED") && $0.contains("ALERT")
    }
    #expect(alerting.contains("no alert so far"))
    for window in ["1 min", "2 min", "5 min"] {
      try terminal.type("w")
      let screen = try terminal.wait(for: "last \(window) ")
      #expect(screen.contains("PAUSED") && screen.contains("30 hits"))
      #expect(!screen.contains("/after"))
    }
    try terminal.wait("figures of the window") { screen in
      let row = screen.split(separator: "\n").first { $0.contains("/before") } ?? ""
      let words = row.split(separator: " ")
      return (1...15).contains { words.contains("\($0)") } && !words.contains("30")
    }
    try terminal.type("p")
    let screen = try terminal.wait(for: "/after")
    #expect(screen.contains("80 hits") && screen.contains("last 5 min "))
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test(arguments: [(45, 12), (60, 20), (80, 24), (40, 10)])
  func aFrozenReplayNeverLooksLive(columns: Int, rows: Int) throws {
    let terminal = try Self.terminal(Built.fixture, "--replay", columns: columns, rows: rows)
    try terminal.wait(for: "REPLAY x1")
    try terminal.type("a")
    try terminal.wait("an alert") {
      $0.contains("PAUSED") && $0.contains("REPLAY x1") && $0.contains("ALERT")
    }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  @Test func aMessageIsBesideTheKeysForAShortTime() throws {
    let terminal = try Self.terminal(columns: 100, rows: 24)
    try terminal.type("x")
    let screen = try terminal.wait(for: "x does nothing here; ? shows the keys")
    #expect(screen.contains("? help  q quit"))
    try terminal.wait("the message disappears") {
      !$0.contains("does nothing") && $0.contains("z zoom")
    }
    for (key, name) in [("y", "y"), ("F9", "F9"), ("C-t", "Ctrl-T"), ("Delete", "Delete")] {
      try terminal.type(key)
      try terminal.wait(for: "\(name) does nothing here")
    }
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
    let replay = try Self.terminal(Built.fixture, "--replay", columns: 80, rows: 24)
    try replay.wait(for: "REPLAY")
    try replay.type("a")
    try replay.wait(for: "paused here; Space resumes")
    try replay.wait("the keys are back") { $0.contains("{ } 1 min") && $0.contains("PAUSED") }
  }

  @Test(arguments: [["?"], ["/", "a"], ["4", "Enter"], ["2", "z", "j"], ["1", "Left"]])
  func f10QuitsFromEverywhere(keys: [String]) throws {
    let terminal = try Self.terminal(columns: 100, rows: 30)
    let before = try terminal.styledScreen
    try terminal.type(keys)
    try terminal.wait("another view") { _ in (try? terminal.styledScreen) != before }
    try terminal.type("F10")
    try terminal.wait(for: "exit=0")
  }

  @Test func theHelpScrollsOnASmallScreen() throws {
    let terminal = try Self.terminal(columns: 40, rows: 10)
    try terminal.type("?")
    try terminal.wait(for: "1-8 of ")
    try terminal.type("j")
    try terminal.wait(for: "2-9 of ")
    try terminal.type("G")
    try terminal.wait(for: "Ctrl-C F10")
    try terminal.type("g")
    try terminal.wait(for: "Look around")
    try terminal.type("q")
    try terminal.wait("it is closed") { $0.contains("/api") && !$0.contains("Keys") }
  }

  @Test func aSelectedRowHasABackgroundAndKeepsItsTextAndItsSparkline() throws {
    let terminal = try Self.terminal(columns: 80, rows: 24)
    func row() throws -> String { try terminal.styledLine(beginningWith: "│ /api ") ?? "" }
    func text(_ row: String) -> String { row.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
    func sparkline(_ row: String) -> Substring? {
      row.firstMatch(of: /38;5;\d+m[▁▂▃▄▅▆▇]+/)?.output
    }
    try terminal.wait("the row") { _ in (try? sparkline(row())) != nil }
    let plain = try row()
    #expect(!plain.contains("48;5;"))
    try terminal.type("j")
    try terminal.wait("a row is selected") { _ in (try? row())?.contains("48;5;") ?? false }
    let selected = try row()
    #expect(text(selected) == text(plain))
    #expect(sparkline(selected) == sparkline(plain), "\(selected)")
    #expect(!selected.contains("\u{1B}[7m"))
  }
}
