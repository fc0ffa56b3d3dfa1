extension SplitMix64 {
  /// The random numbers of one second of a plan. They depend on nothing before it.
  ///
  /// - Parameter offset: the second, counted from the origin of the plan.
  init(seed: UInt64, second offset: Int64) {
    self.init(seed: seed ^ UInt64(bitPattern: offset) &* 0xD6E8_FEB8_6659_FD93)
  }

  /// A random whole number whose expected value is `mean`: varied by up to 40 %, then rounded up or
  /// down at random.
  mutating func scattered(_ mean: Double) -> Int {
    let factor = 0.6 + 0.8 * unit()
    return Int(mean * factor + unit())
  }

  /// A random number that is at least 0 and less than 1.
  private mutating func unit() -> Double {
    Double(next() >> 11) / Double(1 << 53)
  }
}
