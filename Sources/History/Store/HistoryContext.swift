import AccessLog

/// What a history takes from the process.
package struct HistoryContext: Sendable {
  /// Seconds of a clock that never jumps.
  package var monotonic: @Sendable () -> Double
  /// The time of day.
  package var wall: @Sendable () -> EpochSecond
  package var limits = HistoryLimits()

  package init(
    monotonic: @escaping @Sendable () -> Double, wall: @escaping @Sendable () -> EpochSecond
  ) {
    self.monotonic = monotonic
    self.wall = wall
  }
}
