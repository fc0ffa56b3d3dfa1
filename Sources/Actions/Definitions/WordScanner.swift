/// A word of a definition, with the place of each of its bytes.
struct DefinitionWord {
  var bytes: [UInt8] = []
  /// The offset of each byte in the definition, and then that of the word's end.
  var offsets: [Int] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }
  /// The offset of the word.
  var start: Int { offsets.first ?? 0 }
}

/// Splits a definition into words. A word ends at a blank, or stands in double quotes, within which
/// `\"` and `\\` stand for a quote and a backslash.
struct WordScanner {
  private let bytes: [UInt8]
  private var index: Int

  /// - Parameter index: where to begin.
  init(_ bytes: [UInt8], from index: Int) {
    self.bytes = bytes
    self.index = index
  }

  /// The length of the definition.
  var end: Int { bytes.count }

  /// The next word; `nil` at the end.
  mutating func next() throws(DefinitionError) -> DefinitionWord? {
    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
    guard index < bytes.count else { return nil }
    return bytes[index] == UInt8(ascii: "\"") ? try quoted() : try bare()
  }

  private mutating func bare() throws(DefinitionError) -> DefinitionWord {
    var word = DefinitionWord()
    while index < bytes.count, !isBlank(bytes[index]) {
      guard bytes[index] != UInt8(ascii: "\"") else {
        throw DefinitionError(message: "quotes must enclose a whole word", offset: index)
      }
      word.bytes.append(bytes[index])
      word.offsets.append(index)
      index += 1
    }
    word.offsets.append(index)
    return word
  }

  private mutating func quoted() throws(DefinitionError) -> DefinitionWord {
    let start = index
    var word = DefinitionWord()
    index += 1
    while index < bytes.count {
      var byte = bytes[index]
      let place = index
      index += 1
      if byte == UInt8(ascii: "\"") {
        guard index == bytes.count || isBlank(bytes[index]) else {
          throw DefinitionError(message: "expected a blank after the quotes", offset: index)
        }
        word.offsets.append(place)
        return word
      }
      if byte == UInt8(ascii: "\\"), index < bytes.count,
        bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "\\")
      {
        byte = bytes[index]
        index += 1
      }
      word.bytes.append(byte)
      word.offsets.append(place)
    }
    throw DefinitionError(message: "the quotes are not closed", offset: start)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
