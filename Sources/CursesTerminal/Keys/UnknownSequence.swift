/// Finds where a sequence ends that begins with Esc and that nobody knows (ECMA-48, section 5.4), so
/// that none of its bytes is taken for a key.
///
/// Over a slow line a sequence comes in pieces, and some never end. What belongs to one is therefore
/// limited in time, and by what can stand in it.
struct UnknownSequence {
  enum Outcome: Equatable {
    /// The byte belongs to no sequence.
    case nothing
    /// It belongs to one that goes on.
    case incomplete
    /// With it one is complete: an unsupported key, or one with Alt.
    case some
    /// With it one is complete that no key sends: an answer of the terminal, or news of the focus.
    case answer
    /// Before it, Esc was typed alone.
    case escape
    /// With it the mark is complete that text which was pasted begins with, or ends with.
    case paste(begins: Bool)
  }

  private enum Place {
    case outside
    case afterEscape
    /// Nothing followed Esc for a moment; it was a key, or the beginning of a sequence is cut.
    case afterLoneEscape(at: Double)
    /// After `ESC [`: figures, if any, then a letter.
    case control(ControlSequence)
    /// After `ESC O`: figures, if any, then a letter.
    case singleShift
    /// So many bytes: a click that is told in three of them, a function key of the Linux console.
    case counted(Int)
    /// A string for programs, up to BEL or `ESC \`.
    case string(TerminalString)
    /// After an Esc within a string.
    case stringEscape
    /// Nothing followed it for a moment.
    case stringLoneEscape
  }

  /// Seconds from its beginning within which a sequence is complete.
  private static let patience = 2.0
  /// Seconds after a lone Esc within which it still can be the beginning of a sequence: shorter than
  /// from one key to the next.
  private static let escapePatience = 0.05

  private var place = Place.outside
  /// When the sequence began.
  private var began = 0.0

  /// - Parameter now: the time, in seconds.
  mutating func take(_ byte: UInt8, at now: Double) -> Outcome {
    if now - began > Self.patience { giveUp() }
    if byte == 0x1B { return begin(at: now) }
    switch place {
    case .outside: return .nothing
    case .afterEscape: return takeIntroducer(byte)
    case .afterLoneEscape(let time): return takeLateIntroducer(byte, after: now - time)
    case .control(let control): return take(byte, in: control)
    case .singleShift: if !(0x30...0x3F).contains(byte) { place = .outside }
    case .counted(let left): place = left > 1 ? .counted(left - 1) : .outside
    case .string(let string): return take(byte, in: string)
    case .stringEscape:
      guard byte == UInt8(ascii: "\\") else { return takeIntroducer(byte) }
      place = .outside
      return .answer
    case .stringLoneEscape:
      place = .outside
      return byte == UInt8(ascii: "\\") ? .answer : .nothing
    }
    if case .outside = place { return .some }
    return .incomplete
  }

  /// What did not end in time is over. Esc is reported before, when nothing follows it.
  private mutating func giveUp() {
    if case .afterEscape = place { return }
    place = .outside
  }

  /// A sequence that an Esc interrupts is over, but for a string, which may end so.
  private mutating func begin(at now: Double) -> Outcome {
    let before = place
    switch before {
    case .string: place = .stringEscape
    default: place = .afterEscape
    }
    began = now
    if case .afterEscape = before { return .escape }
    return .incomplete
  }

  private mutating func takeIntroducer(_ byte: UInt8) -> Outcome {
    switch byte {
    case UInt8(ascii: "["): place = .control(ControlSequence())
    case UInt8(ascii: "O"): place = .singleShift
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      place = .string(TerminalString(introducer: byte))
    default:
      place = .outside
      return .some
    }
    return .incomplete
  }

  /// Only what goes on is taken along: a letter soon after Esc is a key.
  private mutating func takeLateIntroducer(_ byte: UInt8, after seconds: Double) -> Outcome {
    place = .outside
    guard seconds <= Self.escapePatience, takeIntroducer(byte) == .incomplete else {
      return .nothing
    }
    return .incomplete
  }

  private mutating func take(_ byte: UInt8, in control: ControlSequence) -> Outcome {
    var control = control
    switch control.take(byte) {
    case .goesOn: place = .control(control)
    case .counts(let bytes): place = .counted(bytes)
    case .ends:
      place = .outside
      return control.outcome(endingIn: byte)
    }
    return .incomplete
  }

  private mutating func take(_ byte: UInt8, in string: TerminalString) -> Outcome {
    var string = string
    switch string.take(byte) {
    case .goesOn:
      place = .string(string)
      return .incomplete
    case .ends:
      place = .outside
      return .answer
    case .endedBefore:
      place = .outside
      return .nothing
    }
  }

  /// No byte waits. The rest of a sequence may still come, over a slow line.
  ///
  /// - Returns: whether that was a lone Esc.
  mutating func pause(at now: Double) -> Outcome {
    switch place {
    case .afterEscape:
      place = .afterLoneEscape(at: now)
      return .escape
    case .string(var string):
      string.isInterrupted = true
      place = .string(string)
    case .stringEscape: place = .stringLoneEscape
    case .outside, .afterLoneEscape, .control, .singleShift, .counted, .stringLoneEscape: break
    }
    return .nothing
  }

  /// Something came that ends every sequence.
  mutating func end() -> Outcome {
    defer { place = .outside }
    if case .afterEscape = place { return .escape }
    return .some
  }
}
