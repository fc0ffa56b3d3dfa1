/// The string that follows `ESC ]`, `ESC P` and the like, up to where it ends: at BEL; with its last
/// byte, where there is a last one; or before a byte that cannot belong to it.
///
/// Terminals answer with such strings, also late, and also to what another program asked.
struct TerminalString {
  enum Step {
    case goesOn
    case ends
    /// The byte does not belong to it.
    case endedBefore
  }

  private let introducer: UInt8
  /// Its beginning; what follows is not kept.
  private var head: [UInt8] = []
  private static let headLength = 8
  /// Nothing came for a moment. What comes from here on may be keys.
  var isInterrupted = false

  /// - Parameter introducer: the byte after Esc.
  init(introducer: UInt8) {
    self.introducer = introducer
  }

  mutating func take(_ byte: UInt8) -> Step {
    if byte == 0x07 { return .ends }
    if isInterrupted, !canHold(byte) { return .endedBefore }
    if head.count < Self.headLength { head.append(byte) }
    return isWhole ? .ends : .goesOn
  }

  /// The Linux console's two strings without an end: `ESC ]R`, and `ESC ]P` with seven figures.
  private var isWhole: Bool {
    guard introducer == UInt8(ascii: "]") else { return false }
    switch head.first {
    case UInt8(ascii: "R"): return head.count == 1
    case UInt8(ascii: "P"): return head.count == 8 && head.dropFirst().allSatisfy(isHexadecimal)
    default: return false
    }
  }

  private func canHold(_ byte: UInt8) -> Bool {
    guard byte >= 0x20, byte != 0x7F else { return false }
    guard let first = head.first else { return canBegin(with: byte) }
    guard introducer == UInt8(ascii: "]"), isDigit(first) else { return true }
    guard let end = head.firstIndex(where: { !isDigit($0) }) else {
      return isDigit(byte) || byte == UInt8(ascii: ";")
    }
    return !Self.asksForColor(head[..<end]) || isOfColor(byte)
  }

  /// Without anything behind it, `ESC ]` may have been Alt-]. Answers begin with a number or a sign;
  /// those that tell a title, with `l` or `L`; those about pictures, with `G`.
  private func canBegin(with byte: UInt8) -> Bool {
    switch introducer {
    case UInt8(ascii: "]"): isDigit(byte) || "lLRP".utf8.contains(byte)
    case UInt8(ascii: "P"): (0x20...0x3F).contains(byte)
    case UInt8(ascii: "_"): byte == UInt8(ascii: "G")
    default: false
    }
  }

  /// The colours of the palette, and those of text, background, cursor and the like.
  private static func asksForColor(_ number: ArraySlice<UInt8>) -> Bool {
    guard let number = Int(String(decoding: number, as: UTF8.self)) else { return false }
    return number == 4 || number == 5 || (10...19).contains(number)
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

private func isHexadecimal(_ byte: UInt8) -> Bool {
  isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
}

/// `rgb:1c1c/1c1c/1c1c`, `rgba:...`, `#1c1c1c`, and the index before it.
private func isOfColor(_ byte: UInt8) -> Bool {
  isHexadecimal(byte) || ";:/#rgb".utf8.contains(byte)
}
