import Testing

@testable import CursesTerminal

struct DirectColorsTests {
  /// Two colours with the placeholders 16 and 17.
  private func colors() -> DirectColors {
    var colors = DirectColors()
    #expect(colors.number(0x1C4F7C) == 16)
    #expect(colors.number(0xFF0000) == 17)
    #expect(colors.number(0x1C4F7C) == 16)
    return colors
  }

  @Test(
    arguments: [
      ("\u{1B}[38;5;16m", "\u{1B}[38;2;28;79;124m"),
      ("\u{1B}[48;5;17m", "\u{1B}[48;2;255;0;0m"),
      ("\u{1B}[1;38;5;17;48;5;16;4m", "\u{1B}[1;38;2;255;0;0;48;2;28;79;124;4m"),
      ("a\u{1B}[38;5;16mb\u{1B}[mc", "a\u{1B}[38;2;28;79;124mb\u{1B}[mc"),
      ("\u{1B}[38:5:16m", "\u{1B}[38:2::28:79:124m"),
      ("\u{1B}[0;48:5:17;1m", "\u{1B}[0;48:2::255:0:0;1m"),
    ])
  func placeholdersAreReplaced(output: String, shown: String) {
    let bytes = colors().replacingPlaceholders(in: Array(output.utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == shown)
  }

  @Test(arguments: [
    // Text.
    "38;5;16m", "[38;5;16m", "日38;5;16m本",
    // No placeholders: basic and unused colours, numbers out of range.
    "\u{1B}[31m", "\u{1B}[38;5;15m", "\u{1B}[38;5;18m", "\u{1B}[38;5;127m", "\u{1B}[38;5;9999m",
    "\u{1B}[38;5;99999999999999999999m", "\u{1B}[38;5;m", "\u{1B}[38;5m", "\u{1B}[38m",
    "\u{1B}[38:5m", "\u{1B}[39;49m", "\u{1B}[m", "\u{1B}[;;m", "\u{1B}[5;16m", "\u{1B}[58;5;16m",
    // The parts of a direct colour.
    "\u{1B}[38;2;38;5;16m", "\u{1B}[48;2;48;5;17;1m",
    // Other sequences, and sequences without an end.
    "\u{1B}[38;5;16H", "\u{1B}[?38;5;16m", "\u{1B}[>38;5;16m", "\u{1B}[38;5;16 m",
    "\u{1B}]38;5;16m",
    "\u{1B}", "\u{1B}[", "\u{1B}[38;5;16", "\u{1B}\u{1B}", "\u{1B}(B",
  ])
  func everythingElseIsKept(output: String) {
    let bytes = Array(output.utf8)
    #expect(colors().replacingPlaceholders(in: bytes) == bytes)
  }

  @Test func bytesThatAreNoTextAreKept() {
    let bytes: [UInt8] = [0xFF, 0x1B, 0xC3, 0x1B, 0x5B, 0x80, 0x6D, 0x00]
    #expect(colors().replacingPlaceholders(in: bytes) == bytes)
  }

  @Test func whenAllNumbersAreInUseThereIsNone() {
    var colors = DirectColors()
    #expect(colors.isEmpty)
    for rgb in 0..<112 { #expect(colors.number(UInt32(rgb)) == Int32(16 + rgb)) }
    #expect(colors.number(1_000) == nil)
    #expect(colors.number(111) == 127)
    let bytes = colors.replacingPlaceholders(in: Array("\u{1B}[38;5;127m".utf8))
    #expect(String(decoding: bytes, as: UTF8.self) == "\u{1B}[38;2;0;0;111m")
    // The numbers above are colours of the palette.
    let palette = Array("\u{1B}[38;5;128m".utf8)
    #expect(colors.replacingPlaceholders(in: palette) == palette)
  }

  @Test func onlyAColourThatCanHardlyBeToldFromThatOfThePaletteIsNearIt() {
    #expect(Color(0x8B949E, 246).isNearPalette)
    #expect(!Color(0xF85149, 203).isNearPalette)
    #expect(!Color(0x8B949E, nil).isNearPalette)
    // Its number is that of a placeholder.
    #expect(!Color(0x58A6FF, 75).isNearPalette)
  }
}
