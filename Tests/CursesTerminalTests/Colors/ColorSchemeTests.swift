import TerminalCanvas
import Testing

@testable import CursesTerminal

/// Terminals with few colours or none.
struct ColorSchemeTests {
  private func appearance(
    _ style: Style, _ depth: ColorDepth, isLight: Bool = false, isBlock: Bool = false
  ) -> Appearance {
    ColorScheme(isLight ? .light : .dark, depth: depth, isLight: isLight)
      .appearance(of: style, isBlock: isBlock)
  }

  private static let areas = Paint.hits + [.clientError, .serverError]

  @Test(arguments: [
    (Theme.dark, ColorDepth.truecolor, true, ColorDepth.truecolor, false),
    (.light, .palette, false, .palette, true), (.light, .eight, false, .eight, true),
    (.sixteen, .truecolor, true, .sixteen, true), (.sixteen, .palette, false, .sixteen, false),
    (.sixteen, .eight, false, .eight, false), (.sixteen, .monochrome, true, .monochrome, true),
  ])
  func aThemeDeterminesTheDepthAndTheBackground(
    theme: Theme, depth: ColorDepth, terminalIsLight: Bool, used: ColorDepth, isLight: Bool
  ) {
    let scheme = ColorScheme(theme, depth: depth, isLight: terminalIsLight)
    #expect(scheme.depth == used && scheme.isLight == isLight)
  }

  @Test(arguments: [
    (0, ColorDepth.monochrome), (-1, .monochrome), (2, .monochrome), (8, .eight), (16, .sixteen),
    (64, .sixteen), (88, .sixteen), (256, .palette), (257, .palette), (32_768, .palette),
    (16_777_216, .palette),
  ])
  func theDepthFollowsTheNumberOfColours(count: Int, depth: ColorDepth) {
    #expect(ColorDepth(colors: count, isTruecolor: false) == depth)
    let best = ColorDepth(colors: count, isTruecolor: true)
    #expect(best == (depth == .palette ? .truecolor : depth))
  }

  @Test func barsAreCyanOnDarkAndBlueOnLightWithEightColours() {
    for paint in Paint.hits {
      for (isLight, color) in [(false, Int16(6)), (true, 4)] {
        let ground = appearance(Style(.text, on: paint), .eight, isLight: isLight)
        #expect(ground.background?.index == color)
        let block = appearance(Style(paint), .eight, isLight: isLight, isBlock: true)
        #expect(block.foreground?.index == color && block.background == nil)
      }
    }
  }

  @Test(arguments: [ColorDepth.eight, .sixteen], [false, true])
  func faintAreasHaveNoBackgroundAndNothingIsASlabInTheColourOfText(
    depth: ColorDepth, isLight: Bool
  ) {
    for paint in Paint.allCases where paint != .selection {
      let ground = appearance(Style(.text, on: paint), depth, isLight: isLight).background
      if [.track, .tint].contains(paint) { #expect(ground == nil) }
      guard Self.areas.contains(paint) else { continue }
      #expect(ground.map { ![0, 7, 15].contains($0.index) } == true, "\(paint)")
    }
  }

  /// The basic colours cannot be chosen; those that are used must be legible with xterm's values.
  @Test(arguments: [ColorDepth.eight, .sixteen], [false, true])
  func basicColoursAreLegible(depth: ColorDepth, isLight: Bool) {
    for paint in [Paint.muted, .accent, .good, .clientError, .serverError, .mean] {
      for ground in [Paint?.none, .selection] {
        let look = appearance(Style(paint, on: ground), depth, isLight: isLight)
        let background = look.background?.displayed(.palette) ?? (isLight ? 0xFFFFFF : 0)
        guard let color = look.foreground?.displayed(.palette) else {
          #expect(ground == nil)
          continue
        }
        #expect(contrast(color, background) >= 3.5, "\(paint) on \(String(describing: ground))")
      }
    }
    for badge in [Paint.noticeBadge, .warningBadge, .alertBadge] {
      let look = appearance(Style(.badgeText, on: badge), depth, isLight: isLight)
      let colors = [look.foreground, look.background].compactMap { $0?.displayed(.palette) }
      #expect(colors.count == 2 && contrast(colors[0], colors[1]) >= 4.5, "\(badge)")
    }
  }

  @Test(arguments: [ColorDepth.eight, .sixteen], [false, true])
  func statesAreDistinguishableWithFewColours(depth: ColorDepth, isLight: Bool) {
    for ground in [Paint?.none, .selection] {
      let states = [Paint.text, .accent, .clientError, .serverError].map {
        appearance(Style($0, on: ground), depth, isLight: isLight)
      }
      for (index, state) in states.enumerated() {
        #expect(!states[..<index].contains(state), "\(state)")
      }
    }
    let stack = [Paint.hits0, .clientError, .serverError].map {
      appearance(Style(.text, on: $0), depth, isLight: isLight).background?.index
    }
    #expect(Set(stack).count == 3)
  }

  /// A mixed cell of a stacked column has the colours of both parts.
  @Test(arguments: ColorDepth.allCases.dropFirst())
  func aMixedCellHasTheColoursOfBothParts(depth: ColorDepth) {
    let mixed = appearance(Style(.hits0, on: .serverError), depth, isBlock: true)
    #expect(mixed.foreground == appearance(Style(.hits0), depth, isBlock: true).foreground)
    #expect(mixed.background == appearance(Style(.text, on: .serverError), depth).background)
    #expect(mixed.foreground != mixed.background)
  }

  @Test func withoutColoursNoStyleHasOne() {
    for paint in Paint.allCases {
      for ground in [nil] + Paint.allCases.map({ $0 }) {
        for isBlock in [false, true] {
          let look = appearance(Style(paint, on: ground), .monochrome, isBlock: isBlock)
          #expect(look.foreground == nil && look.background == nil)
        }
      }
    }
  }

  @Test func withoutColoursAreasAndBadgesAndTheSelectionAreReversed() {
    let badges: [Paint] = [.noticeBadge, .warningBadge, .alertBadge]
    for ground in Self.areas + badges + [.selection] {
      let look = appearance(Style(.text, on: ground), .monochrome)
      #expect(look.isReverse, "\(ground)")
    }
    for ground in [Paint.track, .tint, .peak] {
      #expect(!appearance(Style(.text, on: ground), .monochrome).isReverse)
    }
    // Both parts of a mixed cell are filled; a bar in a selected row stays a bar.
    #expect(appearance(Style(.hits0, on: .clientError), .monochrome, isBlock: true).omitsBlocks)
    #expect(!appearance(Style(.hits0, on: .selection), .monochrome, isBlock: true).omitsBlocks)
    #expect(!appearance(Style(.hits0), .monochrome, isBlock: true).omitsBlocks)
  }

  @Test func withoutColoursStatesDifferFromText() {
    let states: [Style] = [.notice, .warning, .alert, .key, .focusedBorder, .strong]
    for style in states {
      #expect(
        appearance(style, .monochrome) != appearance(.text, .monochrome), "\(style)")
    }
    #expect(appearance(.alert, .monochrome) != appearance(.warning, .monochrome))
    #expect(appearance(.focusedBorder, .monochrome) != appearance(.border, .monochrome))
  }
}
