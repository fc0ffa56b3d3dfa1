import TerminalKit
import Testing

/// Tests of the parser that the tests of the screen rely on.
struct TerminalBytesTests {
  @Test(
    arguments: [
      ("\u{1B}]104\u{7}a", [.string("\u{1B}]104\u{7}"), .text(Array("a".utf8))]),
      ("\u{1B}]104\u{1B}\\a", [.string("\u{1B}]104\u{1B}\\"), .text(Array("a".utf8))]),
      ("\u{1B}]Ra\u{7}", [.string("\u{1B}]R"), .text(Array("a".utf8)), .control(7)]),
      ("\u{1B}]P7aaaaaabc", [.string("\u{1B}]P7aaaaaa"), .text(Array("bc".utf8))]),
      (
        "\u{1B}]0;a\u{1B}[mb",
        [
          .string("\u{1B}]0;a"), .sequence("\u{1B}[m"), .text(Array("b".utf8)),
        ]
      ),
      (
        "\u{1B}P1$r\u{1B}[Ha",
        [
          .string("\u{1B}P1$r"), .sequence("\u{1B}[H"), .text(Array("a".utf8)),
        ]
      ),
    ] as [(String, [TerminalBytes.Item])])
  func aControlStringDoesNotSwallowWhatFollowsIt(bytes: String, items: [TerminalBytes.Item]) {
    #expect(TerminalBytes(Array(bytes.utf8)).items == items)
  }

  @Test(arguments: ["\u{1B}]", "\u{1B}]104", "\u{1B}]104\u{1B}", "\u{1B}]P12", "\u{1B}P"])
  func aControlStringWithoutItsEndIsLeftOver(bytes: String) {
    let parsed = TerminalBytes(Array(bytes.utf8))
    #expect(parsed.items.isEmpty)
    #expect(parsed.leftover == Array(bytes.utf8)[...])
  }
}
