import AccessLog

/// What the clocks say: read once for a step, so that a step is a function of it.
package struct ClockReading: Equatable, Sendable {
  package var wall: EpochSecond
  /// Seconds of a clock that never jumps.
  package var monotonic: Double

  package init(wall: EpochSecond, monotonic: Double) {
    self.wall = wall
    self.monotonic = monotonic
  }
}
