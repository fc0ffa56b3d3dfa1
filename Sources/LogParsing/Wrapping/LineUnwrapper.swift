import AccessLog

/// A line, and what was taken off it.
struct UnwrappedLine {
  /// What is left.
  var line: TextRange
  /// The name that the outermost wrapper gives.
  var name: TextRange?
  var wrappers = WrapperSet()
  /// How many wrappers were taken off, colours left out.
  fileprivate(set) var levels: UInt8 = 0

  /// The line before its stern prefix was taken off, with its name and wrappers then. It is a prefix
  /// only if the client of the line is an address.
  private var beforeStern: (line: TextRange, name: TextRange?, wrappers: WrapperSet, levels: UInt8)?
  /// Whether it was joined from pieces.
  var isJoined = false
  /// Whether all of its colours were taken off.
  var isColorless = false
  /// Whether its pieces are longer than a line may be.
  var isOversize = false

  init(line: TextRange) {
    self.line = line
  }

  /// Whether a prefix of stern was taken off.
  var mayBeStern: Bool { beforeStern != nil }

  /// The line with its stern prefix, if one was taken off.
  var withoutStern: UnwrappedLine {
    guard let beforeStern else { return self }
    var line = UnwrappedLine(line: beforeStern.line)
    (line.name, line.wrappers, line.levels) =
      (beforeStern.name, beforeStern.wrappers, beforeStern.levels)
    (line.isJoined, line.isColorless) = (isJoined, isColorless)
    if line.wrappers.contains(.colors) { line.line = ColorText.withoutTrailing(line.line) }
    return line
  }

  /// Whether the line began with a colour, and another one follows its first word: a program has
  /// coloured the words of the line. No client can put one there.
  var hasInnerColors: Bool {
    guard wrappers.contains(.colors), !isColorless, !isOversize else { return false }
    let word = line.coloredWord(from: 0)
    return !word.isEmpty && ColorText.length(in: line, at: word.upperBound) > 0
  }

  /// Takes off a wrapper that begins the line.
  @inline(__always)
  mutating func takeOff(_ match: WrapperMatch) {
    if match.wrapper == .stern, beforeStern == nil {
      beforeStern = (line, name, wrappers, levels)
    }
    line = match.inside
    name = name ?? match.name
    wrappers.insert(match.wrapper)
    levels += 1
  }
}

/// Takes off what other programs put around a line, and joins the pieces of lines that they cut.
/// Each line is looked at by itself, so a log may mix wrapped and plain lines.
struct LineUnwrapper: Sendable {
  /// How deep wrappers may be nested.
  static let depthLimit = 8

  /// Reads the lines of a format that begin with a time of their own, which might be taken for that
  /// of a wrapper.
  private var timed: LayoutReader?
  private var pieces = LinePieces()
  private var prefixes = PrefixCache()

  /// - Parameter format: the format that was asked for.
  init(_ format: NamedFormat? = nil) {
    timed = format?.timedLayout.map { LayoutReader([$0], ParsingOptions()) }
  }

  /// Forgets the lines whose last piece has not arrived, and the prefixes.
  mutating func reset() {
    pieces = LinePieces()
    prefixes = PrefixCache()
  }

  /// Whether the line is certainly not wrapped. Nearly all plain lines are found by this test.
  ///
  /// Such a line begins with a quote or an address of version 6, or its first word holds a comma, or
  /// is a plain name or address with `-` behind it. No wrapper begins like that.
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

  /// The wrapper that a line begins with, without anything before it.
  mutating func firstMatch(_ line: TextRange, _ scratch: ScratchBytes) -> WrapperMatch? {
    mayHavePrefix(line) ? nil : match(line, true, 0, scratch)
  }

  /// Whether spaces or colours may stand before a wrapper.
  @inline(__always)
  private func mayHavePrefix(_ line: TextRange) -> Bool {
    line.first.map { $0 == .space || $0 == .escape } ?? true
  }

