import Testing

@testable import Actions

@Suite struct JSONTests {
  @Test(arguments: [
    "{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\"},\"f\":-1.5e+10}", "[]", "{}", "\"x\"",
    "0",
  ])
  func keepsWhatItReads(text: String) {
    #expect(
      JSONReader.value(of: Array(text.utf8)).map { String(decoding: $0.bytes, as: UTF8.self) }
        == text)
  }

  @Test(arguments: [
    "", "{", "{\"a\"}", "{\"a\":}", "[1,]", "01", "1.", "-", "tru", "\"\n\"", "\"\\x\"",
    "\"\\u12\"",
    "\"", "1 2", "nul", "{a:1}", "1e", String(repeating: "[", count: 100_000),
  ])
  func refusesWhatIsNotJSON(text: String) {
    #expect(JSONReader.value(of: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    ("\"\\u00e9\\n\\/\"", "é\n/"), ("\"\\ud83d\\ude00\"", "😀"), ("\"\\ud83d\"", "\u{FFFD}"),
    ("\"\\ud83d\\u0041\"", "\u{FFFD}A"), ("\"\\u0000\"", "\0"),
  ])
  func readsEscapes(text: String, expected: String) {
    #expect(JSONReader.value(of: Array(text.utf8))?.text == expected)
  }

  @Test func bytesThatAreNotUTF8BecomeReplacementCharacters() {
    #expect(JSONReader.value(of: [0x22, 0x61, 0xFF, 0x22])?.text == "a\u{FFFD}")
  }

  @Test func aStringIsCutBetweenCharacters() {
    let text = String(repeating: "é", count: 1_000)
    let cut = ClippedText.text(text, limit: 100)
    #expect(cut.utf8.count <= 100 && cut.hasSuffix("é…"))
    #expect(ClippedText.text("abc", limit: 3) == "abc")
  }
}
