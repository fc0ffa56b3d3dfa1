import AccessLog

/// A line, and what was taken off it.
struct UnwrappedLine {
  /// What is left.
  var line: TextRange
  /// The name that the outermost wrapper gives.
  var name: TextRange?
  var wrappers = WrapperSet()

  /// What was left before a prefix of stern was taken off, and the name until then. The prefix is one
  /// only if the client of the line is an address.
  private(set) var doubtful: (line: TextRange, name: TextRange?)?

  /// Whether a prefix of stern was taken off.
  var isDoubtful: Bool { doubtful != nil }

  /// The line with what looked like a prefix of stern.
  var withoutStern: UnwrappedLine {
    guard let doubtful else { return self }
    var line = self
    (line.line, line.name, line.doubtful) = (doubtful.line, doubtful.name, nil)
    line.wrappers.remove(.stern)
    return line
  }

  /// Takes off a wrapper that begins the line.
  @inline(__always)
  mutating func takeOff(_ match: WrapperMatch) {
    if match.wrapper == .stern, doubtful == nil { doubtful = (line, name) }
    line = match.inside
    name = name ?? match.name
    wrappers.insert(match.wrapper)
  }

  /// Whether nothing but spaces and tabs is left.
  var isBlank: Bool { line.allSatisfy { $0 == .space || $0 == .tab } }
}

/// Takes off what other programs put around a line, and joins the pieces of lines that they cut.
/// Each line is looked at by itself, so a log may mix wrapped and plain lines.
struct LineUnwrapper: Sendable {
  /// How deep wrappers may be nested.
  static let depthLimit = 8

  private var pieces = LinePieces()
  private var prefixes = PrefixCache()

  /// Whether the line is certainly not wrapped. Nearly all plain lines are found by this test.
  ///
  /// Such a line begins with a quote, or with an address that has colons, or its first word holds a
  /// comma, or consists of what addresses and host names are made of and is followed by `-`, as no
  /// wrapper is.
  @inline(__always)
  static func isPlain(_ line: LineBytes) -> Bool {
    let (start, count) = (line.start, line.count)
    if start[0] == .quote { return true }
    let end = ClientName.plainLength(start, count: count)
    guard end < count else { return true }
    if start[end] == .space {
      return end > 0 && start[end &+ 1] == .hyphen && start[end &+ 2] == .space
        && start[0] != UInt8(ascii: "<")
    }
    return end > 0 && start[end] == .comma
  }

  /// Takes off all wrappers.
  ///
  /// - Parameters:
  ///   - allowsStern: whether a prefix of stern may be taken off.
  ///   - scratch: memory for lines that do not stand in the log as they are.
  /// - Returns: `nil` if the line is a piece that is kept until the next one arrives.
  /// - Complexity: O(bytes of the line).
  mutating func unwrap(
    _ line: TextRange, allowsStern: Bool = true, _ scratch: ScratchBytes
  ) -> UnwrappedLine? {
    var result = UnwrappedLine(line: line)
    for depth in 0..<Self.depthLimit {
      let isColored = removeColors(&result)
      if isColored || depth > 0, Self.isPlain(result.line.line) { break }
      let text = result.line.from(result.line.skip(.space, from: 0))
      guard let match = match(text, allowsStern, depth, scratch) else { break }
      result.takeOff(match)
      if let stream = match.stream, !result.isDoubtful,
        !complete(&result, stream, isCut: match.isCut, scratch)
      {
        return nil
      }
    }
    if result.wrappers.contains(.colors) {
      result.line = ColorText.withoutTrailing(result.line)
    }
    return result
  }

  /// The oldest line whose last piece has not arrived; it is forgotten. `nil` if there is none.
  mutating func takeUnfinished(_ scratch: ScratchBytes) -> UnwrappedLine? {
    guard let (bytes, name) = pieces.takeFirst() else { return nil }
    var result = UnwrappedLine(line: scratch.join(bytes, .empty))
    if !name.isEmpty { result.name = scratch.join(name, .empty, as: .name) }
    return result
  }

  /// Joins the pieces of a line.
  ///
  /// - Returns: `false` if more pieces follow.
  private mutating func complete(
    _ result: inout UnwrappedLine, _ stream: PieceStream, isCut: Bool, _ scratch: ScratchBytes
  ) -> Bool {
    if isCut { return !pieces.add(result.line, name: result.name, stream: stream) }
    if let beginning = pieces.take(name: result.name, stream: stream) {
      result.line = scratch.join(beginning, result.line)
    }
    return true
  }

  /// Takes off the colours that begin a line.
  ///
  /// - Returns: whether there are any.
  @inline(__always)
  private func removeColors(_ result: inout UnwrappedLine) -> Bool {
    guard let first = result.line.first, first == .escape || first == .space else { return false }
    let length = ColorText.leading(result.line)
    guard length > 0 else { return false }
    // The colour may end behind what is wrapped, such as JSON.
    result.line = ColorText.withoutTrailing(result.line.from(length))
    result.wrappers.insert(.colors)
    return true
  }

  /// The wrapper that a text begins with, without spaces and colours before it.
  private mutating func match(
    _ text: TextRange, _ allowsStern: Bool, _ depth: Int, _ scratch: ScratchBytes
  ) -> WrapperMatch? {
    guard let first = text.first else { return nil }
    switch first {
    case .quote: return nil
    case UInt8(ascii: "{"):
      return JSONWrapper.match(text, output: scratch.bytes(.depth(depth), text.count))
    case UInt8(ascii: "<"): return SyslogWrapper.match(text, &prefixes)
    default:
      if first.isDigit || MonthName.month(text) != nil,
        let match = SyslogWrapper.match(text, &prefixes)
      {
        return match
      }
      if let match = prefixes.match(text, at: .start), allowsStern || match.wrapper != .stern {
        return match
      }
      return matchNew(text, first, allowsStern)
    }
  }

  /// The same for a text that begins with no prefix of the last lines.
  private mutating func matchNew(
    _ text: TextRange, _ first: UInt8, _ allowsStern: Bool
  ) -> WrapperMatch? {
    if first.isHexDigit || first == .colon,
      ClientName.isAddress(text[text.coloredWord(from: 0)])
    {
      return nil
    }
    if let match = ContainerWrapper.pipe(text) ?? ContainerWrapper.kubectl(text) {
      prefixes.add(match, of: text, at: .start)
      return match
    }
    if let match = SyslogWrapper.match(text, &prefixes) { return match }
    guard allowsStern, let match = ContainerWrapper.stern(text) else { return nil }
    // A time may begin with such words too, but with digits.
    if !text[text.coloredWord(from: text.coloredWord(from: 0).upperBound)].start[0].isDigit {
      prefixes.add(match, of: text, at: .start)
    }
    return match
  }
}
