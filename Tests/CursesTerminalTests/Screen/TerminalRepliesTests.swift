import TerminalKit
import Testing

/// The replies of the terminal that tests and measurements play.
@Suite struct TerminalRepliesTests {
  /// Queries and their replies.
  private static let queries = [
    ("\u{1B}[c", "\u{1B}[?64;1;2;6;9;15;18;21;22c"),
    ("\u{1B}[0c", "\u{1B}[?64;1;2;6;9;15;18;21;22c"),
    ("\u{1B}[>c", "\u{1B}[>41;379;0c"),
    ("\u{1B}[>0q", "\u{1B}P>|XTerm(379)\u{1B}\\"),
    ("\u{1B}[6n", "\u{1B}[1;1R"),
    ("\u{1B}[?2026$p", "\u{1B}[?2026;2$y"),
    ("\u{1B}[?2048$p", "\u{1B}[?2048;0$y"),
    ("\u{1B}]11;?\u{1B}\\", "\u{1B}]11;rgb:0000/0000/0000\u{1B}\\"),
    ("\u{1B}]10;?\u{7}", "\u{1B}]10;rgb:ffff/ffff/ffff\u{7}"),
  ]

  private static func replies(
    to pieces: [[UInt8]], isLight: Bool = false
  ) -> String {
    var terminal = TerminalReplies(isLight: isLight)
    return String(decoding: pieces.flatMap { terminal.replies(to: $0) }, as: UTF8.self)
  }

  @Test(arguments: queries)
  func aQueryIsAnsweredHoweverItIsSplit(query: String, reply: String) {
    let output = Array("text\(query)text".utf8)
    #expect(Self.replies(to: [output]) == reply)
    #expect(Self.replies(to: output.map { [$0] }) == reply)
  }

  @Test func queriesAreAnsweredInOrder() {
    let output = Self.queries.map(\.0).joined()
    #expect(Self.replies(to: [Array(output.utf8)]) == Self.queries.map(\.1).joined())
  }

  @Test func aLightTerminalReportsItsColours() {
    let output = Array("\u{1B}]11;?\u{7}\u{1B}]10;?\u{7}".utf8)
    let expected = "\u{1B}]11;rgb:ffff/ffff/ffff\u{7}\u{1B}]10;rgb:0000/0000/0000\u{7}"
    #expect(Self.replies(to: [output], isLight: true) == expected)
  }

  @Test(arguments: [
    "\u{1B}[2J\u{1B}[1;1H\u{1B}[38;5;75m", "\u{1B}]11;#102030\u{7}", "\u{1B}]2;?\u{7}",
    "\u{1B}P+q544e\u{1B}\\", "\u{1B}[?2026h", "\u{1B}(B", "[c", "\u{1B}]11;?\u{1B}[",
  ])
  func nothingElseIsAnswered(output: String) {
    #expect(Self.replies(to: [Array(output.utf8)]) == "")
  }
}
