import AccessLog

/// Traffic whose alerts are known to the second, for the default threshold of 10 hits a second over
/// 120 seconds.
package enum Scenario: String, CaseIterable, Sendable {
  /// Two alerts, two recoveries, and 40 seconds without hits.
  case twoAlerts = "two-alerts"
  /// Half an hour of uneven traffic with four surges, of which three trigger an alert. The last one
  /// is active at the end.
  case busyEvening = "busy-evening"

  /// The default first second of a log: 2026-03-14 09:00:00 UTC.
  package static let start = EpochSecond(1_773_478_800)

  /// The default first second of the scenario.
  package var firstSecond: EpochSecond {
    switch self {
    case .twoAlerts: Self.start
    // 20:00:00 UTC on the same day.
    case .busyEvening: EpochSecond(1_773_518_400)
    }
  }

  /// The hits of each second.
  ///
  /// - Parameter start: the first second of the scenario; by default, `firstSecond`.
  package func plan(from start: EpochSecond? = nil) -> RatePlan {
    let start = start ?? firstSecond
    return switch self {
    case .twoAlerts: .segments(Self.twoAlertsSegments, origin: start)
    case .busyEvening: .uneven(rate: 6, surges: Self.eveningSurges, seed: 14, origin: start)
    }
  }

  /// The last second of the scenario.
  package func last(from start: EpochSecond? = nil) -> EpochSecond {
    let seconds: Int64 =
      switch self {
      case .twoAlerts: Self.twoAlertsSegments.reduce(0) { $0 + $1.seconds }
      case .busyEvening: 1800
      }
    return (start ?? firstSecond).advanced(by: seconds - 1)
  }
}

// MARK: - Content

extension Scenario {
  /// The segments of `twoAlerts`.
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
  private static let twoAlertsSegments = [
    RatePlan.Segment(seconds: 180, hits: 5),
    RatePlan.Segment(seconds: 60, hits: 20),
    RatePlan.Segment(seconds: 240, hits: 5),
    RatePlan.Segment(seconds: 10, hits: 100),
    RatePlan.Segment(seconds: 40, hits: 0),
    RatePlan.Segment(seconds: 130, hits: 5),
  ]

  /// The surges of the evening, at 20:06, 20:13, 20:17 and 20:26. The second one is too small to
  /// trigger an alert.
  private static let eveningSurges = [
    Surge(start: 360, seconds: 150, hits: 12),
    Surge(start: 780, seconds: 60, hits: 5),
    Surge(start: 1020, seconds: 90, hits: 22),
    Surge(start: 1560, seconds: 400, hits: 14),
  ]
}
