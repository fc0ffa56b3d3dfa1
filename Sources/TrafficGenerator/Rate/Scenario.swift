import AccessLog

/// Traffic whose alerts are known to the second, for the default threshold of 10 hits a second over
/// 120 seconds.
package enum Scenario: String, CaseIterable, Sendable {
  /// Two alerts, two recoveries, and 40 seconds without hits.
  case twoAlerts = "two-alerts"

  /// The default first second: 2026-03-14 09:00:00 UTC.
  package static let start = EpochSecond(1_773_478_800)

  /// The hits of each second.
  ///
  /// - Parameter start: the first second of the scenario.
  package func plan(from start: EpochSecond = Scenario.start) -> RatePlan {
    .segments(segments, origin: start)
  }

  /// The last second of the scenario.
  package func last(from start: EpochSecond = Scenario.start) -> EpochSecond {
    start.advanced(by: segments.reduce(0) { $0 + $1.seconds } - 1)
  }

  /// The segments of the scenario.
  ///
  /// - 09:03:00: the first surge begins. After 40 seconds of it the window contains exactly 1,200 hits,
  ///   which is not above the threshold.
  /// - **09:03:40**: the first alert, with 1,215 hits, 10.13 a second.
  /// - **09:05:19**: recovery, with 1,200 hits, 10.00 a second, after 1m 39s.
  /// - 09:08:00: the second surge begins.
  /// - **09:08:06**: the second alert, with 1,265 hits, 10.54 a second.
  /// - 09:08:10: no hits for 40 seconds.
  /// - **09:10:01**: recovery, because the second surge leaves the window: 1,160 hits, 9.67 a second,
  ///   after 1m 55s.
  private var segments: [RatePlan.Segment] {
    switch self {
    case .twoAlerts:
      [
        RatePlan.Segment(seconds: 180, hits: 5),
        RatePlan.Segment(seconds: 60, hits: 20),
        RatePlan.Segment(seconds: 240, hits: 5),
        RatePlan.Segment(seconds: 10, hits: 100),
        RatePlan.Segment(seconds: 40, hits: 0),
        RatePlan.Segment(seconds: 130, hits: 5),
      ]
    }
  }
}
