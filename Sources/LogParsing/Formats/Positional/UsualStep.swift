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
  /// Whether the next field may be in quotes or without them.
  let precedesQuotes: Bool
  /// How the end of the field is found, if a search alone tells it.
  private let search: Search?

  /// A search that ends where the text that follows a field begins.
  private enum Search: Sendable {
    /// For its first byte.
    case byte
    /// The same, behind nothing or groups in braces. See `FieldCheck.braces`.
    case braces
    /// For a space, behind at least one byte.
    case word
    /// The same, if no wrapper has such a word. See `FieldCheck.unwrapped`.
    case unwrapped
    /// The same as for a word, if what follows does not continue a time.
    case time
    /// For what is no capital letter, behind at least one. See `FieldCheck.capitals`.
    case capitals
    /// For a quote without a backslash before it.
    case quote
  }

  /// Where a field stands.
  struct Place {
    var start: Int
    var end: Int
    /// Where what comes next is expected: the text that follows the field, or the next field.
    var next: Int

    @inline(__always)
    init(_ start: Int, _ end: Int) { (self.start, self.end, next) = (start, end, end) }
  }

  /// - Parameter number: the index of a step.
  /// - Returns: `nil` if the field has no usual form.
  init?(_ layout: FieldLayout, _ number: Int) {
    let step = layout.steps[number]
    guard let text = UsualText(layout.texts[step.text]), !step.mayBeMissing else { return nil }
    switch step.end {
    case .status, .pattern: return nil
    case .word, .list, .timeWords:
      guard text.count == 0 || text.first == .space else { return nil }
    default: break
    }
    (role, check, end, self.text) = (step.role, step.check, step.end, text)
    search = Self.search(step, before: text)
    precedesQuotes =
      number + 1 < layout.steps.count && layout.steps[number + 1].end == .optionalQuotes
  }

  private static func search(_ step: FieldLayout.Step, before text: UsualText) -> Search? {
    switch (step.end, step.check) {
    case (.word, .none): .word
    case (.word, .unwrapped): .unwrapped
    case (.timeWords, .none) where text.count == 1: .time
    case (.text, .none) where text.first != .space: .byte
    case (.text, .braces) where text.first != .space: .braces
    case (.text, .capitals) where text.first != .space: .capitals
    case (.quote, .none): .quote
    default: nil
    }
  }

  /// Whether `endBySearch` reads the field.
  var isSearched: Bool { search != nil }

  /// The end of a field of a step that a search alone tells; negative if its text does not follow.
  ///
  /// Alone, so that no registers have to be saved for what other fields need.
  @inline(never)
  static func endBySearch(
    _ step: UnsafePointer<UsualStep>, in line: UnsafePointer<UInt8>, from start: Int
  ) -> Int {
    let search = step.pointee.search.unsafelyUnwrapped
    let length =
      switch search {
      case .byte, .braces: LineSearch.first(step.pointee.text.first, in: line + start)
      case .word, .unwrapped, .time: LineSearch.first(.space, in: line + start)
      case .capitals: LineSearch.firstOutsideCapitals(in: line + start)
      case .quote: LineSearch.endOfQuotedText(in: line + start)
      }
    let end = start &+ length
    guard step.pointee.text.isAt(end, of: line) else { return -1 }
    // The most frequent first, rather than a jump that has to be predicted.
    if search == .byte || search == .quote { return end }
    guard length > 0 else { return search == .braces ? end : -1 }
    if search == .word || search == .capitals { return end }
    let last = line[end &- 1]
    let isRight =
      switch search {
      case .braces: line[start] == UInt8(ascii: "{") && last == .space
      case .unwrapped: FieldCheck.isUnwrapped(line, start, end)
      default: !continuesTime(line + step.pointee.text.end(from: end, of: line))
      }
    return isRight ? end : -1
  }

  /// Whether a word may belong to a time before it.
  @inline(__always)
  static func continuesTime(_ word: UnsafePointer<UInt8>) -> Bool {
    word[0] == UInt8(ascii: "+") || word[0] == .hyphen || word[2] == .colon
  }

  /// Finds the field of a step that begins at an index, and the text that follows it.
  ///
  /// - Parameters:
  ///   - step: not copied for every line.
  ///   - line: ends in a newline.
  /// - Returns: the place, with what follows the text; `nil` if the line is not a usual one.
  /// - Complexity: O(bytes of the field).
  // Not within the loop over a layout, which has no registers left.
  @inline(never)
  static func read(
    _ step: UnsafePointer<UsualStep>, in line: UnsafePointer<UInt8>, count: Int, from index: Int
  ) -> Place? {
    guard var place = step.pointee.place(in: line, count: count, from: index),
      let next = step.pointee.text.match(line, at: place.next),
      step.pointee.isWhole(line, place, next)
    else { return nil }
    if step.pointee.check != .none, step.pointee.end != .number {
      let field = TextRange(start: line + place.start, count: place.end &- place.start)
      guard step.pointee.check.acceptsUsual(field) else { return nil }
    }
    place.next = next
    return place
  }

  @inline(__always)
  private func place(in line: UnsafePointer<UInt8>, count: Int, from start: Int) -> Place? {
    switch end {
    case .word, .list, .timeWords:
      let end = start &+ LineSearch.first(.space, in: line + start)
      return end > start ? Place(start, end) : nil
    case .number: return Self.numberEnd(line, from: start).map { Place(start, $0) }
    case .text: return beforeText(line, from: start)
    case .quote: return Self.quoted(line, from: start)
    case .request: return Self.request(line, from: start)
    case .brackets: return beforeBrackets(line, from: start)
    case .optionalQuotes: return optionalQuotes(line, from: start)
    case .slash:
      let end = start &+ LineSearch.first(.slash, in: line + start)
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
    return !Self.continuesTime(word)
  }
}
