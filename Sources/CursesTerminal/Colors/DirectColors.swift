/// Makes curses display direct colours on a terminal whose description has only a palette.
///
/// Each colour gets a number of the palette of 256 as a placeholder. In the output of curses, sequences
/// that select such a number are replaced by sequences that select the colour itself (ISO 8613-6; in
/// the form with semicolons that xterm introduced, which all terminals with direct colours understand).
/// The terminal's palette is not changed.
struct DirectColors {
  /// The numbers below 16 are the basic colours, which curses selects by other sequences.
  private static let firstNumber = 16
  /// The first number that is no placeholder: from here on a number stands for a colour of the palette.
  static let endNumber = 128
  private var numbers: [UInt32: Int32] = [:]
  /// The colour of each placeholder.
  private var colors: [UInt32] = []

  /// Whether no colour has a placeholder.
  var isEmpty: Bool { colors.isEmpty }

  /// The placeholder of a colour; nil if all of them are in use.
  mutating func number(_ rgb: UInt32) -> Int32? {
    if let number = numbers[rgb] { return number }
    guard Self.firstNumber + colors.count < Self.endNumber else { return nil }
    let number = Int32(Self.firstNumber + colors.count)
    numbers[rgb] = number
    colors.append(rgb)
    return number
  }

  /// Replaces the placeholders in the sequences `CSI ... m`. Text and all other sequences are kept.
  ///
  /// - Complexity: O(n)
  func replacingPlaceholders(in bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + bytes.count / 2)
    var rest = bytes[...]
    while let escape = rest.firstIndex(of: 0x1B) {
      result += rest[..<escape]
      rest = rest[escape...]
      let parameters = rest.dropFirst(2).prefix { (0x30...0x3B).contains($0) }
      let isStyle =
        rest.dropFirst().first == UInt8(ascii: "[") && parameters.endIndex < rest.endIndex
        && rest[parameters.endIndex] == UInt8(ascii: "m")
      if isStyle {
        result += [0x1B, UInt8(ascii: "[")]
        appendStyle(parameters, to: &result)
        result.append(UInt8(ascii: "m"))
        rest = rest[(parameters.endIndex + 1)...]
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result + rest
  }

  /// Appends the parameters of a style, with placeholders replaced.
  private func appendStyle(_ parameters: ArraySlice<UInt8>, to result: inout [UInt8]) {
    let fields = parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    var position = 0
    while position < fields.count {
      if position > 0 { result.append(UInt8(ascii: ";")) }
      let field = fields[position]
      if let ground = Self.ground(field), position + 2 < fields.count,
        fields[position + 1].elementsEqual("5".utf8)
      {
        append(ground, fields[position + 2], separator: ";", to: &result)
        position += 3
      } else if Self.ground(field) != nil, fields.count > position + 4,
        fields[position + 1].elementsEqual("2".utf8)
      {
        // A direct colour, whose parts could be mistaken for `38;5`.
        result += Array(fields[position...position + 4].joined(separator: ";".utf8))
        position += 5
      } else {
        appendField(field, to: &result)
        position += 1
      }
    }
  }

  /// Appends a parameter. A few terminal descriptions use the form `38:5:N`, which is one parameter.
  private func appendField(_ field: ArraySlice<UInt8>, to result: inout [UInt8]) {
    let parts = field.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3, let ground = Self.ground(parts[0]), parts[1].elementsEqual("5".utf8)
    else {
      result += field
      return
    }
    append(ground, parts[2], separator: ":", to: &result)
  }

  private static func ground(_ field: ArraySlice<UInt8>) -> String? {
    if field.elementsEqual("38".utf8) { return "38" }
    return field.elementsEqual("48".utf8) ? "48" : nil
  }

  /// Appends the colour of a placeholder, or the number itself if it is none.
  private func append(
    _ ground: String, _ number: ArraySlice<UInt8>, separator: String, to result: inout [UInt8]
  ) {
    let place = Int(String(decoding: number, as: UTF8.self)).map { $0 - Self.firstNumber }
    guard let place, colors.indices.contains(place) else {
      result += "\(ground)\(separator)5\(separator)".utf8
      result += number
      return
    }
    let rgb = colors[place]
    let parts = [rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF].map { "\($0)" }
    // The form with colons has an empty field for the colour space.
    let start = separator == ":" ? "2::" : "2;"
    result += "\(ground)\(separator)\(start)\(parts.joined(separator: separator))".utf8
  }
}
