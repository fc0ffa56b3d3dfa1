import AccessLog

/// Memory for the texts of one line that do not stand in it as they are, because of escapes. They are
/// valid until it is emptied.
struct UnescapedTexts: Sendable {
  /// Never moves while it holds texts: each has room for the longest line.
  private final class Memory: @unchecked Sendable {
    var bytes: UnsafeMutableBufferPointer<UInt8>

    init(_ count: Int) {
      bytes = .allocate(capacity: count)
      bytes.initialize(repeating: 0)
    }

    deinit { bytes.deallocate() }
  }

  private var memory: [Memory] = []
  private var used = 0

  /// Whether it holds no text, except perhaps empty ones.
  var isEmpty: Bool { used == 0 }

  /// Forgets all texts but keeps the memory.
  mutating func removeAll() { used = 0 }

  /// Appends a text without escapes.
  ///
  /// - Parameter doubling: whether each quote in it stands for half of one.
  /// - Returns: the text itself if it has no escapes.
  mutating func append(_ text: TextRange, doubling: Bool) -> TextRange {
    guard doubling else { return text }
    return write(text) { text, index in
      let byte = text.start[index]
      index += byte == .quote ? 2 : 1
      return byte
    }
  }

  /// Appends a text without backslashes before quotes and backslashes. Every other backslash is an
  /// ordinary character.
  ///
  /// - Returns: the text itself if it has no backslashes.
  mutating func appendUnquoted(_ text: TextRange) -> TextRange {
    guard text.firstIndex(of: .backslash) != nil else { return text }
    return write(text) { text, index in
      if text.start[index] == .backslash, index + 1 < text.count,
        text.start[index + 1] == .quote || text.start[index + 1] == .backslash
      {
        index += 1
      }
      index += 1
      return text.start[index - 1]
    }
  }

  /// Appends what is between the quotes of a JSON string, without its escapes.
  ///
  /// - Parameter text: valid, and between its quotes.
  mutating func appendJSON(_ text: TextRange) -> TextRange {
    let output = room(for: text.count + 2)
    var scanner = JSONScanner(TextRange(start: text.start - 1, count: text.count + 2))
    return TextRange(start: output, count: scanner.string(into: output) ?? 0)
  }

  /// Appends a text with a space for each `+`.
  ///
  /// - Returns: the text itself if it has none.
  mutating func appendWithSpaces(_ text: TextRange) -> TextRange {
    let plus = UInt8(ascii: "+")
    guard text.firstIndex(of: plus) != nil else { return text }
    return write(text) { text, index in
      let byte = text.start[index]
      index += 1
      return byte == plus ? .space : byte
    }
  }

  /// Appends a text with a byte for each mark that two hexadecimal digits follow: `%XX` (RFC 3986 section
  /// 2.1), `#XX` of HAProxy. Every other mark is an ordinary character.
  ///
  /// - Returns: the text itself if it has no mark.
  mutating func append(_ text: TextRange, decoding mark: UInt8) -> TextRange {
    guard text.firstIndex(of: mark) != nil else { return text }
    return write(text) { text, index in
      let byte = text.start[index]
      index += 1
      guard byte == mark, index + 1 < text.count,
        let upper = text.start[index].hexValue, let lower = text.start[index + 1].hexValue
      else { return byte }
      index += 2
      return upper << 4 | lower
    }
  }

  /// Appends a text by what a function makes of it, byte by byte.
  ///
  /// - Parameter next: the next byte; moves the index, which begins with 0, behind what it stands for.
  mutating func write(
    _ text: TextRange, _ next: (TextRange, inout Int) -> UInt8
  ) -> TextRange {
    let output = room(for: text.count)
    var count = 0
    var index = 0
    while index < text.count {
      output[count] = next(text, &index)
      count += 1
    }
    return TextRange(start: output, count: count)
  }

  /// Memory for a text of so many bytes and the padding behind it.
  mutating func room(for count: Int) -> UnsafeMutablePointer<UInt8> {
    let needed = count + LineBytes.padding
    if used == memory.count {
      memory.append(Memory(max(needed, 1 << 10)))
    } else if memory[used].bytes.count < needed || !isKnownUniquelyReferenced(&memory[used]) {
      // Another copy of the format may be in use by another thread.
      memory[used] = Memory(max(needed, memory[used].bytes.count))
    }
    used += 1
    // Not empty: it has room for the padding.
    return memory[used - 1].bytes.baseAddress!
  }
}
