/// What shares a cell of the terminal: a character and the marks on it.
package struct Cluster: Equatable, Sendable {
  package let scalar: Unicode.Scalar
  /// Drawn over the character; at most four.
  package let marks: [Unicode.Scalar]
  /// In columns: 1 or 2.
  package let width: Int
}

/// The cells of a text from left to right.
package struct Clusters: Sequence, IteratorProtocol {
  private var rest: String.UnicodeScalarView.Iterator
  private var pending: Unicode.Scalar?

  init(_ text: SafeString) {
    rest = text.text.unicodeScalars.makeIterator()
    pending = rest.next()
  }

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
  /// The cells that the text takes, from left to right.
  package var clusters: Clusters { Clusters(self) }
}
