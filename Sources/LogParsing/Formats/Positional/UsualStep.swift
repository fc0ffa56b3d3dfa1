/// A step of a layout for the lines that most servers write nearly always: single spaces, no
/// backslashes, and each field as its format describes it. What a step finds is what
/// `FieldLayout.find` finds; any other line is left to that.
///
/// Lines end in a newline, and every search ends there.
struct UsualStep: Sendable {
  let role: FieldRole
  let check: FieldCheck
  let end: FieldEnd
  /// The text that follows the field.
  let text: UsualText
  let kind: Kind

  /// Fields that are read without looking at anything else, as most are.
  enum Kind: Sendable {
    /// A number before a single byte, or any word before a space.
    case numberBeforeSpace, numberBeforeSlash, number, word
    case other
  }

  /// Where a field ends, and where the text that follows it is expected.
  struct Place {
    var start: Int
    var end: Int
    var textStart: Int

    @inline(__always)
    init(_ start: Int, _ end: Int) { (self.start, self.end, textStart) = (start, end, end) }
  }

  /// - Returns: `nil` if the field has no usual form.
  init?(_ step: FieldLayout.Step, _ text: some Collection<UInt8>) {
    guard let text = UsualText(text), !step.mayBeMissing else { return nil }
    switch step.end {
    case .status, .pattern: return nil
    case .word, .list, .timeWords:
      guard text.count == 0 || text.first == .space else { return nil }
    default: break
    }
    (role, check, end, self.text) = (step.role, step.check, step.end, text)
    switch (end, check, text.count) {
    case (.number, _, 1) where text.first == .space: kind = .numberBeforeSpace
    case (.number, _, 1) where text.first == .slash: kind = .numberBeforeSlash
    case (.number, _, 1): kind = .number
    case (.word, .none, 1): kind = .word
    default: kind = .other
    }
  }

  /// Moves over the field that begins at an index, and the text that follows it.
  ///
  /// - Parameters:
  ///   - line: ends in a newline.
  ///   - index: moves behind the text.
  /// - Returns: the range of the field; `nil` if the line is not a usual one.
  /// - Complexity: O(bytes of the field).
  @inline(__always)
  func read(
    _ line: UnsafePointer<UInt8>, count: Int, _ separators: inout SeparatorCursor,
    from index: inout Int
  ) -> (start: Int, end: Int)? {
    if kind != .other { return readPlain(line, &separators, from: &index) }
    guard let place = place(in: line, count: count, &separators, from: index),
      let next = text.match(line, at: place.textStart), isWhole(line, place, next)
    else { return nil }
    if check != .none, end != .number {
      let field = TextRange(start: line + place.start, count: place.end &- place.start)
      guard check.acceptsUsual(field) else { return nil }
    }
    index = next
    return (place.start, place.end)
  }

  /// The same for a field that is plain.
  @inline(__always)
  private func readPlain(
    _ line: UnsafePointer<UInt8>, _ separators: inout SeparatorCursor, from index: inout Int
  ) -> (start: Int, end: Int)? {
    let start = index
    let end: Int
    switch kind {
    case .word:
      end = separators.space(from: start)
      guard end > start, line[end] == .space else { return nil }
    case .numberBeforeSpace, .numberBeforeSlash:
      end =
        kind == .numberBeforeSpace ? separators.space(from: start) : separators.slash(from: start)
      // Without a loop over the digits, the number of which the branch predictor cannot know.
      let isShort =
        end > start && end &- start < 8 && Numbers.digits(line + start) == end &- start
      guard isShort || Self.numberEnd(line, from: start) == end, line[end] == text.first else {
        return nil
      }
    default:
      guard let found = Self.numberEnd(line, from: start), line[found] == text.first else {
        return nil
      }
      end = found
    }
    index = end &+ 1
    if text.first == .space {
      while line[index] == .space { index &+= 1 }
    }
    return (start, end)
  }

  @inline(__always)
  private func place(
    in line: UnsafePointer<UInt8>, count: Int, _ separators: inout SeparatorCursor,
    from start: Int
  ) -> Place? {
    switch end {
    case .word, .list, .timeWords:
      let end = separators.space(from: start)
      return end > start ? Place(start, end) : nil
    case .number: return Self.numberEnd(line, from: start).map { Place(start, $0) }
    case .text: return beforeText(line, from: start)
    case .quote: return Self.quoted(line, from: start)
    case .request: return Self.request(line, from: start)
    case .brackets: return beforeBrackets(line, from: start)
    case .optionalQuotes: return optionalQuotes(line, from: start)
    case .slash:
      let end = separators.slash(from: start)
      return line[end] == .slash ? Place(start, end) : nil
    case .line: return Place(start, count)
    case .none: return Place(start, start)
    case .status, .pattern: return nil
    }
  }

  /// Whether a list or a time that ends at a space does not go on behind it.
  @inline(__always)
  private func isWhole(_ line: UnsafePointer<UInt8>, _ place: Place, _ next: Int) -> Bool {
    guard end == .list || end == .timeWords else { return true }
    guard text.count > 0 else { return line[place.end] == .newline }
    // The next word, which the text may begin.
    let word = line + (text.count == 1 ? next : place.end &+ 1)
    if end == .list {
      let last = line[place.end &- 1]
      return last != .comma && last != .colon && word[0] != .colon
    }
    return word[0] != UInt8(ascii: "+") && word[0] != .hyphen && word[2] != .colon
  }
}
