extension UnescapedTexts {
  /// Appends a text in which `#` and two hexadecimal digits stand for a byte. Every other `#` is an
  /// ordinary character.
  ///
  /// - Returns: the text itself if it has no `#`.
  mutating func appendWithoutHashes(_ text: TextRange) -> TextRange {
    let hash = UInt8(ascii: "#")
    guard text.firstIndex(of: hash) != nil else { return text }
    return write(text) { text, index in
      defer { index += 1 }
      guard text.start[index] == hash, index + 2 < text.count,
        let high = text.start[index + 1].hexValue, let low = text.start[index + 2].hexValue
      else { return text.start[index] }
      index += 2
      return high << 4 | low
    }
  }
}
