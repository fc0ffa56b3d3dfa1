// Terminal colours: `ESC [`, digits, `;` and `:`, and `m`.

private let escape: UInt8 = 0x1B
private let space = UInt8(ascii: " ")

/// The number of bytes of the colour at the start of the text; 0 if there is none.
private func colorLength(_ text: ArraySlice<UInt8>) -> Int {
  guard text.first == escape, text.dropFirst().first == UInt8(ascii: "[") else { return 0 }
  let numbers = text.dropFirst(2).prefix {
    isDigit($0) || $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ":")
  }
  return text.dropFirst(2 + numbers.count).first == UInt8(ascii: "m") ? 3 + numbers.count : 0
}

/// The text after the spaces and colours at its start.
func withoutLeadingBlanks(_ text: [UInt8]) -> [UInt8] {
  Array(withoutLeadingColors(text).text.drop { $0 == space })
}

/// The text after the last of the colours at its start, which spaces may separate; the spaces after
/// it belong to the text.
func withoutLeadingColors(_ text: [UInt8]) -> (text: [UInt8], hadColor: Bool) {
  var rest = text[...]
  var hadColor = false
  while true {
    let afterSpaces = rest.drop { $0 == space }
    let length = colorLength(afterSpaces)
    if length == 0 { return (Array(rest), hadColor) }
    hadColor = true
    rest = afterSpaces.dropFirst(length)
  }
}

/// The text after the colours that directly follow the last word of a wrapper, and one space.
func afterWrapperWord(_ text: [UInt8]) -> [UInt8] {
  var rest = text[...]
  while colorLength(rest) > 0 { rest = rest.dropFirst(colorLength(rest)) }
  return Array(rest.first == space ? rest.dropFirst() : rest)
}

/// The text before the colours at its end.
func withoutTrailingColors(_ text: [UInt8]) -> [UInt8] {
  var text = text
  while text.last == UInt8(ascii: "m"), let start = text.lastIndex(of: escape),
    colorLength(text[start...]) == text.count - start
  {
    text = Array(text[..<start])
    LineBranch.trailingColors.reach()
  }
  return text
}

/// The text without any colour in it.
func withoutColors(_ text: [UInt8]) -> [UInt8] {
  var result: [UInt8] = []
  var rest = text[...]
  while !rest.isEmpty {
    let length = colorLength(rest)
    if length == 0 { result.append(rest.first!) }
    rest = rest.dropFirst(max(length, 1))
  }
  return result
}

/// A word of a wrapper, which ends at a space or at a colour, and what follows it.
///
/// - Returns: `nil` if the text does not begin with a word.
func wrapperWord(_ text: [UInt8]) -> (word: [UInt8], rest: [UInt8])? {
  var length = 0
  while length < text.count && text[length] != space && colorLength(text[length...]) == 0 {
    length += 1
  }
  return length == 0 ? nil : (Array(text[..<length]), Array(text[length...]))
}

/// The next word of a wrapper after the spaces and colours before it.
func nextWrapperWord(_ text: [UInt8]) -> (word: [UInt8], rest: [UInt8])? {
  wrapperWord(withoutLeadingBlanks(text))
}
