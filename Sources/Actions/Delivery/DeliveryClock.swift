import AccessLog

/// The clocks and the chance that sending depends on.
package struct DeliveryClock: Sendable {
  /// Seconds of a clock that never jumps.
  package var monotonic: @Sendable () -> Double
  /// The time of day.
  package var wall: @Sendable () -> EpochSecond
  /// A random number from 0 to 1.
  package var random: @Sendable () -> Double

  package init(
    monotonic: @escaping @Sendable () -> Double, wall: @escaping @Sendable () -> EpochSecond,
    random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
  ) {
    self.monotonic = monotonic
    self.wall = wall
    self.random = random
  }
}
