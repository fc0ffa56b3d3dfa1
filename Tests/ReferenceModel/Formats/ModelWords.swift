private let space = UInt8(ascii: " ")

/// The words of a text, with one space or more between them.
func words(_ text: [UInt8]) -> [[UInt8]] {
  text.split(separator: space).map { Array($0) }
}

/// The first word of a text and what follows it, with its spaces; `nil` if there are only spaces.
func firstWord(_ text: [UInt8]) -> (word: [UInt8], rest: [UInt8])? {
  let start = Array(text.drop { $0 == space })
  let word = Array(start.prefix { $0 != space })
  return word.isEmpty ? nil : (word, Array(start[word.count...]))
}
