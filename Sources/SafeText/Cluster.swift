/// A character together with its combining marks: the content of one terminal cell, or of two where
/// the character is wide.
package struct Cluster: Equatable, Sendable {
  /// The base character.
  package let scalar: Unicode.Scalar
  /// Combining marks drawn over the character; at most four.
  package let marks: [Unicode.Scalar]
  /// Width in columns: 1 or 2.
  package let width: Int
}

/// The clusters of a text from left to right.
package struct Clusters: Sequence, IteratorProtocol {
  private var rest: String.UnicodeScalarView.Iterator
  private var pending: Unicode.Scalar?

  init(_ text: SafeString) {
    rest = text.text.unicodeScalars.makeIterator()
    pending = rest.next()
  }

  /// The next cluster, or nil at the end of the text.
  ///
  /// - Complexity: O(1); a cluster has at most four marks.
  package mutating func next() -> Cluster? {
    guard let scalar = pending else { return nil }
    pending = rest.next()
    var marks: [Unicode.Scalar] = []
    while let mark = pending, mark.value >= 0x80, mark.characterClass == .mark {
      marks.append(mark)
      pending = rest.next()
    }
    let width = scalar.value >= 0x80 && scalar.characterClass == .wide ? 2 : 1
    return Cluster(scalar: scalar, marks: marks, width: width)
  }
}

extension SafeString {
  /// The clusters of the text from left to right.
  package var clusters: Clusters { Clusters(self) }
}
