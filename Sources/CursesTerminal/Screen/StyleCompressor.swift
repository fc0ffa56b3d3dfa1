/// Shortens the sequences that select styles in the output of curses, for terminals that understand
/// those of ECMA-48.
///
/// Curses resets all styles between two of them, even if they share a colour, and before it moves the
/// cursor. Here a style is selected only when the next character needs it, by the shortest sequence
/// that leads to it. `ESC ( B`, which is part of the reset of some terminals, is left out: the screen
/// uses no other character set.
struct StyleCompressor {
  private struct Style: Equatable {
    /// The parameters of the colours; empty for the terminal's own ones.
    var foreground: ArraySlice<UInt8> = []
    var background: ArraySlice<UInt8> = []
    /// A bit for each of the parameters 1 to 7.
    var attributes: UInt8 = 0
  }

  /// The style that the output selects at this point.
  private var wanted = Style()
  /// The style that the terminal has.
  private var current = Style()
  private var result: [UInt8] = []
  /// Whether all styles were understood.
  private var isComplete = true

  /// Shortens a frame, at whose beginning and end the terminal has no style. A frame with styles that
  /// this program does not use is returned as it is.
  ///
  /// - Complexity: O(n)
  static func compress(_ frame: [UInt8]) -> [UInt8] {
    var compressor = StyleCompressor()
    compressor.result.reserveCapacity(frame.count)
    var rest = frame[...]
    while let escape = rest.firstIndex(of: 0x1B) {
      compressor.appendText(rest[..<escape])
      rest = rest[escape...]
      let length = compressor.appendSequence(rest)
      rest = rest.dropFirst(length)
    }
    compressor.appendText(rest)
    compressor.select()
    return compressor.isComplete ? compressor.result : frame
  }

  /// Appends text and control characters.
  private mutating func appendText(_ text: ArraySlice<UInt8>) {
    if text.contains(where: { $0 >= 0x20 }) { select() }
    result += text
  }

  /// Appends the sequence at the beginning of the bytes.
  ///
  /// - Returns: the length of the sequence.
  private mutating func appendSequence(_ bytes: ArraySlice<UInt8>) -> Int {
    if bytes.starts(with: "\u{1B}(B".utf8) { return 3 }
    guard bytes.starts(with: "\u{1B}[".utf8) else { return append(bytes.prefix(1)) }
    let parameters = bytes.dropFirst(2).prefix { (0x20...0x3F).contains($0) }
    guard let final = bytes[parameters.endIndex...].first else { return append(bytes) }
    let sequence = bytes[..<(parameters.endIndex + 1)]
    switch final {
    case UInt8(ascii: "m"):
      isComplete = isComplete && parse(parameters)
    // Movements of the cursor do not depend on the style.
    case UInt8(ascii: "A")...UInt8(ascii: "H"), UInt8(ascii: "d"): result += sequence
    default: return append(sequence)
    }
    return sequence.count
  }

  private mutating func append(_ bytes: ArraySlice<UInt8>) -> Int {
    select()
    result += bytes
    return bytes.count
  }

  /// Applies the parameters of a style.
  ///
  /// - Returns: false if one of them is unknown, in which case nothing has changed.
  private mutating func parse(_ parameters: ArraySlice<UInt8>) -> Bool {
    var style = wanted
    var fields = parameters.split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)[...]
    while let field = fields.first {
      let text = String(decoding: field, as: UTF8.self)
      var length = 1
      let number = Int(text.isEmpty ? "0" : String(text.prefix { $0 != ":" }))
      switch (number, text.contains(":")) {
      case (0, false): style = Style()
      case (let number?, false) where [1, 2, 4, 7].contains(number):
        style.attributes |= 1 << UInt8(number)
      case (39, false): style.foreground = []
      case (49, false): style.background = []
      case (let number?, let hasColons) where [38, 48].contains(number):
        let kind = fields.dropFirst().first
        if !hasColons { length = kind?.elementsEqual("2".utf8) == true ? 5 : 3 }
        guard let last = fields.prefix(length).last, fields.count >= length else { return false }
        let color = parameters[field.startIndex..<last.endIndex]
        if number == 38 { style.foreground = color } else { style.background = color }
      case (let number?, false) where (30...37).contains(number) || (90...97).contains(number):
        style.foreground = field
      case (let number?, false) where (40...47).contains(number) || (100...107).contains(number):
        style.background = field
      default: return false
      }
      fields = fields.dropFirst(length)
    }
    wanted = style
    return true
  }

  /// Selects the style that the next character needs.
  private mutating func select() {
    guard wanted != current else { return }
    let isAdded = current.attributes & ~wanted.attributes == 0
    let change = Self.parameters(from: current, to: wanted)
    let fresh = wanted == Style() ? [] : [0x30, 0x3B] + Self.parameters(from: Style(), to: wanted)
    result += [0x1B, UInt8(ascii: "[")]
    result += isAdded && change.count <= fresh.count ? change : fresh
    result.append(UInt8(ascii: "m"))
    current = wanted
  }

  /// The parameters that add what a style lacks.
  private static func parameters(from style: Style, to other: Style) -> [UInt8] {
    var fields: [ArraySlice<UInt8>] = []
    for number in UInt8(1)...7 where other.attributes & ~style.attributes & 1 << number != 0 {
      fields.append([0x30 + number])
    }
    if other.foreground != style.foreground {
      fields.append(other.foreground.isEmpty ? [0x33, 0x39] : other.foreground)
    }
    if other.background != style.background {
      fields.append(other.background.isEmpty ? [0x34, 0x39] : other.background)
    }
    return Array(fields.joined(separator: [0x3B]))
  }
}
