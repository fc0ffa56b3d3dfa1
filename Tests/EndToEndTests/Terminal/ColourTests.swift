import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// Themes, terminals with few colours or none, and screens without Unicode.
@Suite(.ownThreads, .serialized) struct ColourTests {
  private static func start(
    _ options: String = "", columns: Int = 100, rows: Int = 30, environment: [String: String] = [:]
  ) throws -> Terminal {
    let terminal = try Terminal(
      "\(Built.program) --no-follow --utc \(options) \(Built.fixture)", columns: columns,
      rows: rows, environment: environment)
    try terminal.wait("it has been read") { $0.contains("END") && $0.contains("? help") }
    return terminal
  }

  /// The styled lines without the last one, which names the theme after a key.
  private static func styles(_ terminal: Terminal) throws -> [Substring] {
    try terminal.styledScreen.split(separator: "\n").dropLast()
  }

  /// The parameters of all sequences that set a style.
  private static func figures(_ styled: String) -> Set<String> {
    Set(styled.matches(of: /\u{1B}\[([0-9;]*)m/).map { String($0.output.1) })
  }

  // MARK: - Themes

  @Test func theThemesHaveTheSameTextInOtherColours() throws {
    var screens: [String: [Substring]] = [:]
    for theme in ["dark", "light", "16"] {
      let terminal = try Self.start("--theme \(theme)")
      screens[theme] = try Self.styles(terminal)
      let colours = Self.figures(try terminal.styledScreen)
      #expect(colours.contains(["dark": "38;5;203", "light": "38;5;160", "16": "91"][theme] ?? ""))
      #expect((theme == "16") == !colours.contains { $0.hasPrefix("38;5;") }, "\(colours)")
    }
    #expect(Set(screens.values).count == 3)
    let texts = screens.values.map { lines in
      lines.map { $0.replacing(/\u{1B}\[[0-9;]*m/, with: "") }
    }
    #expect(Set(texts).count == 1)
  }

  @Test func tGoesThroughTheThemesWithoutARest() throws {
    let size = Size(rows: 30, columns: 100)
    func start(_ theme: String) throws -> TerminalProgram {
      let program = try TerminalProgram(
        [Built.program, "--no-follow", "--utc", "--theme", theme, Built.fixture], size: size)
      try program.wait(for: "END")
      return program
    }
    // The styles of all cells but those of the last line, in which messages come and go.
    func styles(_ program: TerminalProgram) -> [TerminalStyle] {
      (0..<size.rows - 1).flatMap { row in
        (0..<size.columns).map { program.picture.style(row: row, column: $0) }
      }
    }
    let program = try start("dark")
    for theme in ["light", "16", "dark"] {
      let other = try start(theme)
      program.terminal.type("t")
      try program.wait("the theme \(theme)") {
        other.read()
        return program.screen.contains("theme: \(theme)") && styles(program) == styles(other)
          ? true : nil
      }
    }
  }

  // MARK: - Few colours, and none

  /// Whether a parameter of a sequence is a colour.
  private static func isColour(_ figures: String) -> Bool {
    figures.split(separator: ";").compactMap { Int($0) }.contains {
      (30...38).contains($0) || (40...48).contains($0) || (90...107).contains($0)
    }
  }

  /// Everything that keys can display.
  private static let views = [["?"], ["?", "4", "Enter"], ["Escape", "2", "z", "j"], ["t"]]

  @Test(arguments: [("--color never", [:]), ("", ["NO_COLOR": "1"])])
  func withoutColoursNoneIsSet(options: String, environment: [String: String]) throws {
    let terminal = try Self.start(options, environment: environment)
    for keys in Self.views {
      let before = try terminal.screen
      try terminal.type(keys)
      try terminal.wait("another view") { $0 != before }
      let colours = Self.figures(try terminal.styledScreen).filter(Self.isColour)
      #expect(colours.isEmpty, "\(keys) \(colours)")
    }
    // The selected row is reversed.
    #expect(
      Self.figures(try terminal.styledScreen).contains { $0.split(separator: ";").contains("7") })
  }

  @Test func aTerminalWithEightColoursGetsNoOther() throws {
    var environment = TerminalProgram.usualEnvironment
    environment["TERM"] = "xterm"
    let program = try TerminalProgram(
      [Built.program, "--no-follow", "--utc", "--theme", "light", Built.fixture],
      environment: environment, size: Size(rows: 36, columns: 120))
    try program.wait(for: "END")
    program.terminal.type("?")
    try program.wait(for: "this help")
    program.terminal.type("?4\r")
    try program.wait(for: "Esc back")
    program.terminal.type("\u{3}")
    try program.waitForEnd()
    let figures = Self.figures(String(decoding: program.output, as: UTF8.self))
    let numbers = Set(figures.flatMap { $0.split(separator: ";") }.compactMap { Int($0) })
    #expect(numbers.contains { (31...36).contains($0) })
    #expect(numbers.allSatisfy { $0 < 50 && $0 != 38 && $0 != 48 }, "\(figures)")
  }

  // MARK: - Without Unicode

  @Test(arguments: [(40, 10), (80, 24), (120, 36), (200, 60)])
  func onlyASCIIIsDrawnIfAskedFor(columns: Int, rows: Int) throws {
    let terminal = try Self.start("--ascii", columns: columns, rows: rows)
    try expectASCII(terminal)
    for keys in Self.views {
      let before = try terminal.screen
      try terminal.type(keys)
      try terminal.wait("another view") { $0 != before }
      try expectASCII(terminal)
    }
  }

  private func expectASCII(_ terminal: Terminal) throws {
    let others = try terminal.screen.unicodeScalars.filter { !$0.isASCII }
    #expect(others.isEmpty, "\(others)")
  }
}
