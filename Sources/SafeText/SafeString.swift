/// A line of text that is safe to write to a terminal or into a file, and its width in columns.
///
/// Everything that is drawn or printed is a `SafeString`. Every way to create one from outside runs the
/// sanitizer, also for the program's own texts, so log text cannot bypass it.
package struct SafeString: Sendable {
  /// The sanitized text: well-formed, without control characters and line ends.
  package let text: String
  /// The width of the text in terminal columns.
  package let width: Int

  /// Sanitizes arbitrary bytes, for example a field of a log line or a file name.
  ///
  /// - Complexity: O(n)
  package init(_ bytes: [UInt8], as encoding: TextEncoding = .unicode) {
    self = bytes.withUnsafeBufferPointer { Self(sanitizing: $0, as: encoding) }
  }

  /// Sanitizes arbitrary text.
  ///
  /// - Complexity: O(n)
  package init(_ text: String, as encoding: TextEncoding = .unicode) {
    var text = text
    self = text.withUTF8 { Self(sanitizing: $0, as: encoding) }
  }

  /// Sanitizes at most `limit` bytes of a name that may be very long, and appends an ellipsis where
  /// the name is longer.
  ///
  /// A character that does not fit whole is dropped.
  ///
  /// - Complexity: O(`limit`)
  package init(_ bytes: [UInt8], limit: Int, as encoding: TextEncoding = .unicode) {
    guard bytes.count > limit else {
      self.init(bytes, as: encoding)
      return
    }
    var end = max(0, limit)
    // Go back three bytes at most: no character has more than three continuation bytes.
    let earliest = max(0, end - 3)
    while end > earliest && bytes[end] & 0xC0 == 0x80 { end -= 1 }
    if bytes[end] & 0xC0 == 0x80 { end = max(0, limit) }
    self = SafeString(Array(bytes[..<end]), as: encoding) + encoding.ellipsis
  }

  private init(sanitizing bytes: UnsafeBufferPointer<UInt8>, as encoding: TextEncoding) {
    var sanitizer = Sanitizer(encoding: encoding, expecting: bytes.count)
    sanitizer.append(bytes)
    text = String(decoding: sanitizer.output, as: UTF8.self)
    width = sanitizer.width
  }

  /// Wraps text that is already sanitized.
  init(sanitized text: String, width: Int) {
    self.text = text
    self.width = width
  }

  /// The empty text.
  package static let empty = SafeString(sanitized: "", width: 0)

  /// Whether there is no text.
  package var isEmpty: Bool { text.isEmpty }

  /// The text converted to an encoding. For `.ascii`, every byte outside ASCII becomes `\xHH`.
  ///
  /// - Complexity: O(n)
  package func converted(to encoding: TextEncoding) -> SafeString {
    // An ellipsis stands for what is left out and is no part of a name.
    encoding == .ascii && text.utf8.contains { $0 >= 0x80 }
      ? SafeString(text.replacing("…", with: encoding.ellipsis.text), as: .ascii) : self
  }

  /// Joins two texts.
  package static func + (left: SafeString, right: SafeString) -> SafeString {
    // The right text begins with a character, never with a combining mark, so it cannot change the
    // last character of the left text.
    SafeString(sanitized: left.text + right.text, width: left.width + right.width)
  }
}

// MARK: - Literals

extension SafeString: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// Sanitizes a literal.
  package init(stringLiteral text: String) {
    self.init(text)
  }

  /// Sanitizes the result of an interpolation.
  package init(stringInterpolation: DefaultStringInterpolation) {
    self.init(String(stringInterpolation: stringInterpolation))
  }
}

extension SafeString: CustomStringConvertible {
  /// The sanitized text.
  package var description: String { text }
}

// MARK: - Comparison

// Comparison is by bytes: `String` treats a precomposed letter as equal to the letter followed by a
// combining accent.
extension SafeString: Hashable {
  /// Whether both texts consist of the same bytes.
  package static func == (left: SafeString, right: SafeString) -> Bool {
    left.width == right.width && left.text.utf8.elementsEqual(right.text.utf8)
  }

  /// Hashes the bytes of the text.
  package func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}
