import SafeText

/// Why a text is no condition or rule, and where.
package struct GrammarError: Error, Equatable, Sendable {
  /// What was expected, or what is wrong; a line without the place.
  package let message: String
  /// The place of the first wrong character, in UTF-8 bytes from the start of the text; its length at
  /// the end.
  package let offset: Int

  package init(_ message: String, at offset: Int) {
    self.message = message
    self.offset = offset
  }
}

extension GrammarError {
  /// The text on one line, and `^` under the first wrong character on another. Of a long text, what
  /// stands around the place.
  ///
  /// - Parameters:
  ///   - text: the text that was parsed.
  ///   - columns: the width of the lines at most; at least 20.
  package func picture(
    of text: String, columns: Int = 76, as encoding: TextEncoding = .unicode
  ) -> [SafeString] {
    let bytes = Array(text.utf8)
    let place = min(max(0, offset), bytes.count)
    let columns = max(20, columns)
    // A column shows 16 bytes at most: a character with its marks.
    let reach = 16 * columns
    var first = max(0, place - reach)
    while first < place, bytes[first] & 0xC0 == 0x80 { first += 1 }
    var before = SafeString(Array(bytes[first..<place]), as: encoding)
    let ellipsis = encoding.ellipsis
    let room = columns / 2
    if first > 0 || before.width > room {
      before = ellipsis + before.suffix(room - ellipsis.width)
    }
    let after = SafeString(Array(bytes[place...]), limit: reach, as: encoding)
      .truncated(to: columns - before.width, as: encoding)
    let mark = SafeString(String(repeating: " ", count: before.width) + "^")
    return [before + after, mark]
  }
}
