import TerminalCanvas
import TerminalKit
import Testing

@testable import CursesTerminal

struct StyleCompressorTests {
  private func compress(_ text: String) -> String {
    String(decoding: StyleCompressor.compress(Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    // A style that no character needs is not selected.
    ("\u{1B}[31m\u{1B}[39m\u{1B}(B\u{1B}[ma", "a"), ("a\u{1B}(B\u{1B}[m\u{1B}[31m", "a\u{1B}[31m"),
    // A shared colour or attribute is kept, also over movements of the cursor.
    (
      "\u{1B}[31ma\u{1B}[39m\u{1B}(B\u{1B}[m\u{1B}[5;9H\u{1B}[31mb\u{1B}[m",
      "\u{1B}[31ma\u{1B}[5;9Hb\u{1B}[m"
    ),
    ("\u{1B}[1;31ma\u{1B}[0;1m\u{1B}[32mb\u{1B}[m", "\u{1B}[1;31ma\u{1B}[32mb\u{1B}[m"),
    ("\u{1B}[1;31ma\u{1B}[m\u{1B}[31mb\u{1B}[m", "\u{1B}[1;31ma\u{1B}[0;31mb\u{1B}[m"),
    (
      "\u{1B}[38;5;24;48;5;30ma\u{1B}[39mb\u{1B}[49mc",
      "\u{1B}[38;5;24;48;5;30ma\u{1B}[39mb\u{1B}[mc"
    ),
    ("\u{1B}[38;2;1;2;3ma\u{1B}[m\u{1B}[38;2;1;2;3mb\u{1B}[m", "\u{1B}[38;2;1;2;3mab\u{1B}[m"),
    ("\u{1B}[38:2::1:2:3ma\u{1B}[m\u{1B}[38:2::1:2:3mb\u{1B}[m", "\u{1B}[38:2::1:2:3mab\u{1B}[m"),
    ("\u{1B}[97;101ma\u{1B}[0;7mb\u{1B}[m", "\u{1B}[97;101ma\u{1B}[0;7mb\u{1B}[m"),
    // An erased cell has the background that is selected.
    ("\u{1B}[44m\u{1B}[K\u{1B}[49m\u{1B}[3X", "\u{1B}[44m\u{1B}[K\u{1B}[m\u{1B}[3X"),
  ])
  func onlyNecessaryStylesAreSelected(output: String, shorter: String) {
    #expect(compress(output) == shorter)
  }

  @Test(arguments: [
    "", "abc", "\u{1B}[3m", "\u{1B}[58;5;1ma", "a\u{1B}[38m\u{1B}[mb", "\u{1B}[38;5ma",
    "\u{1B}[38;2;1ma",
    "\u{1B}", "\u{1B}[", "\u{1B}[31", "\u{1B}[?2026h\u{1B}[5;9r", "\u{1B}]0;a\u{7}", "日本\r\n",
    "\u{1B}[99999999999999999999m",
  ])
  func everythingElseIsKept(output: String) {
    #expect(compress(output) == output)
  }

  private static let pieces = [
    "a", "日", " ", "\r", "\u{1B}[K", "\u{1B}[2X", "\u{1B}[3;4H", "\u{1B}[2C", "\u{1B}[m",
    "\u{1B}(B\u{1B}[m",
    "\u{1B}[1m", "\u{1B}[0;1;7m", "\u{1B}[4m", "\u{1B}[31m", "\u{1B}[39m", "\u{1B}[49m",
    "\u{1B}[39;49m",
    "\u{1B}[44m", "\u{1B}[38;5;24m", "\u{1B}[48;5;30m", "\u{1B}[38;2;1;2;3m",
    "\u{1B}[0;48;2;1;2;3m",
    "\u{1B}[93m", "\u{1B}[104m",
  ]

  @Test(arguments: 0..<100)
  func theTerminalDisplaysTheSame(seed: Int) {
    let output = (0..<200).map { _ in Self.pieces.randomElement()! }.joined() + "\u{1B}[m"
    let size = Size(rows: 5, columns: 20)
    var pictures = [TerminalPicture(size: size), TerminalPicture(size: size)]
    pictures[0].append(Array(output.utf8))
    let compressed = StyleCompressor.compress(Array(output.utf8))
    #expect(compressed.count <= output.utf8.count)
    pictures[1].append(compressed)
    #expect(pictures[0].lines == pictures[1].lines)
    #expect(pictures[0].cursor == pictures[1].cursor)
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let styles = pictures.map { $0.style(row: row, column: column) }
        #expect(styles[0] == styles[1], "row \(row), column \(column): \(output.debugDescription)")
      }
    }
    #expect(TerminalBytes(compressed).isPlain)
  }
}
