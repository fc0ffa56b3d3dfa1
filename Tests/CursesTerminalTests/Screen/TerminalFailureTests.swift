import Glibc
import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

extension CursesScreenTests {
  @Suite struct Failures {
    @Test(
      arguments: [
        (nil, .typeNotSet), ("", .typeNotSet), ("nonexistent", .unknownType("nonexistent")),
        ("dumb", .noCursorAddressing("dumb")),
        ("../../etc/passwd", .unknownType("../../etc/passwd")),
      ] as [(String?, TerminalFailure)])
    func anUnsupportedTerminalIsReportedBeforeAnythingIsWritten(
      type: String?, failure: TerminalFailure
    ) {
      let terminal = PseudoTerminal()
      let before = terminal.modes
      var settings = TerminalSettings(type: type)
      settings.output = terminal.inner
      settings.input = terminal.inner
      #expect(throws: failure) { _ = try CursesScreen(settings) }
      #expect(terminal.read().isEmpty)
      #expect(terminal.modes == before)
      #expect(failure.object == "TERM")
      #expect(failure.reason.contains("--output text"))
    }

    @Test(
      arguments: [
        (.typeNotSet, "TERM=xterm-256color lm2000"),
        (.unknownType("nowhere"), "TERM=xterm-256color lm2000"),
        (.noDescriptions("nowhere"), "ncurses-base"),
      ] as [(TerminalFailure, String)])
    func everyFailureSuggestsAnAlternative(failure: TerminalFailure, suggestion: String) {
      #expect(failure.object == "TERM")
      #expect(failure.reason.contains("try ") && failure.reason.contains(suggestion))
      #expect(failure.reason.hasSuffix("or --output text"))
    }

    @Test func aVeryLongTypeIsAnUnknownType() {
      let type = String(repeating: "x", count: 100_000)
      #expect(throws: TerminalFailure.unknownType(type)) {
        _ = try CursesScreen(TerminalSettings(type: type))
      }
    }

    @Test func aClosedDescriptorIsNotATerminal() {
      var settings = TerminalSettings(type: "xterm")
      settings.output = 999
      #expect(throws: TerminalFailure.notOpen) { _ = try CursesScreen(settings) }
    }
  }
}
