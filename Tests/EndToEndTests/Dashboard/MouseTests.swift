import Foundation
import Testing

/// The mouse, which is off until F2 is pressed. tmux hands reports of it to the program unchanged.
@Suite(.ownThreads, .serialized) struct MouseTests {
  private enum Button: Int {
    case left = 0
    case wheelUp = 64
    case wheelDown = 65
  }

  private static func start() throws -> Terminal {
    let terminal = try Terminal("\(Built.program) --no-follow --utc \(Built.fixture)")
    try terminal.wait(for: "END")
    return terminal
  }

  private static func startWithMouse() throws -> Terminal {
    let terminal = try start()
    try terminal.type("F2")
    try terminal.wait(for: "mouse on: click a pane, a row or a column heading; F2 off")
    return terminal
  }

  /// Presses a button where the screen shows a text.
  private func press(
    _ button: Button = .left, at text: String, on terminal: Terminal,
    location: SourceLocation = #_sourceLocation
  ) throws {
    for (row, line) in try terminal.screen.split(
      separator: "\n", omittingEmptySubsequences: false
    ).enumerated() {
      guard let place = line.range(of: text) else { continue }
      // No character on these screens is wider than a column.
      let column = line.distance(from: line.startIndex, to: place.lowerBound)
      return try terminal.reportMouse(button: button.rawValue, column: column + 1, row: row + 1)
    }
    Issue.record("\(text) is not on the screen", sourceLocation: location)
  }

  @Test func withoutF2TheMouseDoesNothing() throws {
    let terminal = try Self.start()
    try terminal.wait(for: "? help")
    let before = try terminal.styledScreen.split(separator: "\n").dropLast()
    for text in ["³clients", "/shop", "5xx   change", "09:08:06"] {
      try press(at: text, on: terminal)
    }
    try press(.wheelDown, at: "10.0.0.1", on: terminal)
    // Keys are read in order: what came before has been read.
    try terminal.type("x")
    try terminal.wait(for: "x does nothing here")
    #expect(try terminal.styledScreen.split(separator: "\n").dropLast() == before)
  }

  @Test func aClickFocusesAPane() throws {
    let terminal = try Self.startWithMouse()
    try press(at: "⁴alerts", on: terminal)
    try terminal.wait("the keys of the alerts") { $0.contains("Enter details") }
    try press(at: "¹hits per second", on: terminal)
    try terminal.wait("the keys of the chart") { $0.contains("Left Right time cursor") }
    try press(at: "³clients", on: terminal)
    try terminal.wait("the keys of a table") { $0.contains("s sort") }
    try terminal.type("s")
    try terminal.wait("its order changes") {
      ShownTable("³clients", of: "client", on: $0)?.sorted == "▼share"
    }
  }

  @Test func aClickSelectsARowAndEscLeavesIt() throws {
    let terminal = try Self.startWithMouse()
    let before = try #require(try terminal.styledLine(beginningWith: "│ /shop "))
    try press(at: "/shop", on: terminal)
    try terminal.wait("the row is selected") { _ in
      let row = try? terminal.styledLine(beginningWith: "│ /shop ")
      return row != before && row?.contains("48;5;") == true
    }
    try terminal.type("Escape")
    try terminal.wait("it is not any more") { _ in
      (try? terminal.styledLine(beginningWith: "│ /shop ")) == before
    }
  }

  @Test func aClickOnAHeadSortsAndAnotherOneReverses() throws {
    let terminal = try Self.startWithMouse()
    for mark in ["▼5xx", "▲5xx"] {
      try press(at: "5xx   change", on: terminal)
      try terminal.wait("sorted: \(mark)") {
        ShownTable("²sections", of: "section", on: $0)?.sorted == mark
      }
    }
    try press(at: "section    ", on: terminal)
    try terminal.wait("sorted by name") {
      ShownTable("²sections", of: "section", on: $0)?.sorted == "▼section"
    }
  }

  @Test func theWheelScrollsThePaneBelowThePointer() throws {
    let terminal = try Self.startWithMouse()
    try terminal.wait(for: "1-5 of 392")
    try press(.wheelDown, at: "10.0.0.1 ", on: terminal)
    let screen = try terminal.wait(for: "4-8 of 392")
    #expect(screen.contains("1-5 of 13"))
    try press(.wheelUp, at: "³clients", on: terminal)
    try terminal.wait(for: "1-5 of 392")
  }

  @Test func aClickInTheChartPutsTheCursorThere() throws {
    let terminal = try Self.startWithMouse()
    let lines = try terminal.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let floor = try #require(lines.firstIndex { $0.hasPrefix("│    0 ") })
    try terminal.reportMouse(button: 0, column: 60, row: floor + 1)
    try terminal.wait("the cursor reads out") { screen in
      let readout = ShownPane("¹hits per second", on: screen)?.footnote ?? ""
      return readout.contains(" to 09:0") && readout.contains("top /")
    }
  }

  @Test func aSecondClickOnAnAlertOpensIt() throws {
    let terminal = try Self.startWithMouse()
    try press(at: "09:03:40  12", on: terminal)
    try terminal.wait("it is selected") { $0.contains("Enter details") }
    try press(at: "09:03:40  12", on: terminal)
    try terminal.wait(for: "⁴alert 09:03:40")
    try terminal.type("Escape")
    try terminal.wait(for: "⁴alerts")
    // F2 turns it off again.
    try terminal.type("F2")
    try terminal.wait(for: "mouse off: select text as usual")
    try press(at: "²sections", on: terminal)
    try terminal.type("x")
    let screen = try terminal.wait(for: "x does nothing here")
    #expect(screen.contains("⁴alerts") && !screen.contains("s sort"))
  }
}
