import SafeText
import Testing

struct SafeStringTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("/日本語/x", 9), ("👍", 2),
    ("ｱ", 1), ("Ａ", 2), ("…", 1), ("▲█┌", 3), ("\u{1F1E9}\u{1F1EA}", 2), ("한글", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("\u{1B}", 4), ("ไทย", 3), ("🫠", 2), ("𠀀", 2),
  ])
  func widthIsMeasuredInColumns(text: String, width: Int) {
    #expect(SafeString(text).width == width)
  }

  @Test func anEmojiFamilyIsShownAsItsMembers() {
    let family = SafeString("👩\u{200D}👩\u{200D}👧")
    #expect(family.text == #"👩\u{200D}👩\u{200D}👧"#)
    #expect(family.width == 2 + 8 + 2 + 8 + 2)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("abcdef", -1, ""), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 2, "…"),
    ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
  ])
  func longTextIsTruncatedWithAnEllipsis(text: String, columns: Int, truncated: String) {
    let result = SafeString(text).truncated(to: columns)
    #expect(result == SafeString(truncated))
    #expect(result.width <= max(0, columns))
  }

  @Test func truncationAtEveryColumnKeepsTheWidth() {
    let text = SafeString("/日本語/é\u{300}\u{300}👩\u{200D}👧\u{1F1E9}\u{1F1EA}x")
    for columns in 0...text.width {
      let fitted = text.truncated(to: columns).padded(to: columns)
      #expect(fitted.width == columns)
      #expect(fitted.clusters.reduce(0) { $0 + $1.width } == columns)
    }
  }

  @Test func inASCIITheEllipsisIsATilde() {
    #expect(SafeString("abcdef").truncated(to: 4, as: .ascii) == "abc~")
    #expect(SafeString("é").truncated(to: 3, as: .ascii) == #"\x~"#)
  }

  @Test func paddingAlignsTextLeftRightOrInTheCenter() {
    #expect(SafeString("日").padded(to: 5) == "日   ")
    #expect(SafeString("日").padded(to: 5, .right) == "   日")
    #expect(SafeString("日").padded(to: 5, .center) == " 日  ")
    #expect(SafeString("abc").padded(to: 2) == "abc")
  }

  @Test func aNameIsTruncatedAtItsLimitInBytes() {
    let name = [UInt8](repeating: 0x61, count: 300)
    #expect(SafeString(name, limit: 256).text == String(repeating: "a", count: 256) + "…")
    #expect(SafeString(Array(name[..<256]), limit: 256).width == 256)
    #expect(SafeString(name, limit: 256, as: .ascii).text.hasSuffix("a~"))
  }

  @Test(arguments: [(0, "…"), (1, "a…"), (2, "a…"), (3, "a…"), (4, "a日…"), (5, "a日b"), (-3, "…")])
  func aCharacterThatDoesNotFitWholeIsDropped(limit: Int, expected: String) {
    #expect(SafeString(Array("a日b".utf8), limit: limit).text == expected)
  }

  @Test func strayContinuationBytesAreTruncatedAtTheLimit() {
    let bytes = [UInt8](repeating: 0x80, count: 10)
    #expect(SafeString(bytes, limit: 8).text == String(repeating: #"\x80"#, count: 8) + "…")
  }

  @Test func literalsAndInterpolationsAreSanitized() {
    let name = "\u{1B}[2J"
    let text: SafeString = "name \(name), \(3) times"
    #expect(text.text == #"name \x1B[2J, 3 times"#)
    let part: SafeString = "a\tb"
    #expect(part + " \(part)" == #"a\x09b a\x09b"#)
  }

  @Test func textsAreEqualOnlyIfTheirBytesAre() {
    #expect(SafeString("é") != SafeString("e\u{301}"))
    #expect(Set([SafeString("é"), SafeString("e\u{301}"), SafeString("é")]).count == 2)
  }

  @Test func aMegabyteOfMarksIsTruncatedLikeOtherText() {
    let marks = "a" + String(repeating: "\u{301}", count: 500_000)
    #expect(SafeString(marks).truncated(to: 10).width == 10)
  }
}
