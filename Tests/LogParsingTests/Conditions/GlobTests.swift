import AccessLog
import LogParsing
import Testing

@testable import class LogParsing.ConstantMemory
@testable import struct LogParsing.Glob

/// Globs beside a slow matcher, and on texts that repeat themselves.
@Suite struct GlobTests {
  private func matches(_ pattern: String, _ text: String) -> Bool {
    let memory = ConstantMemory()
    return Glob(Array(pattern.utf8), memory).matches(memory.text(Array(text.utf8)))
  }

  @Test(arguments: [
    ("", "", true), ("", "a", false), ("*", "", true), ("*", "abc", true), ("a", "a", true),
    ("a", "A", true), ("A", "a", true), ("a", "b", false), ("?", "a", true), ("?", "", false),
    ("?", "ä", true), ("??", "ä", false), ("?", "漢", true), ("?*", "", false), ("*?", "a", true),
    ("a*", "abc", true), ("*c", "abc", true), ("a*c", "abc", true), ("a*c", "ac", true),
    ("a*b*c", "aXbXc", true), ("a*b*c", "acb", false), ("*b*", "abc", true), ("*d*", "abc", false),
    ("ab*ab", "ab", false), ("ab*ab", "abab", true), ("*ab?", "abäabx", true),
    (#"\*"#, "*", true), (#"\*"#, "a", false), (#"\?"#, "?", true), (#"\?"#, "a", false),
    (#"a\b"#, #"a\b"#, true), (#"\"#, #"\"#, true), (#"*\**"#, "a*b", true),
    ("*ä*", "xÄx", false), ("*[*", "a{b", false), ("*@*", "a`b", false), ("*é", "aé", true),
    ("***a***", "xax", true), ("*?*?*", "a", false), ("*?*?*", "ab", true),
  ])
  func matchesWholeTexts(pattern: String, text: String, isMatch: Bool) {
    #expect(matches(pattern, text) == isMatch)
  }

  /// Whether a pattern matches, by definition.
  private static func slow(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool
  {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return slow(pattern.dropFirst(), text) || (!text.isEmpty && slow(pattern, text.dropFirst()))
    }
    guard let byte = text.first, first == "?" || first.lowercased() == byte.lowercased() else {
      return false
    }
    return slow(pattern.dropFirst(), text.dropFirst())
  }

  @Test func agreesWithTheDefinition() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<20_000 {
      let pattern = (0..<Int.random(in: 0...7, using: &generator)).map { _ in
        "aAb*?漢".randomElement(using: &generator) ?? "a"
      }
      let text = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
        "abB漢".randomElement(using: &generator) ?? "a"
      }
      #expect(
        matches(String(pattern), String(text)) == Self.slow(pattern[...], text[...]),
        "\(String(pattern)) \(String(text))")
    }
  }

  /// Such a text is compared step by step once comparing it again and again would take long.
  @Test(arguments: ["a", "ab", "aa?", "漢?"])
  func findsWhatRepeatsItself(unit: String) {
    let text = String(repeating: unit.replacing("?", with: "é"), count: 2000)
    let needle = String(repeating: unit, count: 100)
    #expect(matches("*\(needle)*", text))
    #expect(!matches("*\(needle)x*", text))
    #expect(matches("*\(needle)x*", text + needle.replacing("?", with: "ß") + "Xab"))
    #expect(matches("*\(needle)?x*", text + "äx" + text))
    #expect(!matches("*\(needle)y*x", text + "x"))
  }
}
