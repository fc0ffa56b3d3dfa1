import SafeText
import Testing

/// Names that are cut in their middle, because names that begin alike differ at their ends.
struct MiddleTruncationTests {
  private static let texts = [
    "", "a", "/index.html", "2001:db8:85a3:8d3:1319:8a2e:370:7348", "/日本語/ニュース/一覧",
    "e\u{301}te\u{301}e\u{301}te\u{301}", "/a日b本c語d", "日", "👩\u{200D}👩\u{200D}👧",
    "\u{1B}[2J\u{7}\u{1B}",
    "\u{1F1E9}\u{1F1EA}\u{1F1EB}\u{1F1F7}",
    "a" + String(repeating: "\u{301}", count: 30) + "bcdefg",
  ]

  @Test(arguments: texts, [TextEncoding.unicode, .ascii])
  func theResultIsNeverWiderThanAsked(text: String, encoding: TextEncoding) {
    let whole = SafeString(text).converted(to: encoding)
    for columns in -2...whole.width + 3 {
      let cut = SafeString(text).truncatedInMiddle(to: columns, as: encoding)
      #expect(cut.width <= max(0, columns), "\(columns): \(cut.text)")
      #expect(cut.clusters.reduce(0) { $0 + $1.width } == cut.width)
      #expect((cut == whole) == (columns >= whole.width || whole == ""))
      // Two columns may stay empty where a wide character does not fit at either side.
      #expect(cut.width >= min(columns, whole.width) - 2)
    }
  }

  @Test(arguments: texts, [TextEncoding.unicode, .ascii])
  func beginningAndEndRemain(text: String, encoding: TextEncoding) {
    let whole = SafeString(text).converted(to: encoding)
    guard whole.width > 6 else { return }
    for columns in 5..<whole.width {
      let parts = SafeString(text).truncatedInMiddle(to: columns, as: encoding).text
        .split(separator: encoding == .ascii ? "~" : "…", maxSplits: 1)
      #expect(parts.count == 2, "\(columns): \(parts)")
      guard parts.count == 2 else { continue }
      #expect(whole.text.unicodeScalars.starts(with: parts[0].unicodeScalars))
      #expect(whole.text.unicodeScalars.reversed().starts(with: parts[1].unicodeScalars.reversed()))
    }
  }

  @Test(arguments: [
    (10, "/inde…html"), (11, "/index.html"), (9, "/ind…html"), (8, "/ind…tml"), (4, "/i…l"),
    (3, "/…l"), (2, "/…"), (1, "…"), (0, ""), (-1, ""),
  ])
  func theEllipsisIsInTheMiddle(columns: Int, expected: String) {
    #expect(SafeString("/index.html").truncatedInMiddle(to: columns).text == expected)
  }

  @Test func wideCharactersAreKeptWholeOnBothSides() {
    let text = SafeString("日本語中国文")
    #expect(text.truncatedInMiddle(to: 11).text == "日本語…国文")
    #expect(text.truncatedInMiddle(to: 6).text == "日…文")
    #expect(text.truncatedInMiddle(to: 4).text == "日…")
    #expect(text.truncatedInMiddle(to: 2).text == "…")
  }

  @Test func addressesOfOneNetworkStayDistinct() {
    let cut = Set(
      (0..<200).map { index in
        SafeString("2001:db8:85a3:8d3:1319:8a2e:370:\(String(0x7000 + index, radix: 16))")
          .truncatedInMiddle(to: 18)
      })
    #expect(cut.count == 200)
  }
}
