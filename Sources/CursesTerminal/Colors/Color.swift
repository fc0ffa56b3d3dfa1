/// A colour of a theme, in the two forms that terminals understand.
struct Color: Hashable, Sendable {
  /// The red, green and blue parts, eight bits each, red in the highest ones.
  let rgb: UInt32
  /// The index of a similar colour in xterm's palette of 256; nil where the palette has none.
  let index: Int16?

  init(_ rgb: UInt32, _ index: Int16?) {
    self.rgb = rgb
    self.index = index
  }

  /// A colour of the palette.
  init(index: Int16) {
    self.index = index
    rgb = Self.rgb(at: index)
  }

  /// The colour at an index of xterm's palette of 256. Users often change the first sixteen.
  static func rgb(at index: Int16) -> UInt32 {
    let basic: [UInt32] = [
      0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
      0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]
    func level(_ step: UInt32) -> UInt32 { step == 0 ? 0 : 55 + 40 * step }
    if index < 16 { return basic[max(0, Int(index))] }
    let place = UInt32(min(index, 255)) - 16
    if place >= 216 { return (8 + 10 * (place - 216)) * 0x010101 }
    return level(place / 36) << 16 | level(place / 6 % 6) << 8 | level(place % 6)
  }

  /// Whether the colour of the palette can hardly be told from this one. Its sequence is half as long,
  /// which matters because the greys stand in every row. (Up to 16 of 255 in each part; numbers below
  /// are those of `DirectColors`.)
  var isNearPalette: Bool {
    guard let index, index >= DirectColors.endNumber else { return false }
    let other = Self.rgb(at: index)
    return [16, 8, 0].allSatisfy { shift in
      let (own, near) = (Int(rgb >> UInt32(shift) & 0xFF), Int(other >> UInt32(shift) & 0xFF))
      return abs(own - near) <= 16
    }
  }

  /// The colour between two others.
  ///
  /// - Parameters:
  ///   - step: 0 for the first one, `steps` for the last one.
  ///   - index: the index of a similar colour in the palette.
  static func between(
    _ first: UInt32, _ last: UInt32, step: Int, of steps: Int, index: Int16
  ) -> Color {
    func part(_ shift: UInt32) -> UInt32 {
      let (from, to) = (Int(first >> shift & 0xFF), Int(last >> shift & 0xFF))
      return UInt32(from + (to - from) * step / steps) << shift
    }
    return Color(part(16) | part(8) | part(0), index)
  }
}
