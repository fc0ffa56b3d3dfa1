/// A name from a log (a section, a client) as its bytes: compared as bytes, not as text, and made
/// safe only where it leaves the program.
package struct Name: Hashable, Sendable {
  package var bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  package init(_ text: String) {
    bytes = Array(text.utf8)
  }
}

extension Name: Comparable {
  package static func < (left: Name, right: Name) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension Name: CustomStringConvertible {
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}
