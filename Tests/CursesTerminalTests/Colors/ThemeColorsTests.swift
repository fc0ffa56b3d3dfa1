import TerminalCanvas
import Testing

@testable import CursesTerminal

/// The contrast that text needs is 4.5, that of large or decorative text 3 (WCAG 2.2, success criteria
/// 1.4.3 and 1.4.11).
struct ThemeColorsTests {
  private static let depths: [ColorDepth] = [.palette, .truecolor]
  private static let texts: [Paint] = [
    .text, .muted, .accent, .good, .clientError, .serverError, .focus, .mean,
  ]
  private static let darkBackgrounds: [UInt32] = [0x000000, 0x0D1117, 0x1E1E1E]
  private static let badges: [Paint] = [.noticeBadge, .warningBadge, .alertBadge]

  private func appearance(
    _ style: Style, _ theme: Theme, _ depth: ColorDepth, isBlock: Bool = false
  ) -> Appearance {
    ColorScheme(theme, depth: depth, isLight: false).appearance(of: style, isBlock: isBlock)
  }

  private func color(_ paint: Paint, _ theme: Theme, _ depth: ColorDepth) -> UInt32? {
    appearance(Style(paint), theme, depth).foreground?.displayed(depth)
  }

  private func backgrounds(_ theme: Theme) -> [UInt32] {
    theme == .light ? [0xFFFFFF] : Self.darkBackgrounds
  }

  @Test(arguments: [Theme.dark, .light], depths)
  func textIsLegibleOnTheBackground(theme: Theme, depth: ColorDepth) {
    for background in backgrounds(theme) {
      for paint in Self.texts where paint != .text {
        let color = color(paint, theme, depth)
        #expect(color.map { contrast($0, background) >= 4.5 } == true, "\(paint)")
      }
      let faint = color(.faint, theme, depth)
      #expect(faint.map { contrast($0, background) >= 3 } == true)
    }
    #expect(color(.text, theme, depth) == nil)
  }

  @Test(arguments: [Theme.dark, .light], depths)
  func textIsLegibleOnASelectedRowAndOnFaintAreas(theme: Theme, depth: ColorDepth) {
    for ground in [Paint.selection, .tint, .track, .peak] {
      for paint in Self.texts + [.faint] {
        let appearance = appearance(Style(paint, on: ground), theme, depth)
        guard let background = appearance.background?.displayed(depth) else {
          #expect(ground == .tint && depth == .palette)
          continue
        }
        let color = appearance.foreground?.displayed(depth)
        let least = paint == .faint ? 3 : 4.5
        #expect(
          color.map { contrast($0, background) >= least } == true, "\(paint) on \(ground)")
      }
    }
  }

  @Test(arguments: [Theme.dark, .light], depths)
  func theTextOfABadgeIsLegible(theme: Theme, depth: ColorDepth) throws {
    for badge in Self.badges {
      let appearance = appearance(Style(.badgeText, on: badge), theme, depth)
      let text = try #require(appearance.foreground?.displayed(depth))
      let background = try #require(appearance.background?.displayed(depth))
      #expect(text == 0xFFFFFF)
      #expect(contrast(text, background) >= 4.5, "\(badge)")
    }
  }

  @Test(arguments: [Theme.dark, .light], depths)
  func rolesWithDifferentMeaningsHaveDifferentColours(theme: Theme, depth: ColorDepth) {
    let texts: [Paint] = [.muted, .accent, .good, .clientError, .serverError]
    #expect(Set(texts.map { color($0, theme, depth) }).count == texts.count)
    for ground in [Paint?.none, .selection] {
      let areas = [Paint.hits0, .hits7, .clientError, .serverError].map {
        appearance(Style($0, on: ground), theme, depth, isBlock: true).foreground?
          .displayed(depth)
      }
      // Only the bars of a selected row have one colour instead of a gradient.
      #expect(Set(areas).count == (ground == nil ? 4 : 3))
      let selected = appearance(Style(.text, on: .selection), theme, depth).background?
        .displayed(depth)
      if ground == .selection { #expect(!areas.contains(selected)) }
    }
    let badges = Self.badges.map {
      appearance(Style(.badgeText, on: $0), theme, depth).background?.displayed(depth)
    }
    #expect(Set(badges).count == badges.count)
  }

  @Test(arguments: [Theme.dark, .light], depths)
  func faintAreasAreLessVisibleThanColumns(theme: Theme, depth: ColorDepth) throws {
    let background: UInt32 = theme == .light ? 0xFFFFFF : 0x0D1117
    func visibility(_ paint: Paint) throws -> Double {
      let area = appearance(Style(.text, on: paint), theme, depth).background
      return contrast(try #require(area?.displayed(depth)), background)
    }
    for faint in [Paint.peak, .track] {
      #expect(try visibility(faint) > 1.05)
      for column in [Paint.hits0, .hits7, .clientError, .serverError] {
        #expect(try visibility(faint) < visibility(column), "\(faint) and \(column)")
      }
    }
  }

  @Test func theGradientOfHitsRunsBetweenItsEnds() {
    let dark = Paint.hits.map { color($0, .dark, .truecolor) }
    #expect(dark.first == 0x1C4F7C && dark.last == 0x58B0F5)
    #expect(Set(dark).count == 8)
    let indexes = Paint.hits.map {
      appearance(Style($0), .light, .palette).foreground?.index
    }
    #expect(indexes == [26, 26, 26, 26, 32, 32, 32, 32])
  }

  /// Yellow that is dark enough for text on white looks brown in an area.
  @Test func anAreaHasABrighterYellowThanTextOnALightBackground() {
    func foreground(isBlock: Bool) -> UInt32? {
      appearance(Style(.clientError), .light, .truecolor, isBlock: isBlock).foreground?.rgb
    }
    #expect(foreground(isBlock: false) == 0x9A6700)
    #expect(foreground(isBlock: true) == 0xB07500)
    let ground = appearance(Style(.text, on: .clientError), .light, .palette).background
    #expect(ground?.index == 136)
    for scalar in ["▀", "▁", "█", "▟", "░"] as [Unicode.Scalar] {
      #expect(scalar.isBlockElement)
    }
    for scalar in [" ", "─", "╿", "■", "#"] as [Unicode.Scalar] {
      #expect(!scalar.isBlockElement)
    }
  }

  @Test(
    arguments: [
      (16, 0x000000), (196, 0xFF0000), (32, 0x0087D7), (243, 0x767676), (231, 0xFFFFFF),
      (232, 0x080808), (255, 0xEEEEEE), (12, 0x5C5CFF),
    ] as [(Int16, UInt32)])
  func thePaletteHasTheColoursOfXterm(index: Int16, rgb: UInt32) {
    #expect(Color.rgb(at: index) == rgb)
  }
}
