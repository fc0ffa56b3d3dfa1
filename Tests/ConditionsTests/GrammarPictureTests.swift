import Conditions
import SafeText
import Testing

/// How an error is shown.
@Suite struct GrammarPictureTests {
  @Test(arguments: [
    ("(a+)+b", 1, ["(a+)+b", " ^"]),
    ("user=", 5, ["user=", "     ^"]),
    ("", 0, ["", "^"]),
    ("user=漢 x", 9, ["user=漢 x", "        ^"]),
    ("a\nb\u{1B}c", 4, [#"a\x0Ab\x1Bc"#, "          ^"]),
  ])
  func pointsUnderThePlace(text: String, offset: Int, lines: [String]) {
    #expect(GrammarError("wrong", at: offset).picture(of: text).map(\.text) == lines)
  }

  @Test func showsWhatStandsAroundThePlaceOfALongText() {
    let text = String(repeating: "a", count: 5000) + "!" + String(repeating: "b", count: 4000)
    let lines = GrammarError("wrong", at: 5000).picture(of: text, columns: 20)
    #expect(lines.map(\.text) == ["…aaaaaaaaa!bbbbbbbb…", "          ^"])
  }

  @Test func isSafeForAnyPlace() {
    let text = "ä漢\u{301}\u{202E}\n" + String(repeating: "é漢", count: 600)
    for offset in -1...(text.utf8.count + 2) {
      let lines = GrammarError("wrong", at: offset).picture(of: text, columns: 30)
      #expect(lines.count == 2)
      #expect(lines.allSatisfy { $0.width <= 31 })
    }
  }
}
