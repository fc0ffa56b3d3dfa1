import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// What is on the screen at every size, on a pseudo-terminal.
@Suite(.ownThreads, .serialized) struct LayoutTests {
  private static let all = ["¹hits per second", "²sections", "³clients", "⁴alerts", "⁵status"]

  /// The sizes with the panes that have a frame there.
  private static let sizes: [(columns: Int, rows: Int, panes: [String])] = [
    (20, 3, []), (40, 10, []), (80, 24, [all[0], all[1], all[3]]), (109, 60, all),
    (120, 36, all), (200, 60, all), (300, 100, all),
  ]

  private static func start(columns: Int, rows: Int, _ log: String = Built.fixture) throws
    -> TerminalProgram
  {
    let program = try TerminalProgram(
      [Built.program, "--no-follow", "--utc", log], size: Size(rows: rows, columns: columns))
    try program.wait(for: "END")
    return program
  }

  private func expectEnd(_ program: TerminalProgram) throws {
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.picture.unknown.isEmpty, "\(program.picture.unknown)")
    #expect(!program.picture.movedOutside)
  }

  @Test(arguments: sizes)
  func theStateIsVisibleAndNoPaneIsEmpty(columns: Int, rows: Int, panes: [String]) throws {
    let program = try Self.start(columns: columns, rows: rows)
    // The badge, and the state that the traffic has.
    try program.wait("the state") {
      let header = program.picture.lines[0]
      return header.contains("END") && (columns < 40 || header.contains("normal")) ? true : nil
    }
    #expect(program.picture.widths == Array(repeating: columns, count: rows))
    try program.wait("the panes \(panes)") {
      let screen = program.screen
      return panes.allSatisfy { title in
        ShownPane(title, on: screen)?.rows.contains { $0.contains { !" │┃".contains($0) } } ?? false
      } ? true : nil
    }
    for title in Self.all where !panes.contains(title) { #expect(!program.screen.contains(title)) }
    for line in program.picture.lines where "╭│╰".contains(line.first ?? " ") {
      #expect("╮│╯┃".contains(line.last ?? " ") && line.count == columns, "\(line)")
    }
    if panes.contains("³clients") { try waitForContents(program) }
    try expectEnd(program)
  }

  /// All panes of a screen say something about the fixture, once the frame is complete.
  private func waitForContents(_ program: TerminalProgram) throws {
    let top = LogTruth.fixture.top(\.client, in: 0...LogTruth.fixtureEnd)
    for (title, text) in [
      ("¹hits per second", "09:08"), ("²sections", "/api"), ("³clients", top[0]),
      ("⁴alerts", "09:03:40"), ("⁵status", "GET"),
    ] {
      try program.wait("\(title) with \(text)") {
        ShownPane(title, on: program.screen)?.rows.contains { $0.contains(text) } == true
          ? true : nil
      }
    }
  }

  @Test func fortyColumnsOfTenRowsHaveStateChartAndFourSections() throws {
    let program = try Self.start(columns: 40, rows: 10)
    let lines = program.picture.lines
    #expect(lines[0].contains("END") && lines[0].contains("normal") && lines[0].contains("5.0/s"))
    #expect(lines[1...3].contains { $0.hasPrefix("    0 ") })
    #expect(lines[4].contains("section") && lines[4].contains("▼hits"))
    let counts = LogTruth.fixture.figures(of: \.section, in: 0...LogTruth.fixtureEnd)
    let names = counts.keys.sorted { (counts[$0]?.hits ?? 0) > (counts[$1]?.hits ?? 0) }
    for (line, name) in zip(lines[5...8], names) { #expect(line.hasPrefix(" \(name) "), "\(line)") }
    #expect(lines[9].contains("? help"))
    try expectEnd(program)
  }

  @Test func aResizeLeavesNothingOfTheFormerSize() throws {
    let program = try Self.start(columns: 300, rows: 100)
    for (columns, rows, _) in Self.sizes.reversed() + Self.sizes {
      program.resize(to: Size(rows: rows, columns: columns))
      let other = try Self.start(columns: columns, rows: rows)
      try program.waitUntilItLooks(like: other)
      try expectEnd(other)
    }
    try expectEnd(program)
  }

  // MARK: - Help

  /// The words on the help, from its first line to its last one.
  private func helpWords(columns: Int, rows: Int) throws -> Set<String> {
    let program = try Self.start(columns: columns, rows: rows)
    program.terminal.type("?")
    // Frames are drawn from the top: with the last key, or the position, the help is complete.
    var pane = try program.wait("the help") {
      ShownPane("Keys", on: program.screen).flatMap { pane in
        let isWhole = pane.rows.contains { $0.contains("quit at once") }
        return isWhole || pane.footnote.contains(" of ") ? pane : nil
      }
    }
    var words = Set(pane.rows.flatMap { $0.split(separator: " ").map(String.init) })
    if let count = pane.footnote.firstMatch(of: /\d+-(\d+) of (\d+)/) {
      let (last, all) = (Int(count.output.1) ?? 0, Int(count.output.2) ?? 0)
      for line in (last + 1)...all {
        program.terminal.type("j")
        pane = try program.wait("the line \(line)") {
          ShownPane("Keys", on: program.screen).flatMap {
            $0.footnote.contains("-\(line) of \(all) ") ? $0 : nil
          }
        }
        words.formUnion(pane.rows.flatMap { $0.split(separator: " ").map(String.init) })
      }
    }
    program.terminal.type("q")
    try program.wait("the help is closed") { program.screen.contains("Keys") ? nil : true }
    try expectEnd(program)
    return words
  }

  @Test(arguments: [(40, 10), (80, 24), (120, 36)])
  func allOfTheHelpCanBeRead(columns: Int, rows: Int) throws {
    let all = try helpWords(columns: 200, rows: 60)
    #expect(all.count > 70 && all.contains("Ctrl-L") && all.contains("F10"))
    #expect(try all.subtracting(helpWords(columns: columns, rows: rows)).isEmpty)
  }

  // MARK: - Old and unreadable logs

  @Test(arguments: [(100, 30), (120, 36), (200, 60)])
  func anOldLogShowsItsDateAndItsAge(columns: Int, rows: Int) throws {
    let program = try Self.start(columns: columns, rows: rows)
    try program.wait(for: "14 Mar 2026 09:10:59 UTC")
    #expect(program.screen.firstMatch(of: /ended \d+ (days|months|years) ago/) != nil)
    try expectEnd(program)
    let followed = try TerminalProgram(
      [Built.program, "--utc", Built.fixture], size: Size(rows: rows, columns: columns))
    try followed.wait(for: "quiet for ")
    #expect(followed.screen.contains("14 Mar"))
    try expectEnd(followed)
  }

  @Test func aNarrowScreenShowsTheAgeOfAnOldLog() throws {
    let program = try Self.start(columns: 80, rows: 24)
    try program.wait("its age") {
      program.screen.firstMatch(of: /ended \d+ (days|months|years) ago/) != nil ? true : nil
    }
    try expectEnd(program)
  }

  @Test(arguments: sizes) func anUnreadableLogSaysSoInTheFirstLine(
    columns: Int, rows: Int, panes: [String]
  ) throws {
    let folder = try Folder()
    try folder.append(String(repeating: "no log line at all\n", count: 200), to: "a.log")
    let program = try Self.start(columns: columns, rows: rows, folder.path("a.log"))
    try program.wait("the first line") {
      program.picture.lines[0].contains("unreadable") ? true : nil
    }
    #expect(!program.screen.contains("normal"))
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(1))
  }
}