  /// Takes off all wrappers.
  ///
  /// - Parameters:
  ///   - match: the wrapper that the line begins with. See `firstMatch`.
  ///   - scratch: memory for lines that do not stand in the log as they are.
  /// - Returns: `nil` if the line is a piece that is kept until the next one arrives.
  /// - Complexity: O(bytes of the line).
  mutating func unwrap(
    _ line: TextRange, _ match: WrapperMatch?, _ scratch: ScratchBytes
  ) -> UnwrappedLine? {
    guard let match else {
      let start = UnwrappedLine(line: line)
      return mayHavePrefix(line) ? unwrap(start, from: 0, true, scratch) : start
    }
    if let simple = simpleLine(match) { return simple }
    var result = UnwrappedLine(line: line)
    guard takeOff(match, &result, depth: 0, scratch) else { return nil }
    return unwrap(result, from: 1, true, scratch)
  }

  /// Whether a line inside a wrapper is a whole one, and certainly one of its own.
  @inline(__always)
  func isSimple(_ match: WrapperMatch) -> Bool {
    match.wrapper != .stern && !match.isCut && (match.stream == nil || pieces.isEmpty)
  }

  /// The line inside a wrapper if it is a whole one and nothing else is around it, as in most logs.
  @inline(__always)
  private func simpleLine(_ match: WrapperMatch) -> UnwrappedLine? {
    guard isSimple(match) else { return nil }
    let line = match.endsLine ? match.inside.withoutLineEnd : match.inside
    guard Self.isPlain(line.line) else { return nil }
    var result = UnwrappedLine(line: line)
    (result.name, result.wrappers, result.levels) = (match.name, match.wrapper, 1)
    return result
  }

  /// A line that began with a colour, without any of its colours and without the wrappers that show
  /// then. It is not done twice: what is left may look like colours.
  ///
  /// - Returns: `nil` if the line has no colours, or is a piece without them.
  func unwrapWithoutColors(_ line: UnwrappedLine, _ scratch: ScratchBytes) -> UnwrappedLine? {
    guard line.wrappers.contains(.colors), !line.isColorless else { return nil }
    var start = line
    start.isColorless = true
    start.line = scratch.withoutColors(line.line)
    guard start.line.count < line.line.count else { return nil }
    // Pieces are kept only of lines that can be read with their colours. The line and its name stand
    // in the memory of the first attempt.
    var unwrapper = self
    guard let result = unwrapper.unwrap(start, from: 0, true, scratch.second),
      result.isJoined == line.isJoined
    else { return nil }
    return result
  }

  /// The oldest line whose last piece has not arrived; it is forgotten.
  ///
  /// - Returns: `nil` if there is none, or if it was a piece itself and is kept.
  mutating func takeUnfinished(_ scratch: ScratchBytes) -> UnwrappedLine? {
    guard let beginning = pieces.takeFirst() else { return nil }
    var result = UnwrappedLine(line: .empty)
    result.wrappers = beginning.wrappers
    if !beginning.key.name.isEmpty {
      result.name = scratch.join(beginning.key.name, .empty, in: .name)
    }
    Self.join(beginning, to: &result, endsLine: false, scratch)
    return unwrap(result, from: beginning.key.depth, true, scratch)
  }

  /// Whether there are lines whose last piece has not arrived.
  var hasUnfinished: Bool { !pieces.isEmpty }

  /// Whether there are too many of them to wait for all.
  var hasTooManyUnfinished: Bool { pieces.isOverfull }

  /// The line with the innermost or all of the wrappers that were taken off: it may only look like one
  /// in a wrapper.
  ///
  /// - Parameters:
  ///   - whole: the line, with all wrappers.
  ///   - label: see `unwrap`.
  ///   - levels: how many of the wrappers to take off again.
  /// - Returns: `nil` if that is a piece.
  func unwrap(
    again whole: TextRange, label: TextRange?, levels: Int, _ scratch: ScratchBytes
  ) -> UnwrappedLine? {
    var start = UnwrappedLine(line: whole)
    if let label, !label.isEmpty { start.name = label }
    var unwrapper = self
    return unwrapper.unwrap(start, from: 0, levels: levels, true, scratch.second)
  }

