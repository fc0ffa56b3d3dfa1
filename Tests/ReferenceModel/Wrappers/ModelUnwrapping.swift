/// A line from which wrappers are taken off, level by level.
struct ModelUnwrapping {
  /// What is left of it.
  var text: [UInt8]
  /// The outermost name; empty if there is none so far.
  var name: [UInt8] = []
  /// The number of wrappers that were taken off.
  var levels = 0
  /// Whether a colour was dropped before the text, at any level.
  var hadColor = false
  /// Whether some of its text was joined from pieces.
  var isJoined = false
  /// Whether the text was just joined from pieces.
  var isWhole = false
  /// Whether its pieces are longer than a line may be.
  var isOversize = false
  /// Whether a line ending at the end of the text belongs to the wrapper.
  var endsLines = false
  /// Whether the text is in a wrapper of stern, which is never around another one: a line may begin with
  /// two words like those of stern.
  var isInStern = false

  /// The maximum number of wrappers around a line.
  static let limit = 8

  /// Whether a colour was dropped, and another one follows the first word.
  var hasInnerColors: Bool {
    guard hadColor, !isOversize, let (_, rest) = nextWrapperWord(text) else { return false }
    return withoutLeadingColors(rest).hadColor && rest.first != UInt8(ascii: " ")
  }

  /// Whether what is left is a line and cannot be a wrapper.
  var isLine: Bool {
    guard let (word, _) = nextWrapperWord(text) else { return true }
    return word.first == UInt8(ascii: "\"") || isAddress(word)
  }

  /// Drops the colours before the text, and those after it if there were any.
  mutating func dropColors() {
    let (rest, hasColor) = withoutLeadingColors(text)
    text = rest
    if hasColor { hadColor = true }
    if hadColor {
      text = withoutTrailingColors(text)
      LineBranch.leadingColors.reach()
    }
  }

  /// Goes on with what is inside a wrapper.
  mutating func enter(_ wrapper: ModelWrapper) {
    text = wrapper.inside
    if name.isEmpty { name = wrapper.name }
    levels += 1
    endsLines = wrapper.endsLines
    if levels > 1 { LineBranch.nested.reach() }
    if levels > 2 { LineBranch.deeplyNested.reach() }
  }
}

extension ModelLineReader {
  /// Takes all wrappers off a line.
  ///
  /// - Parameter pieces: lines of which only some pieces have arrived.
  /// - Returns: `nil` if the line is a piece of a longer one that has not ended.
  func unwrapped(_ start: ModelUnwrapping, pieces: inout ModelPieces) -> ModelUnwrapping? {
    unwrapped(start) { pieces.add($0, stream: $1.stream, isLast: $1.isLast) }
  }

  /// - Parameter join: adds a piece to those before it, and returns the line if it is the last one.
  private func unwrapped(
    _ start: ModelUnwrapping, join: (ModelUnwrapping, ModelWrapper.Piece) -> ModelUnwrapping?
  ) -> ModelUnwrapping? {
    var line = start
    while true {
      if line.endsLines { line.text = withoutLineEnding(line.text) }
      line.endsLines = false
      if line.isWhole && line.text.count > lineLimit && !isBlank(line.text) {
        line.isOversize = true
        return line
      }
      line.isWhole = false
      if line.levels == ModelUnwrapping.limit {
        if line.hadColor { line.text = withoutTrailingColors(line.text) }
        return line
      }
      line.dropColors()
      if line.isLine { return line }
      let text = Array(line.text.drop { $0 == UInt8(ascii: " ") })
      if beginsWithOwnTime(text) {
        LineBranch.ownTime.reach()
        return line
      }
      guard let wrapper = ModelWrapper.recognized(text) else {
        return insideStern(text, of: line) ?? line
      }
      line.enter(wrapper)
      if let piece = wrapper.piece {
        guard let whole = join(line, piece) else { return nil }
        line = whole
      }
    }
  }

  /// Whether the text is a line that begins with a time of its own, which could be that of a wrapper:
  /// of a load balancer, or of the format string that was asked for.
  private func beginsWithOwnTime(_ text: [UInt8]) -> Bool {
    if ModelServer.elb.judge(text, zone: 0) != .rejected(.shape) { return true }
    guard case .custom(let layout) = candidates(for: []).first?.kind, layout.beginsWithTime
    else { return false }
    switch layout.judge(text, zone: 0) {
    case .record, .rejected(.bytes): return true
    default: return false
    }
  }

  /// What is in a wrapper of stern, if it is a hit whose client is an address. Pieces in it are
  /// lines.
  private func insideStern(_ text: [UInt8], of line: ModelUnwrapping) -> ModelUnwrapping? {
    guard !line.isInStern, let wrapper = sternWrapper(text) else { return nil }
    var inside = line
    inside.isInStern = true
    inside.enter(wrapper)
    guard let whole = unwrapped(inside, join: { piece, _ in piece }), !whole.isOversize,
      !whole.hasInnerColors,
      candidates(for: whole.name).contains(where: { format in
        guard case .record(let record) = format.judge(whole.text) else { return false }
        return isAddress(record.client)
      })
    else { return nil }
    LineBranch.stern.reach()
    return whole
  }
}
