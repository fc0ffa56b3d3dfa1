import AccessLog

/// A wrapper at the beginning of a text, and what is inside it.
struct WrapperMatch {
  /// A single one.
  var wrapper: WrapperSet
  /// The host, container or pod that the wrapper names.
  var name: TextRange?
  /// What the wrapper is around: a line, or a line in another wrapper.
  var inside: TextRange
  /// The output of a container that the line was written to, such as `stdout`; `nil` if the wrapper
  /// does not cut lines.
  var stream: TextRange?
  /// Whether the line goes on in a later piece.
  var isCut = false
  /// Whether a line ending at the end of the text is that of the line.
  var endsLine = false
}

/// Terminal colours: `ESC [ digits m` (ECMA-48, SGR).
enum ColorText {
  /// The length of the colour at an index; 0 if there is none.
  static func length(in text: TextRange, at index: Int) -> Int {
    guard index + 2 < text.count, text[index] == .escape, text[index + 1] == .openingBracket
    else { return 0 }
    var end = index + 2
    while end < text.count, isParameter(text[end]) { end += 1 }
    return end < text.count && text[end] == UInt8(ascii: "m") ? end + 1 - index : 0
  }

  /// The index behind the last of the colours that begin the text, spaces between them included; 0
  /// if there are none.
  static func leading(_ text: TextRange) -> Int {
    var end = 0
    var index = text.skip(.space, from: 0)
    while index < text.count, text[index] == .escape {
      let length = length(in: text, at: index)
      guard length > 0 else { break }
      end = index + length
      index = text.skip(.space, from: end)
    }
    return end
  }

  /// The text without the colours at its end.
  static func withoutTrailing(_ text: TextRange) -> TextRange {
    var text = text
    while text.last == UInt8(ascii: "m") {
      var start = text.count - 1
      while start > 0, isParameter(text[start - 1]) { start -= 1 }
      guard start > 1, text[start - 1] == .openingBracket, text[start - 2] == .escape else { break }
      text.count = start - 2
    }
    return text
  }

  private static func isParameter(_ byte: UInt8) -> Bool {
    byte.isDigit || byte == UInt8(ascii: ";") || byte == .colon
  }
}

extension TextRange {
  /// The range of the next word from an index on, without the spaces and colours before it; it ends
  /// before a space or a colour.
  func coloredWord(from index: Int) -> Range<Int> {
    var first = skip(.space, from: index)
    while true {
      let length = ColorText.length(in: self, at: first)
      guard length > 0 else { break }
      first = skip(.space, from: first + length)
    }
    var end = first
    while true {
      end += ByteSearch.first(.space, or: .escape, in: start + end, count: count - end)
      // An escape character that begins no colour is a byte like any other.
      guard end < count, self[end] == .escape, ColorText.length(in: self, at: end) == 0 else {
        return first..<end
      }
      end += 1
    }
  }

  /// What follows a word of a wrapper, the colours after it and a single space.
  func afterSpace(_ index: Int) -> TextRange {
    var end = index
    while end < count, self[end] == .escape {
      let length = ColorText.length(in: self, at: end)
      guard length > 0 else { break }
      end += length
    }
    return from(end < count && self[end] == .space ? end + 1 : end)
  }
}
