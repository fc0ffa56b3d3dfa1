/// The number of distinct names, exact or estimated.
package struct DistinctCount: Equatable, Sendable {
  package var count: Int
  /// The most by which `count` may be wrong, with a probability of 95 %; `nil` if it is exact.
  package var error: Int?

  /// An exact count.
  package init(_ count: Int) {
    self.count = count
  }

  /// An estimate from a sketch.
  init(estimate: Double) {
    // No sketch of a real log comes near the limit.
    count = Int(min(estimate, 0x1p60).rounded())
    error = Int((Self.standardErrors * HyperLogLog.standardError * Double(count)).rounded(.up))
  }

  /// The number of standard errors within which 95 % of all estimates are.
  private static let standardErrors = 1.96
}
