/// A text to search for, whatever the case of ASCII letters.
package struct FoldedText: Sendable {
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes.map(Self.folded)
  }

  /// Whether some bytes contain it.
  ///
  /// - Complexity: O(bytes × length of the text) at worst
  package func isContained(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count <= text.count else { return false }
    return (0...text.count - bytes.count).contains { start in
      bytes.indices.allSatisfy { Self.folded(text[start + $0]) == bytes[$0] }
    }
  }

  @inline(__always)
  private static func folded(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }
}
