import Glibc
import TerminalCanvas
import Testing

@testable import CursesTerminal

struct PaletteTests {
  /// Relative luminance of a colour of the usual 256 (WCAG 2, "relative luminance").
  private func luminance(_ color: Int16) -> Double {
    let basic: [(Int, Int, Int)] = [
      (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205),
      (0, 205, 205), (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
      (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ]
    func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
    let index = Int(color) - 16
    let (red, green, blue) =
      switch color {
      case ..<16: basic[Int(color)]
      case 232...: (8 + 10 * (index - 216), 8 + 10 * (index - 216), 8 + 10 * (index - 216))
      default: (level(index / 36), level(index / 6 % 6), level(index % 6))
      }
    func linear(_ value: Int) -> Double {
      let part = Double(value) / 255
      return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  private func contrast(_ one: Double, _ other: Double) -> Double {
    (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  @Test(arguments: ColorDepth.allCases)
  func everyColourCanBeReadOnBlackAndOnWhite(depth: ColorDepth) {
    // The darker of the basic colours are as they are; red on black is the worst of them.
    let least = depth == .full ? 3.5 : 3.0
    for style in Style.allCases {
      let look = style.look(depth)
      guard let foreground = look.foreground else { continue }
      if let background = look.background {
        #expect(contrast(luminance(foreground), luminance(background)) >= 4.5, "\(style)")
      } else {
        #expect(contrast(luminance(foreground), 0) >= least, "\(style) on black")
        #expect(contrast(luminance(foreground), 1) >= least, "\(style) on white")
      }
    }
  }

  @Test(arguments: ColorDepth.allCases)
  func statesThatMatterLookDifferentFromText(depth: ColorDepth) {
    let states: [Style] = [.notice, .warning, .alert, .alertBadge, .chartAlertBar]
    for style in states { #expect(style.look(depth) != Style.text.look(depth), "\(style)") }
    #expect(Style.alert.look(depth) != Style.warning.look(depth))
    #expect(Style.chartAlertBar.look(depth) != Style.chartBar.look(depth))
    #expect(Style.focusedBorder.look(depth) != Style.border.look(depth))
  }

  @Test func withoutColoursNothingHasOne() {
    for style in Style.allCases {
      for look in [style.look(.monochrome), style.selectedLook(.monochrome)] {
        #expect(look.foreground == nil && look.background == nil)
      }
    }
  }

  @Test(arguments: ColorDepth.allCases)
  func aSelectedRowIsABackgroundOnWhichEveryRoleCanStillBeTold(depth: ColorDepth) {
    let inRows: [Style] = [.text, .strong, .muted, .bar, .good, .notice, .warning, .alert]
    for style in inRows {
      let look = style.selectedLook(depth)
      #expect(look != style.look(depth))
      guard depth != .monochrome else {
        #expect(look.isReverse)
        continue
      }
      #expect(look.background == Style.text.selectedLook(depth).background && !look.isReverse)
      guard let foreground = look.foreground, let background = look.background else {
        Issue.record("\(style) has no colour of its own")
        continue
      }
      let least = depth == .full ? 4.5 : 4
      #expect(contrast(luminance(foreground), luminance(background)) >= least, "\(style)")
    }
    let plain = Style.text.selectedLook(depth)
    for style: Style in [.notice, .warning, .alert] {
      #expect(style.selectedLook(depth) != plain, "\(style)")
    }
    #expect(Style.alert.selectedLook(depth) != Style.warning.selectedLook(depth))
    if depth != .monochrome { #expect(Style.bar.selectedLook(depth) != plain) }
  }

  @Test(arguments: [
    (0, ColorDepth.monochrome), (-1, .monochrome), (2, .monochrome), (8, .eight), (16, .sixteen),
    (64, .sixteen), (88, .sixteen), (256, .full), (257, .full), (32_768, .full),
    (16_777_216, .full),
  ])
  func theDepthFollowsTheNumberOfColours(count: Int, depth: ColorDepth) {
    #expect(ColorDepth(colors: count) == depth)
  }

  @Test(
    arguments: [
      (1 << 24, -1, [], .direct(red: 8, green: 8, blue: 8)),
      (1 << 24, 8, [], .direct(red: 8, green: 8, blue: 8)),
      (1 << 15, 5, [], .direct(red: 5, green: 5, blue: 5)),
      (1 << 16, -1, [], .direct(red: 6, green: 6, blue: 4)),
      (1 << 16, -1, [5, 6, 5], .direct(red: 5, green: 6, blue: 5)),
      (1 << 24, -1, [8, 8], .direct(red: 8, green: 8, blue: 8)),
    ] as [(Int, Int, [Int], ColorNumbering)])
  func theBitsOfAColourAreAsTheTerminalSays(
    count: Int, bits: Int, parts: [Int], numbering: ColorNumbering
  ) {
    #expect(ColorNumbering.direct(of: count, bits: bits, parts: parts) == numbering)
  }

  @Test(
    arguments: [
      (196, 0xFF_00_00), (32, 0x00_87_D7), (243, 0x76_76_76), (231, 0xFF_FF_FF), (12, 0x5C_5C_FF),
      (1, 1), (7, 7),
    ] as [(Int16, Int32)])
  func aColourIsTheSameUnderItsOtherNumber(index: Int16, value: Int32) {
    #expect(ColorNumbering.direct(red: 8, green: 8, blue: 8).number(index) == value)
    #expect(ColorNumbering.palette.number(index) == Int32(index))
  }

  @Test func fewerBitsKeepTheBrightestPart() {
    let numbering = ColorNumbering.direct(red: 5, green: 6, blue: 5)
    #expect(numbering.number(231) == 0xFFFF)
    #expect(numbering.number(196) == 0xF800)
    #expect(numbering.number(46) == 0x07E0)
  }
}
