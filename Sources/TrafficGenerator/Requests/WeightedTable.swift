/// Draws one of several items according to their weights in constant time.
struct WeightedTable: Sendable {
  /// A power of two of slots; each item's share of them is proportional to its weight.
  private let slots: [UInt16]

  /// - Parameter bits: the table has 2^`bits` slots; an item with less weight than one slot is never
  ///   drawn.
  init(weights: [Int], bits: Int) {
    let total = weights.reduce(0, +)
    let count = 1 << bits
    var slots: [UInt16] = []
    var sum = 0
    for (index, weight) in weights.enumerated() {
      sum += weight
      let filled = (sum * count + total / 2) / total
      slots += repeatElement(UInt16(index), count: filled - slots.count)
    }
    self.slots = slots
  }

  /// Draws an item.
  ///
  /// - Parameter random: a random number, of which the lowest bits are used.
  /// - Returns: the index of the item.
  func draw(_ random: UInt64) -> Int {
    Int(slots[Int(truncatingIfNeeded: random) & (slots.count - 1)])
  }

  /// A table in which the frequency of an item is inversely proportional to its rank, as with words and
  /// web pages (Zipf's law).
  static func zipf(count: Int, bits: Int) -> WeightedTable {
    WeightedTable(weights: (0..<count).map { 1_000_000 / ($0 + 3) }, bits: bits)
  }
}
