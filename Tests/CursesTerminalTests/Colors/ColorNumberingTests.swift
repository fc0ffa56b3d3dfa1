import Testing

@testable import CursesTerminal

struct ColorNumberingTests {
  @Test(
    arguments: [
      (1 << 24, -1, [], .direct(red: 8, green: 8, blue: 8)),
      (1 << 24, 8, [], .direct(red: 8, green: 8, blue: 8)),
      (1 << 15, 5, [], .direct(red: 5, green: 5, blue: 5)),
      (1 << 16, -1, [], .direct(red: 6, green: 6, blue: 4)),
      (1 << 16, -1, [5, 6, 5], .direct(red: 5, green: 6, blue: 5)),
      (1 << 24, -1, [8, 8], .direct(red: 8, green: 8, blue: 8)),
    ] as [(Int, Int, [Int], ColorNumbering)])
  func theBitsOfAColourFollowTheTerminalDescription(
    count: Int, bits: Int, parts: [Int], numbering: ColorNumbering
  ) {
    #expect(ColorNumbering.direct(of: count, bits: bits, parts: parts) == numbering)
  }

  @Test func aColourHasTheNumberOfItsPartsOrItsIndex() {
    let color = Color(0x58A6FF, 75)
    #expect(ColorNumbering.palette.number(color) == 75)
    #expect(ColorNumbering.direct(red: 8, green: 8, blue: 8).number(color) == 0x58A6FF)
    #expect(ColorNumbering.palette.number(Color(0x2B1517, nil)) == nil)
    #expect(ColorNumbering.direct(red: 8, green: 8, blue: 8).number(Color(0, nil)) == 8)
  }

  @Test func theFirstEightColoursKeepTheirNumbers() {
    let numbering = ColorNumbering.direct(red: 8, green: 8, blue: 8)
    #expect([1, 7].map { numbering.number(Color(index: $0)) } == [1, 7])
    #expect(numbering.number(Color(index: 12)) == 0x5C5CFF)
  }

  @Test func withFewerBitsTheBrightestColourStaysTheBrightest() {
    let numbering = ColorNumbering.direct(red: 5, green: 6, blue: 5)
    #expect(numbering.number(Color(index: 231)) == 0xFFFF)
    #expect(numbering.number(Color(index: 196)) == 0xF800)
    #expect(numbering.number(Color(index: 46)) == 0x07E0)
  }
}
