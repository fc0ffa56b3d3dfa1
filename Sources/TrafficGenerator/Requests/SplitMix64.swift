/// A small random number generator (SplitMix64, Steele, Lea and Flood, 2014): the same seed gives
/// the same numbers on every machine and in every version.
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

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
