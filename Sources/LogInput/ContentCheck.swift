/// Looks at the first bytes of a file for what is certainly not a log in plain text.
package enum ContentCheck {
  /// How many bytes are enough to tell.
  package static let length = 2

  /// Why the file that begins with these bytes cannot be read, or nil where it can.
  package static func refusal(firstBytes bytes: some Sequence<UInt8>) -> InputFailure? {
    var iterator = bytes.makeIterator()
    switch (iterator.next(), iterator.next()) {
    case (0xFF, 0xFE), (0xFE, 0xFF):
      return InputFailure("looks like UTF-16; convert it with iconv -f UTF-16 -t UTF-8")
    case (0x1F, 0x8B): return InputFailure("is gzip-compressed; pipe it through zcat")
    default: return nil
    }
  }

  /// Whether a file that begins with this byte may have to be refused for its second.
  static func mayRefuse(file first: UInt8) -> Bool {
    first == 0xFF || first == 0xFE || first == 0x1F
  }
}
