import Glibc
import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

struct TerminalFamilyTests {
  @Test(arguments: [
    "xterm-kitty", "kitty", "kitty-direct", "alacritty", "alacritty-direct", "foot", "foot-extra",
    "ghostty", "xterm-ghostty", "wezterm", "rio", "contour", "contour-latest", "konsole",
    "konsole-256color", "gnome", "gnome-256color", "vte", "vte-256color", "st", "st-256color",
    "st-meta-256color", "stterm-256color", "iterm2", "iTerm2.app", "iTerm.app", "nsterm-256color",
    "mintty", "putty-256color", "ms-terminal", "mlterm-256color", "terminology", "xterm-termite",
    "xterm-direct", "xterm-new", "xterm+256color",
  ])
  func terminalsCompatibleWithXtermAreTreatedAsXterm(type: String) {
    #expect(
      TerminalFamily(type: type)?.substitutes(for: type) == ["xterm-256color", "xterm"])
  }

  @Test(
    arguments: [
      ("tmux-256color", ["screen-256color", "screen", "xterm-256color", "xterm"]),
      ("tmux-direct", ["screen-256color", "screen", "xterm-256color", "xterm"]),
      ("screen.xterm-kitty", ["screen-256color", "screen", "xterm-256color", "xterm"]),
      ("screen-256color-bce-s", ["screen-256color", "screen", "xterm-256color", "xterm"]),
      ("rxvt-256color", ["rxvt-unicode-256color", "xterm-256color", "rxvt", "xterm"]),
      ("linux-16color", ["linux", "xterm"]), ("linux3.0", ["linux", "xterm"]),
      ("xterm-16color", ["xterm"]), ("rxvt-88color", ["rxvt", "xterm"]),
      ("screen-16color", ["screen", "xterm"]),
      ("vt420", ["vt220", "vt100"]), ("vt100-nav", ["vt100"]), ("ansi-m", ["ansi"]),
      ("cygwinDBG", ["cygwin", "ansi"]),
    ] as [(String, [String])])
  func otherTypesAreReplacedByTheMostSimilarOnes(type: String, substitutes: [String]) {
    #expect(TerminalFamily(type: type)?.substitutes(for: type) == substitutes)
  }

  @Test(arguments: [
    "", "nonexistent", "-", "xterm/../x", "../../etc/passwd", "xterm\u{1B}[2J", "xterm kitty",
    "xterm-é", "st52", "vt52", "vt50h", "vt", "xterm-" + String(repeating: "x", count: 100),
    "unknown", "dumb", "network", "kittyhawk",
  ])
  func otherNamesBelongToNoFamily(type: String) {
    #expect(TerminalFamily(type: type) == nil)
  }
}

extension CursesScreenTests {
  /// Types that belong to a known family but that no terminal database contains.
  @Suite struct SubstituteTypes {
    private func screen(_ type: String, on terminal: PseudoTerminal) throws -> CursesScreen {
      var settings = TerminalSettings(type: type)
      settings.output = terminal.inner
      settings.input = terminal.inner
      return try CursesScreen(settings)
    }

    @Test(arguments: [
      ("xterm-nowhere", "xterm-256color"), ("kitty-nowhere", "xterm-256color"),
      ("tmux-nowhere", "screen-256color"), ("linux-nowhere", "linux"), ("vt999", "vt220"),
      ("alacritty-nowhere-16color", "xterm"),
    ])
    func anUnknownTypeIsTreatedAsTheMostSimilarOne(type: String, other: String) throws {
      let terminal = PseudoTerminal()
      let relative = try screen(type, on: terminal)
      #expect(relative.notice == "drawn as \(other): this machine does not know '\(type)'")
      var picture = Canvas(size: relative.size)
      picture.draw("hello", in: picture.bounds, style: .alert)
      relative.present(picture, changed: [picture.bounds])
      relative.restore()
      let shown = terminal.read()

      let known = try screen(other, on: terminal)
      #expect(known.notice == nil)
      known.present(picture, changed: [picture.bounds])
      known.restore()
      #expect(terminal.read() == shown)
    }
  }
}
