/// Draws from a few things of different weight in constant time.
struct WeightedTable: Sendable {
  /// As many slots as a power of two, each thing in a share of them.
  private let slots: [UInt16]

  /// - Parameter bits: the table has 2^bits slots; a thing too light for one is never drawn.
  init(weights: [Int], bits: Int) {
    let total = weights.reduce(0, +)
    let count = 1 << bits
    var slots: [UInt16] = []
    var upTo = 0
    for (index, weight) in weights.enumerated() {
      upTo += weight
      let filled = (upTo * count + total / 2) / total
      slots += repeatElement(UInt16(index), count: filled - slots.count)
    }
    self.slots = slots
  }

  /// The thing that some random bits, from the lowest on, stand for.
  func draw(_ random: UInt64) -> Int {
    Int(slots[Int(truncatingIfNeeded: random) & (slots.count - 1)])
  }

  /// Each next thing a little rarer, as with words and web pages (Zipf's law).
  static func zipf(count: Int, bits: Int) -> WeightedTable {
    WeightedTable(weights: (0..<count).map { 1_000_000 / ($0 + 3) }, bits: bits)
  }
}
