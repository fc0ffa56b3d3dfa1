import Testing

@testable import CursesTerminal

struct TerminalAnswersTests {
  private static let isComplete = "\u{1B}[?62;22c"

  @Test(
    arguments: [
      ("\u{1B}]11;rgb:0000/0000/0000\u{7}", false), ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\", true),
      ("\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{7}", false), ("\u{1B}]11;rgb:ff/ff/ff\u{7}", true),
      ("\u{1B}]11;rgb:f/f/F\u{7}", true), ("\u{1B}]11;rgb:0/1/2\u{7}", false),
      ("\u{1B}]11;rgb:fdf/f6f/e3e\u{7}", true), ("\u{1B}]11;rgba:ffff/ffff/ffff/8000\u{7}", true),
      // Blue is dark, yellow is light.
      ("\u{1B}]11;rgb:0000/0000/ffff\u{7}", false), ("\u{1B}]11;rgb:ffff/ffff/0000\u{7}", true),
      // On a medium grey, the contrast of black text is greater from here on.
      ("\u{1B}]11;rgb:7575/7575/7575\u{7}", false), ("\u{1B}]11;rgb:7676/7676/7676\u{7}", true),
      ("\u{1B}]11;rgb:fffff/ffff/ffff\u{7}", nil), ("\u{1B}]11;rgb:ff/ff\u{7}", nil),
      ("\u{1B}]11;rgb:ff/ff/ff/ff\u{7}", nil), ("\u{1B}]11;rgb:ff//ff\u{7}", nil),
      ("\u{1B}]11;rgb:+f/ff/ff\u{7}", nil), ("\u{1B}]11;rgb:gg/ff/ff\u{7}", nil),
      ("\u{1B}]11;white\u{7}", nil), ("\u{1B}]11;?\u{7}", nil), ("\u{1B}]11;\u{7}", nil),
    ] as [(String, Bool?)])
  func theBackgroundIsLightOrDark(answer: String, isLight: Bool?) {
    let answers = TerminalAnswers(Array(answer.utf8))
    #expect(answers.hasLightBackground == isLight)
    #expect(answers.typed.isEmpty && !answers.isComplete)
  }

  @Test(arguments: [
    ("\u{1B}[?2026;1$y", true), ("\u{1B}[?2026;2$y", true), ("\u{1B}[?2026;0$y", false),
    ("\u{1B}[?2026;3$y", false), ("\u{1B}[?2026;4$y", false), ("\u{1B}[?2026;$y", false),
    ("\u{1B}[?2026;11$y", false),
  ])
  func outputIsSynchronizedWhereTheModeCanBeSet(answer: String, synchronizes: Bool) {
    let answers = TerminalAnswers(Array(answer.utf8))
    #expect(answers.synchronizesOutput == synchronizes)
    #expect(answers.typed.isEmpty)
  }

  @Test(
    arguments: [
      "q", "é日", "\u{1B}", "\u{1B}OA", "\u{1B}[A", "\u{1B}[1;5C", "\u{1B}q",
      "\u{1B}[200~x\u{1B}[201~",
      "\u{1B}\u{1B}", "\u{1B}[", "\u{1B}]", "\u{1B}]11;rgb:00", "\u{1B}]11;rgb:0/0/0\u{1B}",
      "\u{3}",
      // Answers to queries of other programs, which the reader of keys ignores.
      "\u{1B}[?2027;2$y", "\u{1B}]10;rgb:0/0/0\u{7}", "\u{1B}[12;40R", "\u{1B}]11;rgb\u{1B}x",
    ])
  func everythingElseWasTyped(typed: String) {
    let bytes = Array(typed.utf8)
    let answer = Array("\u{1B}]11;rgb:ff/ff/ff\u{7}\u{1B}[?2026;2$y".utf8)
    #expect(TerminalAnswers(bytes).typed == bytes)
    #expect(TerminalAnswers(answer + bytes).typed == bytes)
    #expect(TerminalAnswers(answer + bytes).hasLightBackground == true)
  }

  @Test func keysBetweenAnswersKeepTheirOrder() {
    let answers = TerminalAnswers(
      Array("a\u{1B}]11;rgb:0/0/0\u{7}b\u{1B}OA\u{1B}[?2026;2$yc\(Self.isComplete)d".utf8))
    #expect(answers.typed == Array("ab\u{1B}OAcd".utf8))
    #expect(answers.hasLightBackground == false)
    #expect(answers.synchronizesOutput && answers.isComplete)
  }

  /// Answers arrive in any pieces.
  @Test func anAnswerThatIsNotCompleteHasNoEffect() {
    let all = Array("\u{1B}]11;rgb:ff/ff/ff\u{7}\u{1B}[?2026;2$y\(Self.isComplete)".utf8)
    let background = 18
    for count in 0..<all.count {
      let answers = TerminalAnswers(Array(all[..<count]))
      #expect(!answers.isComplete, "\(count)")
      #expect((answers.hasLightBackground == true) == (count >= background), "\(count)")
    }
    #expect(TerminalAnswers(all).isComplete)
  }

  @Test(arguments: 0..<200)
  func randomBytesAreKept(seed: Int) {
    let bytes = (0..<seed).map { _ in UInt8.random(in: 0...255) }
    let answers = TerminalAnswers(bytes)
    #expect(answers.typed.count <= bytes.count)
    if !bytes.contains(0x1B) { #expect(answers.typed == bytes) }
  }
}

struct TerminalHintsTests {
  @Test(
    arguments: [
      ("0;15", true), ("15;0", false), ("0;7", true), ("7;0", false), ("15;8", false),
      ("0;default;15", true), ("15;default;0", false), ("0;6", false), ("0;9", true),
      ("12;1", false),
      ("15;default", nil), ("", nil), ("0;16", nil), ("0;-1", nil), ("0;", nil), ("x", nil),
    ] as [(String, Bool?)])
  func theBackgroundFollowsTheLastNumber(value: String, isLight: Bool?) {
    #expect(TerminalHints(["COLORFGBG": value]).hasLightBackground == isLight)
  }

  @Test(arguments: [
    ("truecolor", true), ("24bit", true), ("Truecolor", true), ("", false), ("1", false),
  ])
  func directColoursAreClaimed(value: String, claims: Bool) {
    #expect(TerminalHints(["COLORTERM": value]).claimsTruecolor == claims)
  }

  @Test func withoutVariablesNothingIsKnown() {
    let hints = TerminalHints([:])
    #expect(hints.hasLightBackground == nil && !hints.claimsTruecolor && !hints.printsModeQueries)
    #expect(TerminalHints(["TERM_PROGRAM": "Apple_Terminal"]).printsModeQueries)
  }
}
