import Testing

@testable import SafeText

struct SanitizerTests {
  @Test(arguments: [
    ("a\rb", #"a\x0Db"#), ("a\tb", #"a\x09b"#), ("a\u{7F}b", #"a\x7Fb"#),
    ("a\nb", #"a\x0Ab"#), ("\u{1B}[31m", #"\x1B[31m"#),
  ])
  func controlCharactersAreEscaped(text: String, expected: String) {
    #expect(SafeString(text).text == expected)
  }

  @Test func aNullByteIsEscaped() {
    #expect(SafeString(Array("/a\0b".utf8)).text == #"/a\x00b"#)
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE], #"\xFF\xFE"#), ([0xC3, 0x28], #"\xC3("#), ([0xC0, 0xAF], #"\xC0\xAF"#),
      ([0xED, 0xA0, 0x80], #"\xED\xA0\x80"#), ([0xE2, 0x82], #"\xE2\x82"#),
      ([0xF4, 0x90, 0x80, 0x80], #"\xF4\x90\x80\x80"#), ([0xE0, 0x80, 0x80], #"\xE0\x80\x80"#),
      ([0xF0, 0x80, 0x80, 0x80], #"\xF0\x80\x80\x80"#), ([0xF5, 0x41], #"\xF5A"#),
      ([0xE2, 0x28, 0xA1], #"\xE2(\xA1"#), ([0xC3, 0xA9], "é"), ([0x9B, 0x33], #"\x9B3"#),
    ] as [([UInt8], String)])
  func bytesThatAreNotUTF8AreEscapedOneByOne(bytes: [UInt8], expected: String) {
    #expect(SafeString(bytes).text == expected)
  }

  @Test(arguments: [
    ("\u{1B}]0;PWNED\u{07}", #"\x1B]0;PWNED\x07"#),
    ("\u{1B}[2J", #"\x1B[2J"#),
    ("\u{9B}31m", #"\x9B31m"#),
    ("\u{1B}P$q\"p\u{1B}\\", #"\x1BP$q"p\x1B\"#),
    ("\u{1B}]52;c;ZWNobw==\u{07}", #"\x1B]52;c;ZWNobw==\x07"#),
    ("\u{1B}[6n", #"\x1B[6n"#),
    ("\u{1B}[?1049l", #"\x1B[?1049l"#),
    ("\u{202E}gpj.exe", #"\u{202E}gpj.exe"#),
  ])
  func terminalCommandsAreShownNotExecuted(text: String, expected: String) {
    #expect(SafeString(text).text == expected)
  }

  @Test func aCharacterKeepsAtMostFourMarks() {
    let text = SafeString("a" + String(repeating: "\u{301}", count: 50))
    let cells = Array(text.clusters)
    #expect(
      cells[0] == Cluster(scalar: "a", marks: Array(repeating: "\u{301}", count: 4), width: 1))
    #expect(cells.dropFirst().allSatisfy { $0.marks.isEmpty })
    #expect(text.text.hasSuffix(#"\u{0301}\u{0301}"#))
  }

  @Test(
    arguments: [
      0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202A, 0x202B,
      0x202C, 0x202D, 0x2028, 0x2029, 0x2060, 0x2066, 0x2067,
      0x2068, 0x2069, 0xFEFF, 0xE0001, 0xE0041, 0xE007F, 0x600,
      0x61C, 0x180E, 0x34F, 0x115F, 0x3164, 0xFE0F, 0xE0100,
      0xE000, 0xFFFE, 0xFDD0, 0x10FFFF, 0x378, 0x1F3FD,
    ] as [UInt32])
  func invisibleCharactersAreWrittenAsTheirNumber(value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let digits = String(value, radix: 16, uppercase: true)
    let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    #expect(SafeString("x\(scalar)y").text == "x\\u{\(number)}y")
  }

  @Test(arguments: [
    ("\u{301}abc", #"\u{0301}abc"#), ("\u{1B}\u{301}", #"\x1B\u{0301}"#),
    ("\u{1160}", #"\u{1160}"#),
  ])
  func aMarkWithoutABaseCharacterIsEscaped(text: String, expected: String) {
    #expect(SafeString(text).text == expected)
  }

  @Test func aBackslashIsNotDoubled() {
    #expect(SafeString(#"a\b\\c\x41"#).text == #"a\b\\c\x41"#)
  }

  @Test(arguments: [
    ("é日本", #"\xC3\xA9\xE6\x97\xA5\xE6\x9C\xAC"#), ("\u{202E}", #"\xE2\x80\xAE"#),
    ("plain\t", #"plain\x09"#),
  ])
  func forASCIIEveryOtherByteIsEscaped(text: String, expected: String) {
    #expect(SafeString(text, as: .ascii).text == expected)
  }

  @Test func unicodeTextCanBeConvertedToASCII() {
    #expect(SafeString("é\u{202E}").converted(to: .ascii).text == #"\xC3\xA9\u{202E}"#)
    #expect(SafeString("abc").converted(to: .ascii) == "abc")
  }

  @Test func everyBytePairBecomesSafeTextOfTheStatedWidth() {
    for first in UInt8.min...UInt8.max {
      for second in UInt8.min...UInt8.max { expectSafe([first, second, 0x80, 0xBF]) }
    }
  }

  @Test func everyCharacterBecomesSafeTextOfTheStatedWidth() {
    for value in stride(from: UInt32(0), through: 0x10FFFF, by: 7) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      expectSafe(Array("a\(scalar)".utf8))
    }
  }

  @Test func randomBytesBecomeSafeText() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      expectSafe((0..<200).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  /// Checks that sanitizing again changes nothing, that the clusters add up to the width and that no
  /// unsafe character is left.
  private func expectSafe(_ bytes: [UInt8]) {
    let text = SafeString(bytes)
    let isSafe = text.text.unicodeScalars.allSatisfy { $0.characterClass != .unsafe }
    let width = text.clusters.reduce(0) { $0 + $1.width }
    guard !isSafe || width != text.width || SafeString(text.text) != text else { return }
    Issue.record("\(bytes) became \(text.text) of \(text.width) columns")
  }
}
