import Foundation
import Testing

/// Theme, times, mouse and the order of tables are remembered from one run to the next.
@Suite(.ownThreads, .serialized) struct RememberedViewTests {
  private static func start(
    _ options: String = "", state: Folder? = nil, environment: [String: String] = [:]
  ) throws -> Terminal {
    let terminal = try Terminal(
      "\(Built.program) --no-follow \(options) \(Built.fixture)", environment: environment,
      state: state)
    try terminal.wait(for: "END")
    return terminal
  }

  private static func quit(_ terminal: Terminal) throws {
    try terminal.type("q")
    try terminal.wait(for: "exit=0")
  }

  /// The colour of server errors in the dark and in the light theme.
  private static let (dark, light) = ("38;5;203m", "38;5;160m")

  private static func hasColour(_ colour: String, _ terminal: Terminal) -> Bool {
    (try? terminal.styledScreen.contains(colour)) ?? false
  }

  private func expectSort(_ mark: String, on terminal: Terminal) throws {
    try terminal.wait("sorted: \(mark)") {
      ShownTable("²sections", of: "section", on: $0)?.sorted == mark
    }
  }

  @Test func whatKeysChangedIsStillSoInTheNextRun() throws {
    let state = try Folder()
    let first = try Self.start(state: state)
    try first.wait(for: "09:10:59 local")
    #expect(Self.hasColour(Self.dark, first))
    try first.type("T")
    try first.wait(for: "09:10:59 UTC")
    try first.type("t")
    try first.wait(for: "theme: light")
    try first.type("s", "s", "s", "S")
    try expectSort("▲5xx", on: first)
    try first.type("F2")
    try first.wait(for: "mouse on")
    try Self.quit(first)
    let second = try Self.start(state: state)
    try second.wait(for: "09:10:59 UTC")
    try expectSort("▲5xx", on: second)
    #expect(Self.hasColour(Self.light, second) && !Self.hasColour(Self.dark, second))
    // The mouse is on: a click on the first row of the alerts moves the focus there.
    try second.reportMouse(button: 0, column: 5, row: 24)
    try second.wait("the keys of the alerts") { $0.contains("Enter details") }
  }

  @Test func optionsWinOverWhatIsRemembered() throws {
    let state = try Folder()
    let first = try Self.start(state: state)
    try first.type("T", "t")
    try first.wait(for: "theme: light")
    try Self.quit(first)
    let second = try Self.start("--local --theme dark", state: state)
    try second.wait(for: "09:10:59 local")
    #expect(Self.hasColour(Self.dark, second) && !Self.hasColour(Self.light, second))
    try Self.quit(second)
    // An option is not remembered itself.
    let third = try Self.start(state: state)
    try third.wait(for: "09:10:59 UTC")
    #expect(Self.hasColour(Self.light, third))
  }

  @Test func anotherUserHasItsOwnChoices() throws {
    let first = try Self.start()
    try first.type("T")
    try first.wait(for: "09:10:59 UTC")
    try Self.quit(first)
    try Self.start().wait(for: "09:10:59 local")
  }

  /// Nobody can create a folder there, not even the superuser.
  @Test func aFolderThatCannotBeWrittenIsReportedAndTheKeyActsAllTheSame() throws {
    let terminal = try Self.start(environment: ["XDG_STATE_HOME": "/proc/self/none"])
    try terminal.type("T")
    let screen = try terminal.wait(for: "could not be remembered in ")
    #expect(screen.contains("09:10:59 UTC"))
    try Self.quit(terminal)
  }

  @Test func aDamagedFileIsIgnored() throws {
    let state = try Folder()
    try FileManager.default.createDirectory(
      atPath: state.path("lm2000"), withIntermediateDirectories: true)
    try state.append(
      "theme blue\nmouse\nsort 9=hits\nsort 1=nothing\n\u{0}\u{1}", to: "lm2000/view")
    let terminal = try Self.start(state: state)
    try terminal.wait(for: "09:10:59 local")
    try expectSort("▼hits", on: terminal)
    #expect(Self.hasColour(Self.dark, terminal))
  }
}
