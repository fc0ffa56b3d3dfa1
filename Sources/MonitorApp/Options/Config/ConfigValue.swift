/// How the value of an option is written on a line of a config file: bare, or in quotes as on a
/// command line, perhaps before a comment.
enum ConfigValue {
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
  }

  /// The value that stands at the end of a line, without its quotes and the comment behind it.
  ///
  /// - Parameters:
  ///   - line: the line, of which something precedes the value.
  ///   - start: where the value begins.
  /// - Returns: `nil` if there is none.
  /// - Throws: if the quote that the value begins with is not closed.
  static func parse(
    _ line: ArraySlice<UInt8>, from start: Int
  ) throws(UsageError) -> String? {
    let rest = line[start...]
    if let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
      guard let (content, end) = quoted(rest, quote) else {
        throw .badConfig("the quote before the value is not closed")
      }
      if isEnd(line, from: end) { return String(decoding: content, as: UTF8.self) }
    }
    let bare = bare(line, from: start)
    return bare.isEmpty ? nil : String(decoding: bare, as: UTF8.self)
  }

  /// The value in the form that means itself, in quotes only if it must be.
  static func written(_ value: String) -> String {
    let isPlain = { (text: String) -> Bool in
      let line = Array(" \(text)  # comment".utf8)
      return (try? parse(line[...], from: 1)) == value
    }
    if value.utf8.first.map(isBlank) == false, isPlain(value) { return value }
    if isPlain("'\(value)'") { return "'\(value)'" }
    let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }

  /// What stands in quotes at the beginning, and where that ends. In double quotes, `\"` and `\\` stand
  /// for the bare character.
  ///
  /// - Returns: `nil` if the quote is not closed.
  private static func quoted(
    _ text: ArraySlice<UInt8>, _ quote: UInt8
  ) -> (content: [UInt8], end: Int)? {
    var content: [UInt8] = []
    var index = text.startIndex + 1
    while index < text.endIndex {
      if text[index] == quote { return (content, index + 1) }
      if quote == UInt8(ascii: "\""), isEscape(text, at: index) { index += 1 }
      content.append(text[index])
      index += 1
    }
    return nil
  }

  /// Whether a backslash before a quote or a backslash stands there.
  private static func isEscape(_ text: ArraySlice<UInt8>, at index: Int) -> Bool {
    text[index] == UInt8(ascii: "\\") && index + 1 < text.endIndex
      && (text[index + 1] == UInt8(ascii: "\"") || text[index + 1] == UInt8(ascii: "\\"))
  }

  /// Whether nothing follows but blanks and a comment.
  private static func isEnd(_ line: ArraySlice<UInt8>, from end: Int) -> Bool {
    guard let next = line[end...].firstIndex(where: { !isBlank($0) }) else { return true }
    return line[next] == UInt8(ascii: "#") && next > end
  }

  /// The text up to a comment, without the blanks behind it. A `#` begins a comment behind a blank,
  /// outside double quotes.
  private static func bare(_ line: ArraySlice<UInt8>, from start: Int) -> ArraySlice<UInt8> {
    var end = start
    var isQuoted = false
    var index = start
    while index < line.endIndex {
      let byte = line[index]
      if byte == UInt8(ascii: "#"), !isQuoted, isBlank(line[index - 1]) { break }
      if isQuoted, isEscape(line, at: index) {
        index += 1
      } else if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      }
      index += 1
      if !isBlank(byte) { end = index }
    }
    return line[start..<end]
  }
}
