import Testing

@testable import InfluxOutput

@Suite struct TagValueTests {
  private func written(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    TagValue.append(bytes, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Newline, `\`, `"`, space, `,` and `=`.
  @Test(arguments: [
    ("/api", "/api"), ("a\nb", #"a\x0Ab"#), (#"a"b"#, #"a"b"#), ("a b,c=d", #"a\ b\,c\=d"#),
    (#"DOMAIN\user"#, #"DOMAIN\user"#), (#"a\,b"#, #"a\x5C\,b"#), (#"a\"#, #"a\x5C"#),
    (#"a\\b"#, #"a\x5C\b"#), (#"\x41"#, #"\x5Cx41"#), (#"\n"#, #"\n"#), ("é€😀", "é€😀"),
    ("", #"\x"#), ("\u{85}\u{7F}\0", #"\xC2\x85\x7F\x00"#), ("#a'{}", "#a'{}"),
  ])
  func aNameIsWrittenSoThatBothStoresReadTheSame(name: String, text: String) {
    #expect(written(Array(name.utf8)) == text)
  }

  @Test func bytesThatAreNotUnicodeAreWrittenAsSuch() {
    #expect(written([0x61, 0xFF, 0xC3, 0x62]) == #"a\xFF\xC3b"#)
    #expect(written([0xED, 0xA0, 0x80]) == #"\xED\xA0\x80"#)
    #expect(written([0xF0, 0x9F, 0x98]) == #"\xF0\x9F\x98"#)
  }

  /// Otherwise one series would have two values at the same time.
  @Test func noTwoNamesAreWrittenAlike() {
    let pieces: [[UInt8]] =
      ["\\", "x", "5", "C", ",", " ", "=", "\n", "\"", "é"].map {
        Array($0.utf8)
      } + [[0xFF], [0xC3]]
    var names: Set<[UInt8]> = [[]]
    for _ in 0..<4 { names.formUnion(names.flatMap { name in pieces.map { name + $0 } }) }
    #expect(Set(names.map(written)).count == names.count)
  }

  @Test func aLongNameIsCutAndStillDiffersFromOthers() {
    let long = [UInt8](repeating: UInt8(ascii: "a"), count: 5_000)
    let texts = [written(long), written(long + [UInt8(ascii: "b")])]
    #expect(texts[0] != texts[1])
    #expect(texts.allSatisfy { $0.utf8.count < 1_100 && $0.hasPrefix("aaaa") })
  }
}
