import Foundation
import Testing

/// The order of tables, what they rank, and the search in them, compared with a count of the log.
@Suite(.ownThreads, .serialized) struct SortingTests {
  private static let log = LogTruth.fixture

  /// The fixture as if it were being written now, with the sections on the whole screen over five
  /// minutes: all columns are visible.
  private static func zoomed(
    _ pane: String = "2", state: Folder? = nil
  ) throws -> (terminal: Terminal, seconds: ClosedRange<Int>) {
    let terminal = try Terminal(
      "\(Built.program) --utc --idle-grace 86400 \(Built.fixture)", columns: 200, rows: 40,
      environment: ["LM2000_INJECT_CLOCK": "\(LogTruth.fixtureEnd)"], state: state)
    try terminal.wait(for: "3 s behind")
    try terminal.type(pane, "z", "w", "w", "w")
    let screen = try terminal.wait(for: "last 5 min ─╮")
    let now = Written.second(try #require(Shown.clock(of: screen)))
    return (terminal, now - 299...now)
  }

  /// What the table is sorted by in each column; the names themselves in the first one.
  private static func figure(
    _ column: String, _ figures: LogTruth.Figures, before: Int
  ) -> Int {
    switch column {
    case "4xx": figures.clientErrors
    case "5xx": figures.serverErrors
    case "bytes": figures.bytes
    case "change": figures.hits - before
    case "peak": figures.peak
    case "first": figures.first
    case "latest": figures.last
    default: figures.hits
    }
  }

  /// Whether the visible names are in the order of a column, and no other name belongs before them.
  private static func isSorted(
    _ table: ShownTable, by column: String, ascending: Bool, of name: (LogTruth.Hit) -> String,
    in seconds: ClosedRange<Int>
  ) -> Bool {
    let figures = log.figures(of: name, in: seconds)
    let earlier = seconds.lowerBound - seconds.count...seconds.lowerBound - 1
    let before = log.figures(of: name, in: earlier).mapValues(\.hits)
    func value(_ name: String) -> Int {
      figure(column, figures[name] ?? LogTruth.Figures(), before: before[name] ?? 0)
    }
    let expected = figures.keys.map(value).sorted { ascending ? $0 < $1 : $0 > $1 }
    return table.names.map(value) == Array(expected.prefix(table.names.count))
      && Set(table.names).count == table.names.count
      && table.names.count >= min(figures.count, 30)
  }

  @Test(arguments: ["2", "3"]) func everyColumnSortsTheTableInBothDirections(pane: String) throws {
    let (terminal, seconds) = try Self.zoomed(pane)
    let (title, head) = pane == "2" ? ("²sections", "section") : ("³clients", "client")
    let name: (LogTruth.Hit) -> String = pane == "2" ? \.section : \.client
    func expectOrder(_ mark: Character, _ column: String) throws {
      try terminal.wait("sorted by \(mark)\(column)") { screen in
        guard let table = ShownTable(title, of: head, on: screen) else { return false }
        return table.sorted == "\(mark)\(column)"
          && Self.isSorted(table, by: column, ascending: mark == "▲", of: name, in: seconds)
      }
    }
    let columns = [
      "hits", "share", "rate", "4xx", "5xx", "bytes", "change", "peak", "first", "latest",
    ]
    #expect(ShownTable(title, of: head, on: try terminal.screen)?.columns == columns)
    for column in columns {
      try expectOrder("▼", column)
      try terminal.type("S")
      try expectOrder("▲", column)
      // The next column begins with its greatest.
      try terminal.type("s")
    }
    // After the last column comes the name, in the order of the alphabet.
    let names = Self.log.figures(of: name, in: seconds).keys.sorted {
      Array($0.utf8).lexicographicallyPrecedes($1.utf8)
    }
    for expected in [names, names.reversed()] {
      try terminal.wait("sorted by name") { screen in
        guard let shown = ShownTable(title, of: head, on: screen)?.names else { return false }
        return shown.count >= min(13, names.count)
          && shown.elementsEqual(expected.prefix(shown.count))
      }
      try terminal.type("S")
    }
    try terminal.type("s")
    try expectOrder("▼", "hits")
  }

  @Test func figuresOfEveryColumnAgreeWithTheLog() throws {
    let (terminal, seconds) = try Self.zoomed()
    let screen = try terminal.wait("all sections") {
      ShownTable("²sections", of: "section", on: $0)?.rows.count == 13
    }
    let table = try #require(ShownTable("²sections", of: "section", on: screen))
    let figures = Self.log.figures(of: \.section, in: seconds)
    #expect(Set(table.names) == Set(figures.keys))
    func count(_ number: Int) -> String { number > 0 ? Written.count(number) : "·" }
    for (name, expected) in figures {
      for (column, text) in [
        ("hits", Written.count(expected.hits)), ("4xx", count(expected.clientErrors)),
        ("5xx", count(expected.serverErrors)), ("peak", count(expected.peak)),
        ("first", Written.clock(expected.first)), ("latest", Written.clock(expected.last)),
      ] {
        #expect(table.cell(column, of: name) == text, "\(column) of \(name)")
      }
    }
  }

  @Test func dShowsTheStatusCodesAndShiftDTheSectionsAgain() throws {
    let (terminal, seconds) = try Self.zoomed()
    try terminal.type("d")
    try terminal.wait(for: "²clients")
    try terminal.type("d")
    let screen = try terminal.wait(for: "²codes")
    let table = try #require(ShownTable("²codes", of: "status", on: screen))
    let codes = Self.log.figures(of: \.status, in: seconds)
    #expect(Set(table.names) == Set(codes.keys))
    for (code, figures) in codes {
      #expect(table.cell("hits", of: code) == Written.count(figures.hits), "\(code)")
    }
    try terminal.type("D", "D")
    try terminal.wait(for: "²sections")
  }

  // MARK: - Search

  @Test func aSearchGoesThroughAllMatchesAndBack() throws {
    let terminal = try Terminal(
      "\(Built.program) --no-follow --utc \(Built.fixture)", columns: 80, rows: 24)
    try terminal.wait(for: "END")
    try terminal.type("3", "/")
    try terminal.wait(for: "find: ")
    try terminal.typeTogether("203.0.113.4")
    try terminal.type("Enter")
    // Those that contain the text, as the table ranks them.
    let counts = Self.log.hits.reduce(into: [String: Int]()) { $0[$1.client, default: 0] += 1 }
    let matches = counts.keys.filter { $0.contains("203.0.113.4") }.sorted {
      let (left, right) = (counts[$0] ?? 0, counts[$1] ?? 0)
      return left == right
        ? Array($0.utf8).lexicographicallyPrecedes($1.utf8) : left > right
    }
    #expect(matches.count > 3)
    for name in matches {
      try expectSelected(name, on: terminal)
      try terminal.type("n")
    }
    // After the last one comes the first one again.
    try expectSelected(matches[0], on: terminal)
    try terminal.type("N")
    try expectSelected(matches[matches.count - 1], on: terminal)
    try terminal.type("N")
    try expectSelected(matches[matches.count - 2], on: terminal)
  }

  /// Waits until the row with a name is the selected one, which is drawn on a background.
  private func expectSelected(_ name: String, on terminal: Terminal) throws {
    try terminal.wait("\(name) is selected") { screen in
      screen.contains("│ \(name) ")
        && (try? terminal.styledLine(beginningWith: "│ \(name) "))?.contains("48;5;") == true
    }
  }

  @Test func whatIsNotFoundIsSaidAndChangesNothing() throws {
    let terminal = try Terminal(
      "\(Built.program) --no-follow --utc \(Built.fixture)", columns: 80, rows: 24)
    try terminal.wait(for: "END")
    try terminal.type("n")
    try terminal.wait(for: "nothing to find: press / first")
    let before = ShownTable("²sections", of: "section", on: try terminal.screen)
    try terminal.type("/")
    try terminal.typeTogether("q=z?")
    try terminal.wait(for: "find: q=z?")
    try terminal.type("Enter")
    let screen = try terminal.wait(for: "q=z?: not found")
    #expect(ShownTable("²sections", of: "section", on: screen)?.rows == before?.rows)
    // Esc leaves the line without a search.
    try terminal.type("/")
    try terminal.typeTogether("api")
    try terminal.type("Escape")
    try terminal.wait("the line is closed") { !$0.contains("find: ") && $0.contains("? help") }
    try terminal.type("1", "/")
    try terminal.wait(for: "/ is for tables")
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }
}
