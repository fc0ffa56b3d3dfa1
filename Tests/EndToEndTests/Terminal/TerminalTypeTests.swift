import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// Terminals of all types, including types that this machine does not know.
@Suite(.ownThreads, .serialized) struct TerminalTypeTests {
  private static let shown = "4,950 hits"

  private func program(
    _ type: String, _ more: [String: String] = [:], size: Size = Size(rows: 30, columns: 100)
  ) throws -> TerminalProgram {
    var environment = TerminalProgram.usualEnvironment
    environment["TERM"] = type
    return try TerminalProgram(
      [Built.program, "--no-follow", "--utc", Built.fixture],
      environment: environment.merging(more) { _, own in own }, size: size)
  }

  /// Some machines have descriptions of a few of these.
  @Test(arguments: [
    "xterm-kitty", "alacritty", "foot", "ghostty", "xterm-ghostty", "wezterm", "rio", "contour",
    "tmux-256color", "screen.xterm-kitty", "konsole-256color", "gnome-256color", "vte-256color",
    "st-256color", "rxvt-unicode-256color", "xterm-direct", "xterm-nowhere",
  ])
  func aTerminalOfAKnownFamilyDisplaysColours(type: String) throws {
    let program = try program(type)
    try program.wait(for: Self.shown)
    try program.wait("more than eight colours") {
      let text = String(decoding: program.output, as: UTF8.self)
      return ["38;5;", "38:5:", "38;2;", "38:2:"].contains(where: text.contains) ? true : nil
    }
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.terminal.modes == program.modesBefore)
  }

  @Test(arguments: [
    ("xterm-nowhere", "xterm-256color"), ("tmux-nowhere", "screen-256color"),
    ("linux-nowhere", "linux"),
  ])
  func aNoticeNamesTheTypeThatIsUsedInstead(type: String, other: String) throws {
    let program = try program(type, size: Size(rows: 24, columns: 80))
    try program.wait(for: "drawn as \(other): this machine does not know '\(type)'")
    let known = try self.program(other, size: Size(rows: 24, columns: 80))
    try known.wait(for: Self.shown)
    #expect(!known.screen.contains("drawn as"))
  }

  @Test(arguments: [nil, "", "nowhere", "unknown"])
  func anUnknownTypeIsReportedWithAdvice(type: String?) throws {
    var environment = TerminalProgram.usualEnvironment
    environment["TERM"] = type
    let program = try TerminalProgram(
      [Built.program, "--demo"], environment: environment, size: Size(rows: 24, columns: 200))
    #expect(try program.waitForEnd() == .exited(2))
    let text = String(decoding: program.output, as: UTF8.self)
    #expect(text.contains("try TERM=xterm-256color lm2000 ..., or --output text"), "\(text)")
    #expect(!program.output.contains(0x1B))
  }

  /// Descriptions of terminals with more colours than the palette.
  private static let directColor = """
    lm2000-direct|colours by red, green and blue,
      RGB, colors#0x1000000, pairs#0x10000,
      setaf=\(set(3)), setab=\(set(4)),
      oc=\\E]104\\E\\\\, use=xterm-256color,
    lm2000-indexed|the palette as well,
      CO#256, setaf=\\E[38;5;%p1%dm, setab=\\E[48;5;%p1%dm, use=lm2000-direct,
    lm2000-many|more colours than the palette,
      colors#1024, pairs#0x7fff, use=xterm-256color,

    """

  private static func set(_ ground: Int) -> String {
    "\\E[%?%p1%{8}%<%t\(ground)%p1%d%e\(ground)8:2::%p1%{65536}%/%d:%p1%{256}%/%{255}%&%d"
      + ":%p1%{255}%&%d%;m"
  }

  /// A folder with descriptions. (tic(1))
  private func descriptions() throws -> Folder {
    let folder = try Folder()
    try folder.append(Self.directColor, to: "source")
    let ended = try Ended.running(
      "tic -x -o '\(folder.path("terminfo"))' '\(folder.path("source"))'")
    try #require(ended.status == 0, "\(ended.errors)")
    return folder
  }

  @Test(arguments: [
    ("lm2000-direct", "38:2::88:166:255"), ("lm2000-indexed", "38;2;88;166;255"),
    ("lm2000-many", "38;5;75"),
  ])
  func aTerminalWithMoreColoursThanThePaletteUsesThem(type: String, focused: String) throws {
    let folder = try descriptions()
    let program = try program(type, ["TERMINFO": folder.path("terminfo")])
    try program.wait(for: Self.shown)
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    let bytes = TerminalBytes(program.output)
    #expect(bytes.kinds.contains("\u{1B}[\(focused)m"), "\(bytes.kinds)")
    // Other terminals end such a string with BEL, the Linux console not at all.
    #expect(bytes.strings.isEmpty)
  }

  @Test(arguments: ["linux", "vt100", "xterm-256color"])
  func afterAStopEverythingIsDrawnAgain(type: String) throws {
    let program = try program(type)
    try program.wait(for: "END")
    let count = program.output.count
    program.send(SIGSTOP)
    try program.wait("it is stopped") { program.isStopped ? true : nil }
    program.send(SIGCONT)
    var picture = TerminalPicture(size: Size(rows: 30, columns: 100))
    var taken = count
    try program.wait("everything is drawn again") {
      picture.append(Array(program.output[taken...]))
      taken = program.output.count
      let isWhole = picture.lines.contains { $0.contains("END") }
      return isWhole && picture.lines == program.picture.lines ? true : nil
    }
    program.terminal.type("q")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(TerminalBytes(program.output).strings.isEmpty)
  }

  private static let colourless: Set = ["vt100", "vt102", "vt220", "xterm-mono"]

  /// The types in Debian's ncurses-base whose sequences `TerminalPicture` supports. It wraps lines as
  /// xterm does: mach-color, which wraps as soon as the last column is written, is none of them.
  @Test(arguments: [
    "linux", "vt100", "vt102", "vt220", "screen", "screen-256color", "tmux", "rxvt", "xterm",
    "xterm-color", "xterm-mono", "hurd", "wsvt25",
  ])
  func everyTerminalDisplaysTheSame(type: String) throws {
    let program = try program(type)
    try program.wait(for: "END")
    // Without colours a chart leaves out the highest seconds of its columns.
    let usual = try self.program(
      "xterm-256color", Self.colourless.contains(type) ? ["NO_COLOR": "1"] : [:])
    try program.waitUntilItLooks(like: usual)
    program.terminal.type("?")
    try program.wait(for: "this help")
    try program.wait("the cursor is hidden or rests in a corner") {
      let isHidden = TerminalBytes(program.output).kinds.contains("\u{1B}[?25l")
      return isHidden || program.picture.cursor == (29, 99) ? true : nil
    }
    program.terminal.type("qq")
    #expect(try program.waitForEnd() == .exited(0))
    #expect(program.terminal.modes == program.modesBefore)
  }
}
