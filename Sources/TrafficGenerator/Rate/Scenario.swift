import AccessLog

/// Traffic whose alerts are known to the second, with the usual threshold of 10 hits a second over
/// 120 seconds.
package enum Scenario: String, CaseIterable, Sendable {
  /// Two alerts and two recoveries, and half a minute of silence.
  case twoAlerts = "two-alerts"

  /// 2026-03-14 09:00:00 UTC.
  package static let start = EpochSecond(1_773_478_800)

  /// The same traffic from another second on.
  package func plan(from start: EpochSecond = Scenario.start) -> RatePlan {
    .stretches(stretches, origin: start)
  }

  /// The last second with a hit.
  package func last(from start: EpochSecond = Scenario.start) -> EpochSecond {
    start.advanced(by: stretches.reduce(0) { $0 + $1.seconds } - 1)
  }

  /// - 09:03:00 the first surge begins. With 40 of its seconds the window holds exactly 1,200 hits,
  ///   which is not above the threshold; with the 41st, at **09:03:40**, it is: 1,215 hits, 10.13.
  /// - It falls back to 1,200 hits, 10.00, at **09:05:19**, after 1m 39s.
  /// - 09:08:00 the second surge begins: 1,265 hits, 10.54, at **09:08:06**.
  /// - From 09:08:10 on there is no hit for 40 seconds.
  /// - The second surge leaves the window: 1,160 hits, 9.67, at **09:10:01**, after 1m 55s.
  private var stretches: [RatePlan.Stretch] {
    switch self {
    case .twoAlerts:
      [
        RatePlan.Stretch(seconds: 180, hits: 5),
        RatePlan.Stretch(seconds: 60, hits: 20),
        RatePlan.Stretch(seconds: 240, hits: 5),
        RatePlan.Stretch(seconds: 10, hits: 100),
        RatePlan.Stretch(seconds: 40, hits: 0),
        RatePlan.Stretch(seconds: 130, hits: 5),
      ]
    }
  }
}
