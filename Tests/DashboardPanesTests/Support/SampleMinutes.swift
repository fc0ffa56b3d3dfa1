import AccessLog
import DashboardModel
import ReferenceModel
import TrafficAnalysis

/// The minutes and the alerts of earlier runs: busy days, quiet nights and weekends.
enum SampleMinutes {
  /// How far they reach back, in days.
  private static let days: Int64 = 26
  /// When alerts began, in hours before the last second, and for how long they were active, in seconds;
  /// nobody saw the end of the first.
  private static let alerts: [(hours: Int64, seconds: Int64)] = [
    (300, 0), (150, 4_000), (103, 15_000), (55, 900), (30, 22_000),
  ]

  static let series: MinuteSeries = {
    var series = MinuteSeries()
    var random = RandomSource(seed: 11)
    let end = MinuteSeries.minute(of: EpochSecond(SampleLog.end))
    for minute in end - days * 1440..<end {
      let hour = abs(Int((minute / 60) % 24) - 14)
      let isWeekend = ((minute / 1440 + 3) % 7) > 4
      var hits = max(20, 520 - hour * 40) / (isWeekend ? 2 : 1) + random.number(0...60)
      if alerts.contains(where: { abs(SampleLog.end / 60 - minute - $0.hours * 60) < 40 }) {
        hits += 700
      }
      series.set(
        SecondTotals(
          hits: hits, clientErrors: hits / 16,
          serverErrors: random.chance(80) ? hits / 9 : hits / 70),
        minute: minute)
    }
    let first = EpochSecond((end - days * 1440) * 60)
    series.earlier = first...EpochSecond(end * 60 - 1)
    return series
  }()

  /// Adds minutes and alerts.
  static func add(to snapshot: inout Snapshot) {
    snapshot.minutes = series
    let rule = snapshot.highTraffic.definition
    var transitions: [AlertTransition] = []
    for (hours, seconds) in alerts {
      let since = EpochSecond(SampleLog.end - hours * 3600)
      let value = RuleValue.ratio(Rate(hits: 1206, seconds: 120))
      func transition(_ change: AlertTransition.Change, _ second: EpochSecond) -> AlertTransition {
        AlertTransition(rule: rule, change: change, second: second, hits: 1206, value: value)
      }
      transitions.append(transition(.triggered, since))
      if seconds > 0 {
        transitions.append(transition(.recovered(since: since), since.advanced(by: seconds)))
      }
    }
    snapshot.transitions.insert(contentsOf: transitions, at: 0)
  }
}
