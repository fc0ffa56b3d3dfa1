import Glibc

/// The answers of a terminal to queries, among the keys that were typed meanwhile.
struct TerminalAnswers: Equatable {
  /// Whether the background is light; nil if the terminal did not say.
  var hasLightBackground: Bool?
  /// Whether the terminal can display a frame at once that is sent in pieces.
  var synchronizesOutput = false
  /// Whether the last query was answered, so that no further answer follows.
  var isComplete = false
  /// The bytes that are not answers, and the beginning of an answer whose end is missing.
  var typed: [UInt8] = []

  /// No answers.
  init() {}

  /// Separates answers and keys.
  ///
  /// - Complexity: O(n)
  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while let byte = rest.first {
      guard byte == 0x1B, let end = Self.end(of: rest) else {
        typed.append(rest.removeFirst())
        continue
      }
      let sequence = rest[..<end]
      if !accept(sequence.dropFirst()) { typed += sequence }
      rest = rest[end...]
    }
  }

  /// The end of the control sequence or the OSC string at the beginning of the bytes; nil if it is
  /// something else, or incomplete.
  private static func end(of bytes: ArraySlice<UInt8>) -> Int? {
    let content = bytes.dropFirst(2)
    switch bytes.dropFirst().first {
    case UInt8(ascii: "["):
      guard let last = content.firstIndex(where: { !(0x20...0x3F).contains($0) }) else {
        return nil
      }
      return (0x40...0x7E).contains(bytes[last]) ? last + 1 : nil
    case UInt8(ascii: "]"):
      guard let last = content.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else { return nil }
      if bytes[last] == 0x07 { return last + 1 }
      return bytes[last...].starts(with: "\u{1B}\\".utf8) ? last + 2 : nil
    default: return nil
    }
  }

  /// - Parameter sequence: a complete sequence without its Esc.
  /// - Returns: whether it is an answer.
  private mutating func accept(_ sequence: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: sequence, as: UTF8.self)
    if text.hasPrefix("]11;") {
      let end = text.hasSuffix("\u{7}") ? 1 : 2
      if let luminance = backgroundLuminance(text.dropFirst(4).dropLast(end)) {
        hasLightBackground = luminance > middleLuminance
      }
    } else if text.hasPrefix("[?2026;"), text.hasSuffix("$y") {
      // DECRPM: 1 is set, 2 is reset; otherwise the mode is unknown or cannot be changed.
      synchronizesOutput = ["1", "2"].contains(text.dropFirst(7).dropLast(2))
    } else if text.hasPrefix("[?"), text.hasSuffix("c") {
      isComplete = true
    } else {
      return false
    }
    return true
  }
}

/// The luminance at which black and white text have the same contrast.
private let middleLuminance = 0.179

/// The relative luminance of a colour, from 0 for black to 1 for white. (WCAG 2.2, "relative
/// luminance")
///
/// - Parameter parts: red, green and blue, each from 0 to 1.
func relativeLuminance(_ parts: [Double]) -> Double {
  zip([0.2126, 0.7152, 0.0722], parts).reduce(0) { sum, part in
    let (weight, value) = part
    return sum + weight * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4))
  }
}

/// The luminance of a colour as terminals write it: `rgb:RRRR/GGGG/BBBB` with one to four digits a part
/// (X11, XParseColor(3)), or `rgba:` with a further part.
private func backgroundLuminance(_ text: Substring) -> Double? {
  guard let colon = text.firstIndex(of: ":"), ["rgb", "rgba"].contains(text[..<colon]) else {
    return nil
  }
  let parts = text[text.index(after: colon)...].split(
    separator: "/", omittingEmptySubsequences: false)
  guard parts.count == text[..<colon].count else { return nil }
  let values = parts.compactMap { part -> Double? in
    guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexadecimal),
      let value = Int(part, radix: 16)
    else { return nil }
    return Double(value) / Double(1 << (4 * part.utf8.count) - 1)
  }
  return values.count == parts.count ? relativeLuminance(Array(values.prefix(3))) : nil
}
