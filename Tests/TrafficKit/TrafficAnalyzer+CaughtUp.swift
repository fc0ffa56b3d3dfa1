import AccessLog
import TrafficAnalysis

extension TrafficAnalyzer {
  /// Handles that the only source was read to its end.
  package mutating func caughtUp(now: Double, wall: EpochSecond) {
    caughtUp(0, now: now, wall: wall)
    runOn(now: now)
  }
}
