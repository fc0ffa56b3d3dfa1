/// One line of text that can do no harm on a terminal or a page, and how many columns it takes.
///
/// Whatever is drawn or printed is made of these, so that log text cannot get past the sanitizer:
/// every way to make one goes through it, our own words included.
package struct SafeString: Sendable {
  /// The text itself: no control characters, no line ends, well-formed.
  package let text: String
  /// How many columns of a terminal the text takes.
  package let width: Int

  /// Takes any bytes: a field of a log, a file name, an answer from elsewhere.
  ///
  /// - Complexity: O(n)
  package init(_ bytes: [UInt8], as repertoire: Repertoire = .unicode) {
    self = bytes.withUnsafeBufferPointer { Self(sanitizing: $0, as: repertoire) }
  }

  /// Takes any bytes, read where they lie.
  ///
  /// - Complexity: O(n)
  package init(_ bytes: UnsafeRawBufferPointer, as repertoire: Repertoire = .unicode) {
    self = bytes.withMemoryRebound(to: UInt8.self) { Self(sanitizing: $0, as: repertoire) }
  }

  /// Takes any text.
  ///
  /// - Complexity: O(n)
  package init(_ text: String, as repertoire: Repertoire = .unicode) {
    var text = text
    self = text.withUTF8 { Self(sanitizing: $0, as: repertoire) }
  }

  /// Takes the first bytes of a name that may be very long, and an ellipsis where there were more.
  ///
  /// A character that would be cut in two is left out.
  package init(_ bytes: [UInt8], limit: Int, as repertoire: Repertoire = .unicode) {
    guard bytes.count > limit else {
      self.init(bytes, as: repertoire)
      return
    }
    var end = max(0, limit)
    // At most three bytes back: a run of continuation bytes longer than that is no character.
    let earliest = max(0, end - 3)
    while end > earliest && bytes[end] & 0xC0 == 0x80 { end -= 1 }
    if bytes[end] & 0xC0 == 0x80 { end = max(0, limit) }
    self = SafeString(Array(bytes[..<end]), as: repertoire) + repertoire.ellipsis
  }

  private init(sanitizing bytes: UnsafeBufferPointer<UInt8>, as repertoire: Repertoire) {
    var sanitizer = Sanitizer(repertoire: repertoire, expecting: bytes.count)
    sanitizer.append(bytes)
    text = String(decoding: sanitizer.output, as: UTF8.self)
    width = sanitizer.width
  }

  /// For text that is harmless already.
  init(harmless text: String, width: Int) {
    self.text = text
    self.width = width
  }

  /// No text.
  package static let empty = SafeString(harmless: "", width: 0)

  package var isEmpty: Bool { text.isEmpty }

  /// The same in a repertoire: for `.ascii`, every byte beyond it becomes `\xHH`.
  package func converted(to repertoire: Repertoire) -> SafeString {
    repertoire == .ascii && text.utf8.contains { $0 >= 0x80 }
      ? SafeString(text, as: .ascii) : self
  }

  package static func + (left: SafeString, right: SafeString) -> SafeString {
    // The right side begins with a character, never with a mark, so nothing crosses the seam.
    SafeString(harmless: left.text + right.text, width: left.width + right.width)
  }

  package static func += (left: inout SafeString, right: SafeString) {
    left = left + right
  }
}

// MARK: - Our own words

extension SafeString: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) {
    self.init(text)
  }

  package init(stringInterpolation: DefaultStringInterpolation) {
    self.init(String(stringInterpolation: stringInterpolation))
  }
}

extension SafeString: CustomStringConvertible {
  package var description: String { text }
}

// MARK: - Comparison

// By bytes: `String` holds a letter with an accent equal to the letter and the accent.
extension SafeString: Hashable {
  package static func == (left: SafeString, right: SafeString) -> Bool {
    left.width == right.width && left.text.utf8.elementsEqual(right.text.utf8)
  }

  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
