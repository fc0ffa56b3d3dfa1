import Testing

/// A text that an attacker may write into a log to control the terminal of its reader, and how it is
/// drawn instead.
struct HostileText: Sendable, CustomTestStringConvertible {
  let bytes: [UInt8]
  /// How it is drawn on a Unicode terminal; a prefix is enough.
  let drawn: String

  private init(_ text: String, _ drawn: String) {
    (bytes, self.drawn) = (Array(text.utf8), drawn)
  }

  private init(bytes: [UInt8], _ drawn: String) {
    (self.bytes, self.drawn) = (bytes, drawn)
  }

  var testDescription: String { drawn }

  static let all: [HostileText] = sequences + characters + broken

  private static let sequences: [HostileText] = [
    HostileText("\u{1B}]0;PWNED\u{7}", #"\x1B]0;PWNED\x07"#),
    HostileText("\u{1B}[2J", #"\x1B[2J"#),
    HostileText("\u{9B}31m", #"\x9B31m"#),
    HostileText("\u{1B}P$qm\u{1B}\\", #"\x1BP$qm\x1B\"#),
    HostileText("\u{1B}P$q\"p\u{1B}\\", #"\x1BP$q"#),
    HostileText("\u{1B}]52;c;ZWNobw==\u{7}", #"\x1B]52;c;ZWNobw==\x07"#),
    HostileText("\u{1B}[6n", #"\x1B[6n"#),
    HostileText("\u{1B}[5;9r", #"\x1B[5;9r"#),
    HostileText("\u{1B}[1049l", #"\x1B[1049l"#), HostileText("\u{1B}[?1049l", #"\x1B["#),
    HostileText("\u{1B}_apc\u{1B}\\", #"\x1B_apc\x1B\"#),
    HostileText("\u{1B}^pm\u{1B}\\", #"\x1B^pm\x1B\"#),
    HostileText("\u{1B}Xsos\u{1B}\\", #"\x1BXsos\x1B\"#),
    HostileText("\u{1B}c", #"\x1Bc"#),
    HostileText("\u{1B}(0lqk", #"\x1B(0lqk"#),
    HostileText("\u{90}dcs\u{9C}", #"\x90dcs\x9C"#),
    HostileText("\u{9D}0;osc\u{7}", #"\x9D0;osc\x07"#),
  ]

  private static let characters: [HostileText] =
    [
      HostileText("a\rb", #"a\x0Db"#), HostileText("a\tb", #"a\x09b"#),
      HostileText("a\u{7}b", #"a\x07b"#), HostileText("a\u{8}b", #"a\x08b"#),
      HostileText("a\u{E}b", #"a\x0Eb"#), HostileText("a\u{7F}b", #"a\x7Fb"#),
      HostileText("a\u{85}b", #"a\x85b"#),
      HostileText(
        "a" + String(repeating: "\u{301}", count: 50), "a\u{301}\u{301}\u{301}\u{301}\\u"),
    ]
    + [
      0xAD, 0x61C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A, 0x202B, 0x202C,
      0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFE0F, 0xFEFF, 0xFFF9, 0xE000,
      0xE0041, 0xE007F,
    ].map { number in
      let digits = String(number, radix: 16, uppercase: true)
      let padding = String(repeating: "0", count: max(0, 4 - digits.count))
      return HostileText(
        "b" + String(Unicode.Scalar(UInt32(number))!) + "c", "b\\u{\(padding)\(digits)}c")
    }

  private static let broken: [HostileText] = [
    HostileText(bytes: [0x9B, 0x33, 0x31, 0x6D], #"\x9B31m"#),
    HostileText(bytes: [0xFF, 0xFE], #"\xFF\xFE"#), HostileText(bytes: [0xC3, 0x28], #"\xC3("#),
    HostileText(bytes: [0xC0, 0xAF], #"\xC0\xAF"#),
    HostileText(bytes: [0xED, 0xA0, 0x80], #"\xED\xA0\x80"#),
    HostileText(bytes: [0xE2, 0x82], #"\xE2\x82"#), HostileText(bytes: [0x61, 0x00], #"a\x00"#),
  ]
}