  /// Takes off the wrappers from a depth on.
  ///
  /// - Parameter levels: how many of them at most.
  mutating func unwrap(
    _ start: UnwrappedLine, from first: Int, levels: Int = depthLimit, _ allowsStern: Bool,
    _ scratch: ScratchBytes
  ) -> UnwrappedLine? {
    var result = start
    for depth in first..<Self.depthLimit where !result.isOversize {
      let isColored = removeColors(&result)
      if depth == levels || (isColored || depth > 0) && Self.isPlain(result.line.line) { break }
      let text = result.line.from(result.line.skip(.space, from: 0))
      // Behind a prefix of stern, a line may begin with two words like those of another one.
      let allowsStern = allowsStern && !result.mayBeStern
      guard let match = match(text, allowsStern, depth, scratch) else { break }
      guard takeOff(match, &result, depth: depth, scratch) else { return nil }
    }
    if result.wrappers.contains(.colors) {
      result.line = ColorText.withoutTrailing(result.line)
    }
    return result
  }

  /// Takes off a wrapper, which so many others are around.
  ///
  /// - Returns: `false` if the line is a piece that is kept.
  private mutating func takeOff(
    _ match: WrapperMatch, _ result: inout UnwrappedLine, depth: Int, _ scratch: ScratchBytes
  ) -> Bool {
    result.takeOff(match)
    if let stream = match.stream, !result.mayBeStern {
      return complete(&result, match, stream, depth: depth + 1, scratch)
    }
    if match.endsLine { result.line = result.line.withoutLineEnd }
    return true
  }

  /// Puts the beginning of a line before its last piece.
  ///
  /// - Returns: `false` if more pieces follow.
  private mutating func complete(
    _ result: inout UnwrappedLine, _ match: WrapperMatch, _ stream: TextRange, depth: Int,
    _ scratch: ScratchBytes
  ) -> Bool {
    if match.isCut || !pieces.isEmpty {
      let key = LinePieces.Key(result.name, stream, in: match.wrapper, depth: depth)
      if match.isCut {
        pieces.add(result.line, key, result.wrappers)
        return false
      }
      if let beginning = pieces.take(key) {
        Self.join(beginning, to: &result, endsLine: match.endsLine, scratch)
        return true
      }
    }
    if match.endsLine { result.line = result.line.withoutLineEnd }
    return true
  }

  private static func join(
    _ beginning: LinePieces.Beginning, to result: inout UnwrappedLine, endsLine: Bool,
    _ scratch: ScratchBytes
  ) {
    let isBlank = beginning.isBlank && result.line.withoutLineEnd.isBlank
    result.line = scratch.join(beginning.bytes, result.line, in: .joined(beginning.key.depth))
    if endsLine { result.line = result.line.withoutLineEnd }
    result.isJoined = true
    result.isOversize = result.line.count > LogParser.lineLimit && !isBlank
  }

  /// Takes off the colours that begin a line. Once there were any, those that end it come off too: a
  /// colour may end behind what is wrapped, such as JSON.
  ///
  /// - Returns: whether colours begin the line.
  @inline(__always)
  private func removeColors(_ result: inout UnwrappedLine) -> Bool {
    let first = result.line.first
    let length = first == .escape || first == .space ? ColorText.leading(result.line) : 0
    if length > 0 {
      result.line = result.line.from(length)
      result.wrappers.insert(.colors)
    }
    if result.wrappers.contains(.colors) {
      result.line = ColorText.withoutTrailing(result.line)
    }
    return length > 0
  }

  /// The wrapper that a text begins with, without spaces and colours before it.
  private mutating func match(
    _ text: TextRange, _ allowsStern: Bool, _ depth: Int, _ scratch: ScratchBytes
  ) -> WrapperMatch? {
    guard let first = text.first else { return nil }
    if timed?.fits(text) ?? false { return nil }
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
