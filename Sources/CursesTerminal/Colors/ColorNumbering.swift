import CNcurses

/// How a terminal numbers colours.
enum ColorNumbering: Equatable {
  /// By their index in xterm's palette of 256.
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

  /// The terminal's number for a colour. A colour without an index has no number in the palette.
  func number(_ color: Color) -> Int32? {
    let index = color.index.map { Int32($0) }
    guard case .direct(let red, let green, let blue) = self else { return index }
    if let index, index < 8 { return index }
    func part(_ shift: UInt32, _ bits: Int) -> Int32 {
      Int32(color.rgb >> shift & 0xFF) * ((1 << bits) - 1) / 255
    }
    let value = (part(16, red) << green | part(8, green)) << blue | part(0, blue)
    return max(8, value)
  }
}
