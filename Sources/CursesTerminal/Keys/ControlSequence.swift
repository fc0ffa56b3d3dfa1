import TerminalCanvas

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
  /// As many as a report of the mouse can have: `<64;9999;9999`.
  private static let storedParameters = 13
  /// There were more parameters than are stored.
  private var isTruncated = false

  /// Processes the next byte.
  mutating func append(_ byte: UInt8) -> Step {
    switch byte {
    case 0x20...0x3F:
      if parameters.count < Self.storedParameters {
        parameters.append(byte)
      } else {
        isTruncated = true
      }
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
    case UInt8(ascii: "M"):
      mouse.map { .mouse($0) } ?? (isResponse(endingIn: byte) ? .response : .unknownKey)
    default: isResponse(endingIn: byte) ? .response : .unknownKey
    }
  }

  /// The report of the mouse that the parameters of `CSI < button ; column ; row M` describe; nil for
  /// anything else. Positions are counted from 1. (xterm's control sequences, private mode 1006)
  private var mouse: Mouse? {
    guard parameters.first == UInt8(ascii: "<"), !isTruncated else { return nil }
    let fields = parameters.dropFirst().split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    let numbers = fields.compactMap { field -> Int? in
      guard field.count <= 4, field.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
      return Int(String(decoding: field, as: UTF8.self))
    }
    guard numbers.count == 3, fields.count == 3, numbers[1] > 0, numbers[2] > 0 else { return nil }
    let actions: [Int: Mouse.Action] = [0: .press, 64: .wheelUp, 65: .wheelDown]
    return actions[numbers[0]].map { Mouse($0, row: numbers[2] - 1, column: numbers[1] - 1) }
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
