/// What follows `ESC [`.
struct ControlSequence {
  enum Step {
    case goesOn
    case counts(Int)
    case ends
  }

  private var figures: [UInt8] = []
  private static let mostFigures = 8

  mutating func take(_ byte: UInt8) -> Step {
    switch byte {
    case 0x20...0x3F:
      if figures.count < Self.mostFigures { figures.append(byte) }
      return .goesOn
    case UInt8(ascii: "M") where figures.isEmpty: return .counts(3)
    // The Linux console's F1 is `ESC [[A`.
    case UInt8(ascii: "[") where figures.isEmpty: return .counts(1)
    default: return .ends
    }
  }

  /// What it is.
  func outcome(endingIn byte: UInt8) -> UnknownSequence.Outcome {
    switch byte {
    case UInt8(ascii: "~") where figures.elementsEqual("200".utf8): .paste(begins: true)
    case UInt8(ascii: "~") where figures.elementsEqual("201".utf8): .paste(begins: false)
    default: isAnswer(endingIn: byte) ? .answer : .some
    }
  }

  private func isAnswer(endingIn byte: UInt8) -> Bool {
    switch byte {
    // Focus.
    case UInt8(ascii: "I"), UInt8(ascii: "O"): figures.isEmpty
    // F3 with Shift, Ctrl or Alt is `ESC [1;2R`; the cursor's place has the same form.
    case UInt8(ascii: "R"): !figures.starts(with: "1;".utf8)
    // Attributes, status, sizes, modes. rxvt has keys that end so, without figures.
    case UInt8(ascii: "c"), UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "x"),
      UInt8(ascii: "y"):
      !figures.isEmpty
    // What begins with one of `<=>?` is never a key; clicks are none either.
    default: figures.first.map { (0x3C...0x3F).contains($0) } ?? false
    }
  }
}
