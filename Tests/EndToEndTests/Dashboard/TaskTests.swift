import Foundation
import Testing

/// What people use the dashboard for, with as few keys as possible. Each answer on the screen is
/// compared with a count of the log that does not use the program.
@Suite(.ownThreads, .serialized) struct TaskTests {
  private static let log = SurgeLog.truth

  /// Waits until the whole log has been read.
  ///
  /// - Returns: the terminal and the time of the screen, up to which figures are counted.
  private static func watch(
    in folder: Folder, columns: Int = 120, rows: Int = 36
  ) throws -> (terminal: Terminal, now: Int) {
    let terminal = try SurgeLog.watch(in: folder, columns: columns, rows: rows)
    let screen = try terminal.wait("the last seconds") { screen in
      guard let clock = Shown.clock(of: screen) else { return false }
      return Written.second(clock) >= SurgeLog.end - 3
    }
    return (terminal, Written.second(try #require(Shown.clock(of: screen))))
  }

  /// Types keys, and counts them.
  ///
  /// - Returns: the screen once it meets a condition.
  private func type(
    _ keys: String..., count: Int, on terminal: Terminal, until holds: (String) -> Bool
  ) throws -> String {
    #expect(keys.count == count)
    try terminal.type(keys)
    return try terminal.wait("after \(keys)", until: holds)
  }

  // MARK: - No key

  @Test(arguments: [(40, 10), (80, 24), (120, 36), (200, 60)])
  func theHottestSectionNowIsInTheFirstRowWithoutAnyKey(columns: Int, rows: Int) throws {
    let folder = try Folder()
    let (terminal, now) = try Self.watch(in: folder, columns: columns, rows: rows)
    let figures = Self.log.figures(of: \.section, in: now - 9...now)
    #expect(Self.log.top(\.section, in: now - 9...now) == [SurgeLog.section])
    let expected = "\(figures[SurgeLog.section]?.hits ?? 0)"
    try terminal.wait("the section with the most hits") { screen in
      // A small screen has no frames.
      if rows == 10 {
        let lines = screen.split(separator: "\n")
        let head = lines.firstIndex { $0.contains("section") && $0.contains("▼hits") }
        let words = head.map { lines[$0 + 1].split(separator: " ").map(String.init) }
        return words?.first == SurgeLog.section && words?.dropFirst().first == expected
      }
      let row = ShownTable("²sections", of: "section", on: screen)?.rows.first
      return row?.name == SurgeLog.section && row?.cells["hits"] == expected
    }
  }

  @Test(arguments: [(80, 24), (100, 30), (120, 36), (200, 60)])
  func theTimeAtWhichTheLastAlertBeganIsVisibleWithoutAnyKey(columns: Int, rows: Int) throws {
    let alert = try #require(LogTruth.fixture.alerts.last)
    let terminal = try Terminal(
      "\(Built.program) --no-follow --utc \(Built.fixture)", columns: columns, rows: rows)
    try terminal.wait("the last alert") { screen in
      let row = ShownPane("⁴alerts", on: screen)?.rows.first ?? ""
      return row.contains(Written.clock(alert.start))
        && row.contains("lasted \(Written.duration(alert.duration))")
        && row.contains("\(Written.rate(alert.mostHits, over: 120))/s over 10")
    }
    #expect(try terminal.screen.contains("alert \(Written.clock(alert.start)) "))
  }

  // MARK: - One or two keys

  @Test func theClientThatCausesTheSurgeIsInThePaneOfTheClientsOneKeyAway() throws {
    let folder = try Folder()
    let (terminal, now) = try Self.watch(in: folder, columns: 80, rows: 24)
    let hits = Self.log.figures(of: \.client, in: now - 9...now)[SurgeLog.culprit]?.hits ?? 0
    _ = try type("3", count: 1, on: terminal) { screen in
      let row = ShownTable("³clients", of: "client", on: screen)?.rows.first
      return row?.name == SurgeLog.culprit && row?.cells["hits"] == "\(hits)"
    }
  }

  @Test(arguments: [(40, 10), (80, 24), (120, 36)])
  func whatChangedWhenTheAlertBeganIsTwoKeysAway(columns: Int, rows: Int) throws {
    let folder = try Folder()
    let (terminal, _) = try Self.watch(in: folder, columns: columns, rows: rows)
    let (before, during) = try Self.rates(of: SurgeLog.culprit)
    _ = try type("4", "Enter", count: 2, on: terminal) { screen in
      // A small screen has no frames.
      let rows =
        rows == 10
        ? screen.split(separator: "\n").map(String.init)
        : ShownPane("⁴alert ", on: screen)?.rows ?? []
      return [SurgeLog.section, SurgeLog.culprit].allSatisfy { name in
        rows.contains { row in
          let words = row.split(separator: " ").map(String.init)
          let figures = [before, during, "+" + during]
          return words.indices.contains {
            words[$0] == name && words[($0 + 1)...].prefix(3).elementsEqual(figures)
          }
        }
      }
    }
  }

  /// The rates before and in the window in which the alert was triggered. Before there was no hit.
  private static func rates(of client: String) throws -> (before: String, during: String) {
    let start = try #require(
      (SurgeLog.surge...SurgeLog.end).first { log.count(in: $0 - 119...$0) > 1_200 })
    let figures = log.figures(of: \.client, in: start - 119...start)
    let before = log.figures(of: \.client, in: start - 719...start - 120)[client]?.hits ?? 0
    return (Written.rate(before, over: 600), Written.rate(figures[client]?.hits ?? 0, over: 120))
  }

  @Test func theSectionWithMostServerErrorsIsOnTopAfterThreeKeysToSort() throws {
    let folder = try Folder()
    let (terminal, now) = try Self.watch(in: folder, columns: 80, rows: 24)
    // Besides, the window of ten seconds must be one with enough of them.
    try terminal.type("w", "w", "w")
    try terminal.wait(for: "last 5 min ─╮")
    let figures = Self.log.figures(of: \.section, in: now - 299...now)
    let most = figures.max { $0.value.serverErrors < $1.value.serverErrors }
    #expect(most?.key == SurgeLog.failing)
    // From hits over share and 4xx to 5xx.
    _ = try type("s", "s", "s", count: 3, on: terminal) { screen in
      let table = ShownTable("²sections", of: "section", on: screen)
      let row = table?.rows.first
      return table?.sorted == "▼5xx" && row?.name == SurgeLog.failing
        && row?.cells["5xx"] == "\(most?.value.serverErrors ?? 0)"
    }
  }

  @Test func anHourAgoIsComparedWithNowByOneKey() throws {
    let folder = try Folder()
    let (terminal, now) = try Self.watch(in: folder)
    let before = now - 3_600
    let screen = try type("=", count: 1, on: terminal) { screen in
      let table = ShownTable("²sections", of: "section", on: screen)
      return table?.columns.contains("vs 1 h") == true
        && table?.cell("vs 1 h", of: SurgeLog.section)?.isEmpty == false
    }
    let current = Self.log.figures(of: \.section, in: now - 9...now)
    let old = Self.log.figures(of: \.section, in: before - 9...before)
    #expect(old[SurgeLog.section] == nil)
    let table = try #require(ShownTable("²sections", of: "section", on: screen))
    let change = Double(current[SurgeLog.section]?.hits ?? 0) / 10
    #expect(table.cell("vs 1 h", of: SurgeLog.section) == "+\(change)/s")
    // As many hits as an hour before.
    #expect(current["/shop"]?.hits == old["/shop"]?.hits)
    #expect(table.cell("vs 1 h", of: "/shop") == "·")
  }

  @Test func oneClientAmongThousandsIsFoundByItsAddress() throws {
    let folder = try Folder()
    let terminal = try SurgeLog.watch(in: folder, "--no-follow", columns: 80, rows: 24)
    try terminal.wait(for: "END")
    let address = "10.7.6.123"
    let clients = Set(Self.log.hits.map(\.client))
    #expect(clients.count > 2_000)
    #expect(clients.filter { $0.contains(address) } == [address])
    let hits = Self.log.hits.count { $0.client == address }
    // Four keys, and the address.
    try terminal.type("3", "/")
    try terminal.typeTogether(address)
    try terminal.type("Enter")
    try terminal.wait("the client") { screen in
      ShownTable("³clients", of: "client", on: screen)?.cell("hits", of: address) == "\(hits)"
    }
  }

  @Test func tenMinutesAgoIsReadFromTheCursorOfTheChart() throws {
    let folder = try Folder()
    let (terminal, now) = try Self.watch(in: folder, columns: 120, rows: 36)
    // The chart, its span of 15 minutes, and the cursor.
    try terminal.type("1", "c")
    let spanned = try terminal.wait(for: "last 15 min")
    let note = try #require(spanned.firstMatch(of: /(\d+) s a column/))
    let width = try #require(Int(note.output.1))
    try terminal.type("Left", times: 600 / width)
    let screen = try terminal.wait("a time at least nine minutes ago") { screen in
      guard let span = Self.cursor(on: screen) else { return false }
      return span.lowerBound <= now - 9 * 60
    }
    let span = try #require(Self.cursor(on: screen))
    let readout = ShownPane("¹hits per second", on: screen)?.footnote ?? ""
    let hits = Self.log.count(in: span)
    let tenths = (hits * 20 + span.count) / (2 * span.count)
    #expect(readout.contains("  \(tenths / 10).\(tenths % 10)/s  "), "\(readout)")
    let tops = Self.log.top(\.section, in: span)
    let top = Self.log.figures(of: \.section, in: span)[tops[0]]?.hits ?? 0
    #expect(tops.contains { readout.contains("top \($0) \(top)  ") }, "\(readout) \(tops)")
  }

  /// The seconds that the cursor reads out.
  private static func cursor(on screen: String) -> ClosedRange<Int>? {
    let readout = ShownPane("¹hits per second", on: screen)?.footnote ?? ""
    guard let match = readout.firstMatch(of: /─ (\d\d:\d\d:\d\d) to (\d\d:\d\d:\d\d)/) else {
      return nil
    }
    return Written.second(match.output.1)...Written.second(match.output.2)
  }
}
