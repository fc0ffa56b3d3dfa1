/// A control string (ECMA-48, section 5.6): what follows `ESC ]`, `ESC P` and similar introducers.
///
/// It ends at BEL; with its last byte, if it is one of the Linux console's strings of fixed length; or
/// before a byte that cannot be part of it. Terminals send such strings as responses, sometimes late,
/// and sometimes to a query of another program.
struct ControlString {
  enum Step {
    /// The byte is part of the string, which continues.
    case continues
    /// The byte is the last one of the string.
    case ends
    /// The string ended before the byte, which is not part of it.
    case endedBefore
  }

  private let introducer: UInt8
  /// The first bytes of the string; later ones are not stored.
  private var head: [UInt8] = []
  private static let headLength = 8
  /// Whether input paused within the string. From then on bytes may be key presses.
  var isInterrupted = false

  /// - Parameter introducer: the byte after Esc.
  init(introducer: UInt8) {
    self.introducer = introducer
  }

  /// Processes the next byte.
  mutating func append(_ byte: UInt8) -> Step {
    if byte == 0x07 { return .ends }
    if isInterrupted, !canContain(byte) { return .endedBefore }
    if head.count < Self.headLength { head.append(byte) }
    return isCompleteConsoleString ? .ends : .continues
  }

  /// The Linux console's two strings without a terminator: `ESC ]R`, and `ESC ]P` with seven digits.
  private var isCompleteConsoleString: Bool {
    guard introducer == UInt8(ascii: "]") else { return false }
    switch head.first {
    case UInt8(ascii: "R"): return head.count == 1
    case UInt8(ascii: "P"): return head.count == 8 && head.dropFirst().allSatisfy(isHexadecimal)
    default: return false
    }
  }

  private func canContain(_ byte: UInt8) -> Bool {
    guard byte >= 0x20, byte != 0x7F else { return false }
    guard let first = head.first else { return canBegin(with: byte) }
    guard introducer == UInt8(ascii: "]"), isDigit(first) else { return true }
    guard let end = head.firstIndex(where: { !isDigit($0) }) else {
      return isDigit(byte) || byte == UInt8(ascii: ";")
    }
    return !Self.isColorQuery(head[..<end]) || isPartOfColor(byte)
  }

  /// Whether a response can begin with a byte. `ESC ]` alone may have been Alt-]. Responses begin with
  /// a digit or a punctuation mark; those that contain a title with `l` or `L`; those about images
  /// with `G`.
  private func canBegin(with byte: UInt8) -> Bool {
    switch introducer {
    case UInt8(ascii: "]"): isDigit(byte) || "lLRP".utf8.contains(byte)
    case UInt8(ascii: "P"): (0x20...0x3F).contains(byte)
    case UInt8(ascii: "_"): byte == UInt8(ascii: "G")
    default: false
    }
  }

  /// Whether the number is that of a query for a colour: of the palette, of the text, of the background,
  /// of the cursor and so on.
  private static func isColorQuery(_ number: ArraySlice<UInt8>) -> Bool {
    guard let number = Int(String(decoding: number, as: UTF8.self)) else { return false }
    return number == 4 || number == 5 || (10...19).contains(number)
  }
}

private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

/// Whether a byte is a hexadecimal digit in ASCII.
func isHexadecimal(_ byte: UInt8) -> Bool {
  isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
}

/// Whether a byte can be part of `rgb:1c1c/1c1c/1c1c`, `rgba:...`, `#1c1c1c`, or the index before it.
private func isPartOfColor(_ byte: UInt8) -> Bool {
  isHexadecimal(byte) || ";:/#rgb".utf8.contains(byte)
}
