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
  func everyColourIsLegibleOnBlackAndOnWhite(depth: ColorDepth) {
    // The basic colours cannot be chosen; red on black has the lowest contrast of them.
    let least = depth == .full ? 3.5 : 3.0
    for style in Style.allCases {
      let appearance = style.appearance(depth)
      guard let foreground = appearance.foreground else { continue }
      if let background = appearance.background {
        #expect(contrast(luminance(foreground), luminance(background)) >= 4.5, "\(style)")
      } else {
        #expect(contrast(luminance(foreground), 0) >= least, "\(style) on black")
        #expect(contrast(luminance(foreground), 1) >= least, "\(style) on white")
      }
    }
  }

  @Test(arguments: ColorDepth.allCases)
  func importantStatesDifferFromText(depth: ColorDepth) {
    let states: [Style] = [.notice, .warning, .alert, .alertBadge, .chartAlertBar]
    for style in states {
      #expect(style.appearance(depth) != Style.text.appearance(depth), "\(style)")
    }
    #expect(Style.alert.appearance(depth) != Style.warning.appearance(depth))
    #expect(Style.chartAlertBar.appearance(depth) != Style.chartBar.appearance(depth))
    #expect(Style.focusedBorder.appearance(depth) != Style.border.appearance(depth))
  }

  @Test func withoutColoursNoStyleHasOne() {
    for style in Style.allCases {
      for appearance in [style.appearance(.monochrome), style.selectedAppearance(.monochrome)] {
        #expect(appearance.foreground == nil && appearance.background == nil)
      }
    }
  }

  @Test(arguments: ColorDepth.allCases)
  func everyRoleIsDistinguishableOnTheBackgroundOfASelectedRow(depth: ColorDepth) {
    let inRows: [Style] = [.text, .strong, .muted, .bar, .good, .notice, .warning, .alert]
    for style in inRows {
      let appearance = style.selectedAppearance(depth)
      #expect(appearance != style.appearance(depth))
      guard depth != .monochrome else {
        #expect(appearance.isReverse)
        continue
      }
      #expect(
        appearance.background == Style.text.selectedAppearance(depth).background
          && !appearance.isReverse)
      guard let foreground = appearance.foreground, let background = appearance.background else {
        Issue.record("\(style) has no colour of its own")
        continue
      }
      let least = depth == .full ? 4.5 : 4
      #expect(contrast(luminance(foreground), luminance(background)) >= least, "\(style)")
    }
    let plain = Style.text.selectedAppearance(depth)
    for style: Style in [.notice, .warning, .alert] {
      #expect(style.selectedAppearance(depth) != plain, "\(style)")
    }
    #expect(Style.alert.selectedAppearance(depth) != Style.warning.selectedAppearance(depth))
    if depth != .monochrome { #expect(Style.bar.selectedAppearance(depth) != plain) }
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
  func theBitsOfAColourFollowTheTerminalDescription(
    count: Int, bits: Int, parts: [Int], numbering: ColorNumbering
  ) {
    #expect(ColorNumbering.direct(of: count, bits: bits, parts: parts) == numbering)
  }

  @Test(
    arguments: [
      (196, 0xFF_00_00), (32, 0x00_87_D7), (243, 0x76_76_76), (231, 0xFF_FF_FF), (12, 0x5C_5C_FF),
      (1, 1), (7, 7),
    ] as [(Int16, Int32)])
  func aPaletteColourHasTheSameValueAsADirectColour(index: Int16, value: Int32) {
    #expect(ColorNumbering.direct(red: 8, green: 8, blue: 8).number(index) == value)
    #expect(ColorNumbering.palette.number(index) == Int32(index))
  }

  @Test func withFewerBitsTheBrightestColourStaysTheBrightest() {
    let numbering = ColorNumbering.direct(red: 5, green: 6, blue: 5)
    #expect(numbering.number(231) == 0xFFFF)
    #expect(numbering.number(196) == 0xF800)
    #expect(numbering.number(46) == 0x07E0)
  }
}
