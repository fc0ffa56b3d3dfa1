/// A mistake in the definition of an action.
package struct DefinitionError: Error, Equatable, Sendable {
  /// What is wrong, in one line. It repeats no part of the definition, which may hold a secret.
  package var message: String
  /// The first wrong byte of the definition, from 0; its length if something is missing at its end.
  package var offset: Int

  package init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }

  /// The definition with dots in place of what may be secret: what follows the host of a URL, and a user
  /// and a password before it. Every byte keeps its place, and the wrong one stays unless it is
  /// part of a user.
  package func shownText(of definition: String) -> String {
    var bytes = Array(definition.utf8)
    var index = 0
    while let start = Self.range(of: Array("://".utf8), in: bytes, from: index)?.upperBound {
      let end = bytes[start...].firstIndex { $0 == 0x20 || $0 == 0x09 || $0 == 0x22 } ?? bytes.count
      let hostEnd = bytes[start..<end].firstIndex { "/?#".utf8.contains($0) } ?? end
      let hostStart = bytes[start..<hostEnd].lastIndex(of: UInt8(ascii: "@")) ?? start
      let path = (hostEnd..<end).dropFirst().filter { $0 != offset }
      for place in Array(start..<hostStart) + path { bytes[place] = UInt8(ascii: ".") }
      index = end
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func range(of part: [UInt8], in bytes: [UInt8], from start: Int) -> Range<Int>? {
    guard bytes.count >= part.count, start <= bytes.count - part.count else { return nil }
    return (start...bytes.count - part.count).first { bytes[$0..<$0 + part.count] == part[...] }
      .map { $0..<$0 + part.count }
  }
}
