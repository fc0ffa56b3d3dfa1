import CNcurses

/// How a terminal numbers the colours of xterm's palette of 256.
enum ColorNumbering: Equatable {
  /// By their index in the palette.
  case palette
  /// By their red, green and blue parts, with the given numbers of bits, red in the highest ones. Only
  /// the first eight numbers are those of the palette.
  case direct(red: Int, green: Int, blue: Int)

  /// Reads the numbering from the description of the terminal that was opened last. (user_caps(5):
  /// RGB and CO)
  ///
  /// - Parameter count: the number of colours of the terminal.
  init(ofTerminalWith count: Int) {
    let text = curses_capability("RGB").map { String(cString: $0) } ?? ""
    let bits = Int(curses_number("RGB"))
    let isDirect = curses_flag("RGB") > 0 || bits > 0 || !text.isEmpty || count == 1 << 24
    let isIndexedToo = curses_number("CO") >= 256
    self =
      count > 256 && isDirect && !isIndexedToo
      ? .direct(of: count, bits: bits, parts: text.split(separator: "/").compactMap { Int($0) })
      : .palette
  }

  /// The numbering of a terminal with direct colours.
  ///
  /// - Parameters:
  ///   - count: the number of colours.
  ///   - bits: the number of bits of each part, if the description has one number; otherwise not
  ///     positive.
  ///   - parts: the numbers of bits of red, green and blue, if the description has three numbers;
  ///     otherwise empty.
  static func direct(of count: Int, bits: Int, parts: [Int]) -> ColorNumbering {
    if parts.count == 3, parts.allSatisfy({ (1...10).contains($0) }) {
      return .direct(red: parts[0], green: parts[1], blue: parts[2])
    }
    if (1...10).contains(bits) { return .direct(red: bits, green: bits, blue: bits) }
    let width = Int.bitWidth - (count - 1).leadingZeroBitCount
    let part = (width + 2) / 3
    return .direct(red: part, green: part, blue: width - 2 * part)
  }

  /// The terminal's number for a colour.
  ///
  /// - Parameter index: the index in the palette of 256.
  func number(_ index: Int16) -> Int32 {
    guard case .direct(let red, let green, let blue) = self, index >= 8 else { return Int32(index) }
    let color = Self.color(index)
    func part(_ level: Int, _ bits: Int) -> Int { level * ((1 << bits) - 1) / 255 }
    let value = (part(color.red, red) << green | part(color.green, green)) << blue
    return Int32(truncatingIfNeeded: value | part(color.blue, blue))
  }

  /// The colour at an index of xterm's palette, each part from 0 to 255.
  static func color(_ index: Int16) -> (red: Int, green: Int, blue: Int) {
    let basic = [
      (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205),
      (0, 205, 205), (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
      (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
    ]
    func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
    let place = Int(index) - 16
    switch index {
    case ..<16: return basic[max(0, Int(index))]
    case 232...:
      let gray = 8 + 10 * (place - 216)
      return (gray, gray, gray)
    default: return (level(place / 36), level(place / 6 % 6), level(place % 6))
    }
  }
}
