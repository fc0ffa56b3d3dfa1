import Foundation
import TerminalCanvas
import TerminalKit
import Testing

/// Whatever a log contains and whatever files are called reaches the terminal as harmless text. The
/// tests check the bytes that the terminal receives.
@Suite(.ownThreads) struct HostileTextTests {
  private static let runs = [
    HostileTextRun(), HostileTextRun(size: Size(rows: 60, columns: 200)),
    HostileTextRun(size: Size(rows: 60, columns: 200), options: ["--ascii"]),
    HostileTextRun(locale: "C"),
  ]

  @Test(arguments: runs) func hostileTextIsHarmlessOnEveryScreen(run: HostileTextRun) throws {
    let folder = try Folder()
    let harmlessKinds = try run.harmlessKinds(folder)
    let drawsEverything = run.size.columns == 200 && run.options.isEmpty
    for log in HostileLog.all(HostileText.all.map(\.bytes)).suffix(drawsEverything ? 4 : 2) {
      let program = try run.start(["--no-follow", "--utc", try log.write(in: folder)])
      var tour = DashboardTour(program)
      try tour.visitEverything()
      let bytes = TerminalBytes(program.output)
      #expect(bytes.strings.isEmpty)
      #expect(bytes.harmfulCharacters.isEmpty, "\(bytes.harmfulCharacters)")
      let unexpected = bytes.kinds.unexpected(among: harmlessKinds)
      #expect(unexpected.isEmpty, "\(unexpected)")
      #expect(program.picture.unknown.isEmpty, "\(program.picture.unknown)")
      if run.locale == "C" || run.options == ["--ascii"] {
        #expect(program.output.allSatisfy { $0 < 0x80 })
      }
      if drawsEverything { expectDrawn(tour.lines, log.format) }
    }
  }

  /// Hostile texts are not merely left out. Each was drawn in a section, which is made of the path up to
  /// a `;`, and as a client if a client may contain its brackets.
  private func expectDrawn(_ lines: Set<String>, _ format: String) {
    for text in HostileText.all where text.bytes.allSatisfy({ $0 != 0x22 && $0 != 0x2F }) {
      let section = "/" + text.drawn.prefix { $0 != ";" }
      #expect(lines.contains { $0.contains(section) }, "\(section)")
      guard format == "csv" || !text.bytes.contains(0x5B) else { continue }
      #expect(lines.contains { $0.contains(text.drawn) }, "\(text.drawn)")
    }
  }
}
