import Glibc
import TerminalKit
import Testing

/// Displays everything that keys can display: each pane in the layout and on the whole screen, down to
/// its last row, and the help.
struct DashboardTour {
  private let program: TerminalProgram
  private var zoneChanges = 0
  /// All lines that were on the screen.
  private(set) var lines: Set<String> = []

  init(_ program: TerminalProgram) {
    self.program = program
  }

  /// Goes through everything from the end of the log on, and ends the program.
  mutating func visitEverything() throws {
    try program.wait(for: "END")
    try press("?", "?", "r", "\u{1B}", "s", "S", "w", "W", "c", "=", "a", "\u{1B}")
    for pane in 1...5 { try visitPane(pane) }
    try press("\u{C}", " ")
    program.terminal.type("\u{3}")
    #expect(try program.waitForEnd() == .died(ofSignal: SIGINT))
  }

  private mutating func visitPane(_ digit: Int) throws {
    let pageDown = "\u{1B}[6~"
    try press("\(digit)", "z", "g")
    try waitForLastFrame()
    var last: ArraySlice<String> = []
    while panes != last {
      last = panes
      try press(pageDown)
      try waitForLastFrame()
    }
    try press("G", "j", "k", "\r", "\u{1B}", "z", "\u{1B}")
  }

  /// The lines between the first one with the zone and the last one with messages.
  private var panes: ArraySlice<String> { program.picture.lines.dropFirst().dropLast() }

  private mutating func press(_ keys: String...) throws {
    for key in keys {
      program.terminal.type(key)
      // Esc must be read alone: with the next key it would be another key.
      try program.wait("the key is read") { program.terminal.hasUnreadKeys ? nil : true }
      while program.read(waiting: 30) {}
      lines.formUnion(program.picture.lines)
    }
  }

  /// Keys are handled in order, so the frame with another zone displays the effect of all keys before
  /// it. The frame is complete once the next one has begun.
  private mutating func waitForLastFrame() throws {
    try changeZone()
    try changeZone()
  }

  private mutating func changeZone() throws {
    zoneChanges += 1
    let zone = ["UTC", "log", ""][zoneChanges % 3]
    program.terminal.type("T")
    try program.wait("the zone of times is \(zone)") {
      let header = program.picture.lines[0]
      let shown = ["UTC", "log"].first { header.hasSuffix(" " + $0) } ?? ""
      return shown == zone ? true : nil
    }
    lines.formUnion(program.picture.lines)
  }
}
