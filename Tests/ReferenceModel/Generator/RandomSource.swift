/// Numbers that only look random: the same seed gives the same ones everywhere (SplitMix64, after
/// Steele, Lea and Flood, 2014).
package struct RandomSource: Sendable {
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

  /// A number of the range, all about equally likely.
  package mutating func number(_ range: ClosedRange<Int64>) -> Int64 {
    range.lowerBound + Int64(next() % UInt64(range.upperBound - range.lowerBound + 1))
  }

  package mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int(number(Int64(range.lowerBound)...Int64(range.upperBound)))
  }

  /// True that often in a thousand times.
  package mutating func chance(_ perThousand: Int) -> Bool {
    number(0...999) < perThousand
  }

  package mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[number(0...(choices.count - 1))]
  }
}
