/// A control sequence (ECMA-48, section 5.4): what follows `ESC [`.
struct ControlSequence {
  enum Step {
    /// The byte is a parameter; the sequence continues.
    case continues
    /// A fixed number of bytes follows.
    case precedes(bytes: Int)
    /// The byte is the final byte.
    case ends
  }

  private var parameters: [UInt8] = []
  private static let storedParameters = 8

  /// Processes the next byte.
  mutating func append(_ byte: UInt8) -> Step {
    switch byte {
    case 0x20...0x3F:
      if parameters.count < Self.storedParameters { parameters.append(byte) }
      return .continues
    case UInt8(ascii: "M") where parameters.isEmpty: return .precedes(bytes: 3)
    // The Linux console's F1 is `ESC [[A`.
    case UInt8(ascii: "[") where parameters.isEmpty: return .precedes(bytes: 1)
    default: return .ends
    }
  }

  /// The meaning of the sequence with its final byte.
  func outcome(endingIn byte: UInt8) -> UnknownSequence.Outcome {
    switch byte {
    case UInt8(ascii: "~") where parameters.elementsEqual("200".utf8): .paste(begins: true)
    case UInt8(ascii: "~") where parameters.elementsEqual("201".utf8): .paste(begins: false)
    default: isResponse(endingIn: byte) ? .response : .unknownKey
    }
  }

  private func isResponse(endingIn byte: UInt8) -> Bool {
    switch byte {
    // Focus events.
    case UInt8(ascii: "I"), UInt8(ascii: "O"): parameters.isEmpty
    // F3 with Shift, Ctrl or Alt is `ESC [1;2R`; a cursor position report has the same form.
    case UInt8(ascii: "R"): !parameters.starts(with: "1;".utf8)
    // Attributes, status, sizes and modes. rxvt has keys that end in these letters, without
    // parameters.
    case UInt8(ascii: "c"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "x"),
      UInt8(ascii: "y"):
      !parameters.isEmpty
    // A sequence that begins with one of `<=>?` is never a key; among them are mouse clicks.
    default: parameters.first.map { (0x3C...0x3F).contains($0) } ?? false
    }
  }
}
