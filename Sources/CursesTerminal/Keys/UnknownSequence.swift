import TerminalCanvas

/// Finds the end of an escape sequence that the terminal description does not know (ECMA-48, section
/// 5.4), so that none of its bytes is mistaken for a key press.
///
/// On a slow connection a sequence arrives in pieces, and some sequences never end. The bytes that
/// belong to one are therefore limited in time and to those that can occur in it.
struct UnknownSequence {
  enum Outcome: Equatable {
    /// The byte is not part of a sequence.
    case outside
    /// The byte is part of a sequence that continues.
    case incomplete
    /// The byte completes an unsupported key, or a key pressed with Alt.
    case unknownKey
    /// The byte completes a sequence that no key sends: a response of the terminal or a focus event.
    case response
    /// Esc was pressed alone before the byte.
    case escape
    /// The byte completes the marker at the beginning or the end of pasted text.
    case paste(begins: Bool)
    /// The byte completes a report of the mouse.
    case mouse(Mouse)
  }

  private enum State {
    case outside
    case afterEscape
    /// Input paused after Esc at a time in seconds: it was a key, or the beginning of a sequence that
    /// arrives in pieces.
    case afterLoneEscape(at: Double)
    /// After `ESC [`: parameters, then a final byte.
    case controlSequence(ControlSequence)
    /// After `ESC O`: parameters, then a final byte.
    case singleShift
    /// A fixed number of bytes is missing: a mouse click in its oldest form, or a function key of the
    /// Linux console.
    case fixedLength(missing: Int)
    /// A control string, which ends at BEL or `ESC \`.
    case string(ControlString)
    /// After an Esc within a control string.
    case escapeInString
    /// Input paused after an Esc within a control string.
    case loneEscapeInString
  }

  /// The time in seconds after its beginning within which a sequence must be complete.
  private static let timeout = 2.0
  /// The time in seconds within which a sequence may continue after a lone Esc: less than the time
  /// between two key presses.
  private static let escapeTimeout = 0.05

  private var state = State.outside
  /// The time in seconds at which the sequence began.
  private var beginning = 0.0

  /// Processes the next byte.
  ///
  /// - Parameter now: the time in seconds.
  mutating func append(_ byte: UInt8, at now: Double) -> Outcome {
    if now - beginning > Self.timeout { abandon() }
    if byte == 0x1B { return begin(at: now) }
    switch state {
    case .outside: return .outside
    case .afterEscape: return appendIntroducer(byte)
    case .afterLoneEscape(let time): return appendLateIntroducer(byte, after: now - time)
    case .controlSequence(let sequence): return append(byte, to: sequence)
    case .singleShift: if !(0x30...0x3F).contains(byte) { state = .outside }
    case .fixedLength(let missing):
      state = missing > 1 ? .fixedLength(missing: missing - 1) : .outside
    case .string(let string): return append(byte, to: string)
    case .escapeInString:
      guard byte == UInt8(ascii: "\\") else { return appendIntroducer(byte) }
      state = .outside
      return .response
    case .loneEscapeInString:
      state = .outside
      return byte == UInt8(ascii: "\\") ? .response : .outside
    }
    if case .outside = state { return .unknownKey }
    return .incomplete
  }

  /// Gives up a sequence that did not end in time. An Esc without a successor stays: it is reported as
  /// a key.
  private mutating func abandon() {
    if case .afterEscape = state { return }
    state = .outside
  }

  /// Starts a new sequence. It ends the current one, unless that is a control string, which may end
  /// with an escape sequence.
  private mutating func begin(at now: Double) -> Outcome {
    let previous = state
    switch previous {
    case .string: state = .escapeInString
    default: state = .afterEscape
    }
    beginning = now
    if case .afterEscape = previous { return .escape }
    return .incomplete
  }

  private mutating func appendIntroducer(_ byte: UInt8) -> Outcome {
    switch byte {
    case UInt8(ascii: "["): state = .controlSequence(ControlSequence())
    case UInt8(ascii: "O"): state = .singleShift
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .string(ControlString(introducer: byte))
    default:
      state = .outside
      return .unknownKey
    }
    return .incomplete
  }

  /// Continues a sequence after a lone Esc. A letter soon after Esc is a key, as it would complete the
  /// sequence at once.
  private mutating func appendLateIntroducer(_ byte: UInt8, after seconds: Double) -> Outcome {
    state = .outside
    guard seconds <= Self.escapeTimeout, appendIntroducer(byte) == .incomplete else {
      return .outside
    }
    return .incomplete
  }

  private mutating func append(_ byte: UInt8, to sequence: ControlSequence) -> Outcome {
    var sequence = sequence
    switch sequence.append(byte) {
    case .continues: state = .controlSequence(sequence)
    case .precedes(let bytes): state = .fixedLength(missing: bytes)
    case .ends:
      state = .outside
      return sequence.outcome(endingIn: byte)
    }
    return .incomplete
  }

  private mutating func append(_ byte: UInt8, to string: ControlString) -> Outcome {
    var string = string
    switch string.append(byte) {
    case .continues:
      state = .string(string)
      return .incomplete
    case .ends:
      state = .outside
      return .response
    case .endedBefore:
      state = .outside
      return .outside
    }
  }

  /// Notes that no further byte is waiting. The rest of a sequence may still arrive on a slow
  /// connection.
  ///
  /// - Returns: `.escape` after a lone Esc, otherwise `.outside`.
  mutating func pause(at now: Double) -> Outcome {
    switch state {
    case .afterEscape:
      state = .afterLoneEscape(at: now)
      return .escape
    case .string(var string):
      string.isInterrupted = true
      state = .string(string)
    case .escapeInString: state = .loneEscapeInString
    case .outside, .afterLoneEscape, .controlSequence, .singleShift, .fixedLength,
      .loneEscapeInString:
      break
    }
    return .outside
  }

  /// Ends the current sequence because a key was recognized.
  ///
  /// - Returns: `.escape` if Esc was pressed before the key, otherwise `.unknownKey`.
  mutating func end() -> Outcome {
    defer { state = .outside }
    if case .afterEscape = state { return .escape }
    return .unknownKey
  }
}
