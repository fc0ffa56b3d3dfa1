/// Finds where a sequence ends that begins with Esc and that nobody knows (ECMA-48, section 5.4), so
/// that none of its bytes is taken for a key.
struct UnknownSequence {
  enum Outcome: Equatable {
    /// The byte belongs to no sequence.
    case nothing
    /// It belongs to one that goes on.
    case incomplete
    /// With it one is complete: a key of another world, or one with Alt.
    case some
    /// Before it, Esc was typed alone.
    case escape
  }

  private enum Place {
    case outside
    case afterEscape
    /// After `ESC [`: figures, if any, then a letter.
    case control(hasFigures: Bool)
    /// After `ESC O`, or a click that is told in three bytes.
    case counted(Int)
    /// A string for programs, up to BEL or an Esc.
    case string
  }

  private var place = Place.outside

  mutating func take(_ byte: UInt8) -> Outcome {
    if byte == 0x1B { return begin() }
    switch place {
    case .outside: return .nothing
    case .afterEscape: return takeIntroducer(byte)
    case .control where (0x20...0x3F).contains(byte): place = .control(hasFigures: true)
    case .control(hasFigures: false) where byte == UInt8(ascii: "M"): place = .counted(3)
    case .control: place = .outside
    case .counted(let left): place = left > 1 ? .counted(left - 1) : .outside
    case .string: if byte == 0x07 { place = .outside }
    }
    if case .outside = place { return .some }
    return .incomplete
  }

  /// A sequence that an Esc interrupts is over.
  private mutating func begin() -> Outcome {
    let before = place
    place = .afterEscape
    if case .afterEscape = before { return .escape }
    return .incomplete
  }

  private mutating func takeIntroducer(_ byte: UInt8) -> Outcome {
    switch byte {
    case UInt8(ascii: "["): place = .control(hasFigures: false)
    case UInt8(ascii: "O"): place = .counted(1)
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      place = .string
    default:
      place = .outside
      return .some
    }
    return .incomplete
  }

  /// No byte waits. The rest of a sequence may still come, over a slow line; a string's may not: all
  /// that is typed from now on would belong to it.
  mutating func pause() -> Outcome {
    switch place {
    case .afterEscape: return end()
    case .string: return end()
    case .outside, .control, .counted: return .nothing
    }
  }

  /// Something came that ends every sequence.
  mutating func end() -> Outcome {
    defer { place = .outside }
    if case .afterEscape = place { return .escape }
    return .some
  }
}
