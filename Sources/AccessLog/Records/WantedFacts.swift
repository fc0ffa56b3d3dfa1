/// What the records of a batch are to hold besides their own fields.
package struct WantedFacts: Equatable, Sendable {
  /// The dimensions in which they get names; they always have names in the common ones.
  package var dimensions: DimensionSet
  /// The number of conditions of which it is found out whether they satisfy them.
  package var conditions: Int
  /// Whether the lines themselves are kept.
  package var lines: Bool

  package init(_ dimensions: DimensionSet = [], conditions: Int = 0, lines: Bool = false) {
    self.dimensions = dimensions
    self.conditions = conditions
    self.lines = lines
  }

  /// The number of words of 64 bits that say which conditions a record satisfies.
  var matchWidth: Int { (conditions + 63) / 64 }
}

/// The numbers of the conditions that a record satisfies.
package struct Matches: Hashable, Sendable {
  /// A bit for each condition.
  private var first: UInt64 = 0
  /// Those of the conditions from number 64 on.
  private var others: [UInt64] = []

  /// No condition.
  package init() {}

  package init(_ words: UnsafeBufferPointer<UInt64>) {
    guard let word = words.first else { return }
    first = word
    if words.count > 1 { others = Array(words.dropFirst()) }
  }

  /// Whether it satisfies the condition with a number.
  package func contains(_ condition: Int) -> Bool {
    if condition < 64 { return first >> UInt64(condition) & 1 == 1 }
    let word = condition / 64 - 1
    return word < others.count && others[word] >> UInt64(condition % 64) & 1 == 1
  }
}
