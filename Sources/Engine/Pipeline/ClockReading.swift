import AccessLog

/// The time of both clocks. They are read once for each step, so that a step is a function of the
/// reading.
package struct ClockReading: Equatable, Sendable {
  package var wall: EpochSecond
  /// Seconds of a clock that never jumps.
  package var monotonic: Double

  package init(wall: EpochSecond, monotonic: Double) {
    self.wall = wall
    self.monotonic = monotonic
  }
}
