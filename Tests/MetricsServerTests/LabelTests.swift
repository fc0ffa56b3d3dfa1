import AccessLog
import Testing
import TrafficAnalysis

@testable import MetricsServer

/// Names from a log as labels.
@Suite struct LabelTests {
  @Test(arguments: [
    ("/a", "/a"), ("/a\\b", #"/a\\b"#), ("/\"x\"", #"/\"x\""#), ("/a\nb", #"/a\nb"#),
    ("/\\n", #"/\\n"#), ("/ü{}=,", "/ü{}=,"),
    ("/\u{1B}[2J\r\u{85}", "/\u{FFFD}[2J\u{FFFD}\u{FFFD}"),
  ])
  func whatHasAMeaningIsEscaped(name: String, written: String) {
    #expect(LabelText.escaped(LabelText.value(of: Name(name))) == written)
  }

  @Test func bytesThatAreNotUTF8AreRepaired() {
    #expect(LabelText.value(of: Name([0x2F, 0xFF, 0x61, 0xC3])) == "/\u{FFFD}a\u{FFFD}")
  }

  @Test(arguments: [255, 256, 257, 258, 259, 100_000])
  func longNamesAreCutBetweenCharacters(length: Int) {
    for character in ["a", "é", "日", "😀"] {
      let count = length / character.utf8.count
      let name = String(repeating: character, count: count)
      let value = LabelText.value(of: Name(name))
      guard name.utf8.count > LabelText.limit else {
        #expect(value == name)
        continue
      }
      #expect(value.hasSuffix("…") && name.hasPrefix(value.dropLast()))
      let kept = value.utf8.count - 3
      #expect(kept <= LabelText.limit && kept > LabelText.limit - character.utf8.count)
    }
  }

  @Test func sectionsWhoseLabelsAreEqualAreOneSeries() {
    let long = String(repeating: "x", count: 300)
    let rows = [
      RankedName(name: Name("/\(long)1"), hits: 9, bytes: 90, clientErrors: 1, serverErrors: 2),
      RankedName(name: Name([0x2F, 0xFF]), hits: 5, bytes: 50),
      RankedName(name: Name("/\(long)2"), hits: 3, bytes: 30, clientErrors: 1),
      RankedName(name: Name([0x2F, 0xFE]), hits: 2, bytes: .max),
      RankedName(name: Name("/e\u{301}"), hits: 1), RankedName(name: Name("/\u{E9}"), hits: 1),
    ]
    let sections = LabelledSection.sections(rows)
    // Composed and decomposed characters are different bytes, and different labels.
    #expect(sections.map(\.hits) == [12, 7, 1, 1])
    #expect(sections.map(\.bytes) == [120, .max, 0, 0])
    #expect(sections[0].clientErrors == 2 && sections[0].serverErrors == 2)
  }
}
