import Glibc
import SafeText
import TerminalCanvas
import Testing

@testable import CursesTerminal

/// Curses keeps its state in the process, so these run one after the other.
@Suite(.serialized)
struct CursesScreenTests {
  init() {
    _ = useCharacterLocale(environment: [:])
  }

  private func settings(_ terminal: PseudoTerminal, type: String = "xterm-256color")
    -> TerminalSettings
  {
    var settings = TerminalSettings(type: type)
    settings.output = terminal.inner
    settings.input = terminal.inner
    return settings
  }

  private func picture(_ text: SafeString, _ size: Size = Size(rows: 24, columns: 80)) -> Canvas {
    var canvas = Canvas(size: size)
    canvas.draw(text, in: canvas.bounds)
    return canvas
  }

  @Test func showsOnTheAlternateScreenAndGoesBack() throws {
    let terminal = PseudoTerminal()
    let before = terminal.modes
    let screen = try CursesScreen(settings(terminal))
    #expect(terminal.modes != before)
    let canvas = picture("hello")
    screen.present(canvas, changed: [canvas.bounds])
    let shown = terminal.readText()
    #expect(shown.contains("\u{1B}[?1049h"))
    #expect(shown.contains("\u{1B}[?25l"))
    #expect(shown.contains("hello"))
    screen.restore()
    let left = terminal.readText()
    #expect(left.contains("\u{1B}[?1049l"))
    #expect(left.contains("\u{1B}[?25h") || left.contains("\u{1B}[?12l"))
    #expect(terminal.modes == before)
    screen.restore()
    #expect(terminal.read().isEmpty)
  }
}
