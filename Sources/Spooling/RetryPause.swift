/// The pauses between attempts that fail, which become longer.
package struct RetryPause: Equatable, Sendable {
  private let first: Double
  private let longest: Double
  private var failures = 0

  package init(_ limits: SpoolLimits) {
    first = limits.firstPause
    longest = limits.longestPause
  }

  /// The pause after another failure, in seconds.
  ///
  /// - Parameter random: a number from 0 to 1: many programs must not all try at the same time.
  package mutating func next(random: Double) -> Double {
    let pause = min(longest, first * Double(1 << min(failures, 16)))
    failures += 1
    return pause * (0.5 + random / 2)
  }

  package mutating func reset() { failures = 0 }
}
